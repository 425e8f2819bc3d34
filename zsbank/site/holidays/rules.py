"""Rules of the holidays of a year."""

from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.states import HolidayState
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict


def waits(by: User | None, year: HolidayYear) -> Verdict:
    """Check that the year is neither confirmed nor withdrawn."""
    return ALLOWED if year.state == HolidayState.ENTERED else Verdict.moved_on()


def may_confirm(by: User | None, year: HolidayYear) -> Verdict:
    """Check that the year waits, and that this person did not enter it (four eyes)."""
    if by is not None and by.pk == year.entered_by_id:
        words = _("You entered these holidays; another person must confirm them.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return waits(by, year)
