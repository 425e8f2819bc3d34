"""A draft whose answers are given."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.tests.factories import fill_in
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    pass

MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def draft(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft started on a Monday, complete but for its undertakings."""
    with clock.playing(MONDAY):
        application = start_application(bank=bank, by=clerk)
        fill_in(application, clerk)
    application.answers.update(signatory="", signed_on=None)
    return application
