"""The application of the tests of casework and opinions."""

from typing import TYPE_CHECKING

import pytest

from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.tests.factories import submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """Under review."""
    return accept_application(application=submitted(bank, clerk), by=people.intake)
