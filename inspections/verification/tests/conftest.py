"""A qualified bank with an order, before and after its report."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import (
    DUE,
    ordered,
    qualified,
    reported,
)
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(qualification: Qualification, clerk: User, people: "People") -> RectificationOrder:
    """An order of a determination, due on 2025-09-03."""
    return ordered(qualification.bank, people)


@pytest.fixture
def reported_order(order: RectificationOrder, clerk: User) -> RectificationOrder:
    """The order, reported on its due date."""
    reported(order, clerk, DUE)
    order.refresh_from_db()
    return order
