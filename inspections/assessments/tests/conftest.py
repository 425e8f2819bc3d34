"""A qualified bank with a failing result."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import (
    FAILING,
    YEAR,
    scored,
)
from inspections.rectification.tests.factories import qualified

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def draft(bank: Bank, people: "People") -> Assessment:
    """A failing result of 2024, recorded by the assessor."""
    return scored(bank, YEAR, FAILING, people.assessor)
