"""Rules of hearings: stating a case, answering it, and deciding after it (law.md §2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from banks.members.queries import is_unreached, reached_on
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.cases.dates import is_provisional
from zsbank.base.cases.registry import case_of, hearings
from zsbank.base.refusals import ALLOWED, LATE, Incomplete, NotAllowed, Verdict, WrongState


def may_state(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that the bank has not stated its case yet and the due date has not passed.

    A provisional date may turn out to be a rest day: until the decision is signed, a statement is in time. So is one on
    a notice that reached nobody: the days are counted from the day on which it reaches the bank.
    """
    if notice.stated_at is not None:
        return Verdict.no("stated", _("The bank has already submitted a statement."), WrongState)
    if clock.today() > notice.due_date and not is_provisional(notice.due_period) and not is_unserved(notice):
        return Verdict.no(LATE, too_late(notice), WrongState)
    return ALLOWED


def too_late(notice: PriorNotice) -> str:
    """Return what is said of a statement after the due date."""
    words = _("A statement could be submitted %(day)s; that day has passed.")
    return words % {"day": by_day(notice.due_date)}


def is_unserved(notice: PriorNotice) -> bool:
    """Return whether the notice reached nobody at the bank and was not served another way."""
    return notice.letter is not None and is_unreached(notice.letter)


def counts_from_service(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that the days for the statement have to be counted from the day on which the notice reached the bank."""
    day = reached_on(notice.letter) if notice.letter is not None and notice.stated_at is None else None
    given = Period.from_json(notice.due_period)
    if day is None or calculate(day, given.n, given.unit).last_day <= notice.due_date:
        return Verdict.moved_on()
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

    The number of queries does not grow with the notices.
    """
    by_kind: dict[str, list[PriorNotice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.case_type].append(notice)
    found: dict[int, frozenset[int]] = {}
    for kind, rows in by_kind.items():
        people = people_with_part(kind, [row.case_id for row in rows])
        found |= {row.pk: people.get(row.case_id, frozenset()) for row in rows}
    return found


def people_with_part(kind: str, keys: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of proposed row, the keys of the people who had a part in it.

    Each kind of case says itself who they are (`Hearing.took_part`), and subjects on which it rests add theirs
    (`Case.took_part`).

    Args:
        kind: the proposed model's name, as in `Hearing.key`.
    """
    hearing = hearings().get(kind)
    if hearing is None:
        return {}
    declared = case_of(hearing.proposed)
    asked = [ask(keys) for ask in (hearing.took_part, *(declared.took_part if declared else ()))]
    return {key: frozenset().union(*(people.get(key, frozenset()) for people in asked)) for key in keys}


def notices_on(proposed: Model) -> QuerySet[PriorNotice]:
    """The prior notices of what is proposed, newest first; a further one is given when a reason joins."""
    rows = PriorNotice.objects.select_related("bank", "letter", "paper", "stated_by", "answered_by")
    return rows.filter(case_type=proposed._meta.label_lower, case_id=proposed.pk)


def notice_on(proposed: Model | None) -> PriorNotice | None:
    """The newest prior notice of what is proposed; None where none was given."""
    return notices_on(proposed).first() if proposed is not None else None


def was_heard(proposed: Model) -> Verdict:
    """Check that an adverse decision may be taken: on each notice the bank was answered, or silent until its end."""
    notices = list(notices_on(proposed))
    if not notices:
        return Verdict.no(
            "not_told",
            _("The bank did not receive a prior notice and could not submit a statement."),
            Incomplete,
        )
    return next((verdict for verdict in map(_was_heard_on, notices) if not verdict), ALLOWED)


def _was_heard_on(notice: PriorNotice) -> Verdict:
    if notice.stated_at is None and is_unserved(notice):
        words = _(
            "The prior notice reached nobody at the bank. Invite people of the bank, or serve the notice another way; "
            "then the days for its statement are counted."
        )
        return Verdict.no("not_served", words, Incomplete)
    if notice.stated_at is None and counts_from_service(None, notice):
        words = _(
            "The prior notice has reached the bank; the days for its statement are counted again first."
        )
        return Verdict.no("not_counted", words, Incomplete)
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
