"""Sweep steps of members: mail that reaches nobody, deactivated accounts, and the end of a bar."""

from banks.members.actions.keeping import keep_failed
from banks.members.actions.messages import notify_of_release, tell_of_deactivated
from banks.members.queries import deactivated_untold, failed_untold, released_untold
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = (
    Step("keep_failed", failed_untold, keep_failed),
    Step("tell_of_deactivated", deactivated_untold, tell_of_deactivated),
    Step("notify_of_release", released_untold, notify_of_release, after_others=True),
)
