"""A qualified bank, its application to exit, and its failed years."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from exit.cases.actions.cases import propose_exit
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed, lapsed_assessment_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider, dt.date(2020, 1, 6))


@pytest.fixture
def case(qualification: Qualification, administrator: User) -> ExitCase:
    """The application of 示例银行甲 to exit."""
    return filed(qualification, administrator)


@pytest.fixture
def proposed(case: ExitCase, people: "People") -> ExitCase:
    return propose_exit(case=case, by=people.reviewer)


@pytest.fixture
def failed_years(qualification: Qualification) -> RectificationOrder:
    """The lapsed order after the failing years 2024 and 2025."""
    return lapsed_assessment_order(qualification)
