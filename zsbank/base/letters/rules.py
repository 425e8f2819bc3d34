"""Rules of serving letters."""

import datetime as dt

from django.utils.translation import gettext as _

from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.letters.models import Letter
from zsbank.base.letters.terms import PUBLIC_NOTICE_DAYS, Manner
from zsbank.base.refusals import ALLOWED, Verdict


def may_be_served_on(letter: Letter, day: dt.date) -> Verdict:
    """Check the day of a service (local date): not before the letter was issued, and not after today."""
    if letter.issue_date <= day <= clock.today():
        return ALLOWED
    words = _("The day must be between %(day)s, when the letter was issued, and today.")
    return Verdict.no("day", words % {"day": letter.issue_date})


def effective_day(manner: Manner, day: dt.date) -> dt.date:
    """Return the day on which a letter counts as served (local date).

    By public notice, that is 30 calendar days after publication; rest days do not move it.
    """
    if manner is Manner.PUBLIC_NOTICE:
        return calculate(day, PUBLIC_NOTICE_DAYS, Unit.DAY, roll=False).last_day
    return day
