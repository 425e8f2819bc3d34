"""Checks of the qualifications of a bank: their dates, one after another, and what belongs to none of them."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held, OfBank
from exit.takeover.data import QualificationRow
from exit.takeover.terms import Part
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words


def qualification_faults(of_bank: OfBank) -> Iterator[Fault]:
    """Yield what is wrong with the qualifications of a bank."""
    for held in of_bank.held:
        yield from _dates_of(held.row)
    for earlier, later in pairwise(of_bank.held):
        yield from _overlap(earlier, later)
    if of_bank.held:
        return
    for orphan in (*of_bank.orders, *of_bank.results, *of_bank.exits, *of_bank.notices):
        words = _("The sheet 资格 has no qualification of this bank.")
        yield Fault(words, orphan.part, orphan.number)


def _overlap(earlier: Held, later: Held) -> Iterator[Fault]:
    """Yield that a qualification took effect while the one before was in force; a bar that ran is only a finding."""
    if earlier.since == later.since:
        words = _("Row %(n)s has the same.") % {"n": earlier.row.number}
        yield Fault(words, Part.QUALIFICATIONS, later.row.number, "effective_from")
        return
    if earlier.left_on is None:
        words = _(
            "A bank holds one qualification at a time. That of %(earlier)s was not cancelled before %(later)s: enter "
            "its exit on the sheet 退出, or correct the days."
        )
    elif earlier.left_on >= later.since:
        words = _(
            "A bank holds one qualification at a time. That of %(earlier)s was cancelled on %(left)s only; correct "
            "the days."
        )
    else:
        return
    left = in_words(earlier.left_on) if earlier.left_on else ""
    given = {"earlier": in_words(earlier.since), "later": in_words(later.since), "left": left}
    yield Fault(words % given, Part.QUALIFICATIONS, later.row.number, "effective_from")


def _dates_of(row: QualificationRow) -> Iterator[Fault]:
    if row.effective_from > clock.today():
        words = _("This date lies ahead. Take the qualification over when it is in effect.")
        yield Fault(words, Part.QUALIFICATIONS, row.number, "effective_from")
    if row.issuing_from is not None:
        for field, words in _issuing(row, row.issuing_from, clock.today()):
            yield Fault(words, Part.QUALIFICATIONS, row.number, field)


def _issuing(row: QualificationRow, issuing_from: dt.date, today: dt.date) -> Iterator[tuple[str, str]]:
    """Yield field and words of what is wrong with the day from which cards may be issued (criterion 8)."""
    if issuing_from < row.effective_from:
        yield "issuing_from", _("Cards cannot be issued before the qualification is in effect.")
    if issuing_from > today:
        yield "issuing_from", _("This date lies ahead. Leave it blank and allow issuing at the desk.")
    if not row.review_approval_number:
        yield "review_approval_number", _("Issuing rests on the central bank's approval: enter its number.")
    if row.review_approval_date is None:
        yield "review_approval_date", _("Issuing rests on the central bank's approval: enter its date.")
    elif row.review_approval_date > today:
        yield "review_approval_date", _("This date lies ahead. Enter the date on the document.")
