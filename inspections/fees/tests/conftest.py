"""A fee notice of a qualified bank."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from inspections.fees.models import FeeNotice
from inspections.fees.tests.factories import entered

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def notice(bank: Bank, people: "People") -> FeeNotice:
    """A notice due on a Monday."""
    return entered(bank, people.inspector)
