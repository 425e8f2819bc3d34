"""Rules of hearings: stating a case, answering it, and deciding after it (law.md §2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.cases.registry import hearings
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Verdict, WrongState


def may_state(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that the bank has not stated its case yet and the due date has not passed."""
    if notice.stated_at is not None:
        return Verdict.no("stated", _("The bank has already submitted a statement."), WrongState)
    if clock.today() > notice.due_date:
        return Verdict.no(
            "late",
            _("A statement could be submitted %(day)s; that day has passed.")
            % {"day": by_day(notice.due_date)},
            WrongState,
        )
    return ALLOWED


def may_answer(by: User | None, notice: PriorNotice) -> Verdict:
    """Whether this person may answer: something is stated and not answered yet, and they had no part in it."""
    if notice.stated_at is None:
        return Verdict.no("not_stated", _("The bank has not submitted a statement."), WrongState)
    if notice.answered_at is not None:
        return Verdict.no("answered", _("The statement has already been answered."), WrongState)
    return ALLOWED if by is None else had_no_part(by, notice, people_behind([notice]))


def had_no_part(by: User, notice: PriorNotice, behind: dict[int, frozenset[int]]) -> Verdict:
    """Whether this person neither stated it for the bank, nor found, recorded or proposed what it is about.

    Args:
        behind: by key of notice, the keys of the people who did (`people_behind`).
    """
    if notice.stated_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("You submitted this statement for the bank; another person must answer it."),
            NotAllowed,
        )
    if by.pk in behind.get(notice.pk, frozenset()):
        return Verdict.no(
            "four_eyes",
            _("You found, recorded or proposed what the bank speaks against; another person answers."),
            NotAllowed,
        )
    return ALLOWED


def people_behind(notices: Iterable[PriorNotice]) -> dict[int, frozenset[int]]:
    """By key of notice, the keys of the people who found, recorded or proposed what it is about.

    Each kind of case says itself who they are (`Hearing.took_part`); the number of queries does not grow with the
    notices.
    """
    by_kind: dict[str, list[PriorNotice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.case_type].append(notice)
    found: dict[int, frozenset[int]] = {}
    for kind, rows in by_kind.items():
        if hearing := hearings().get(kind):
            people = hearing.took_part([row.case_id for row in rows])
            found |= {row.pk: people.get(row.case_id, frozenset()) for row in rows}
    return found


def notice_on(proposed: Model | None) -> PriorNotice | None:
    """The prior notice of what is proposed; None where none was given."""
    if proposed is None:
        return None
    kind = proposed._meta.label_lower
    rows = PriorNotice.objects.select_related("bank", "letter", "stated_by", "answered_by")
    return rows.filter(case_type=kind, case_id=proposed.pk).first()


def was_heard(proposed: Model) -> Verdict:
    """Check that an adverse decision may be taken: the bank was notified, and answered or silent past the due date."""
    notice = notice_on(proposed)
    if notice is None:
        return Verdict.no(
            "not_told",
            _("The bank did not receive a prior notice and could not submit a statement."),
            Incomplete,
        )
    if notice.stated_at is not None and notice.answered_at is None:
        words = _(
            "The bank submitted a statement on %(day)s that is not answered. You can sign once another person has "
            "checked and answered it."
        )
        stated = clock.local_day(notice.stated_at)
        return Verdict.no("not_answered", words % {"day": stated}, Incomplete)
    if notice.stated_at is None and clock.today() <= notice.due_date:
        words = _("The bank may submit a statement %(day)s; you can sign from %(from)s.")
        return Verdict.no(
            "not_over",
            words % {"day": by_day(notice.due_date), "from": in_words(day_after(notice.due_date))},
            Incomplete,
        )
    return ALLOWED


def day_after(day: dt.date) -> dt.date:
    """The calendar day after a day."""
    return calculate(day, 1, Unit.DAY, roll=False).last_day
