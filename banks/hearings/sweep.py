"""Sweep step of prior notices: days for a statement run from the day on which the notice reached the bank."""

from banks.hearings.actions import count_from_service
from banks.hearings.models import PriorNotice
from banks.hearings.queries import to_be_counted_again
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = (
    Step("count_from_service", to_be_counted_again, by_clock(count_from_service, PriorNotice)),
)
