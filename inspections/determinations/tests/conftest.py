"""A qualified bank, a proposed determination, and one that was decided on paper."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from inspections.determinations.models import Determination
from inspections.rectification.tests.factories import DAY, DETERMINED, HEARD, proposed, qualified
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def on_paper(bank: Bank, people: "People") -> Determination:
    """What the second decider signed on paper on `DETERMINED`, entered a month later."""
    with clock.playing(DETERMINED + 30 * DAY):
        return proposed(
            bank, by=people.inspector, paper_date=DETERMINED, paper_signed_by=people.second_decider
        )


@pytest.fixture
def open_proposal(bank: Bank, people: "People") -> Determination:
    """What the inspector proposed three weeks before the day of the tests; the bank stated nothing."""
    with clock.playing(DETERMINED - HEARD):
        return proposed(bank, by=people.inspector)
