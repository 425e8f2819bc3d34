"""A qualified bank with the order of a determination."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import (
    ordered,
    qualified,
)

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(bank: Bank, people: "People") -> RectificationOrder:
    """The order of a determination."""
    return ordered(bank, people)
