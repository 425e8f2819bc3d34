"""Prior notices that await a statement or an answer, and those whose days are to be counted again."""

import datetime as dt

from django.db.models import Model, Q, QuerySet

from banks.hearings.models import PriorNotice
from banks.hearings.rules import counts_from_service, had_no_part, people_behind
from banks.members.models import KeptMessage
from banks.members.queries import unreached_letters
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def in_hand(bank: Bank) -> QuerySet[PriorNotice]:
    """Return the notices on which the bank may still state its case or awaits an answer, newest first."""
    in_time = Q(due_date__gte=clock.today()) | Q(letter__in=unreached_letters())
    may_state = Q(stated_at=None) & in_time
    awaits_answer = Q(stated_at__isnull=False, answered_at=None)
    return PriorNotice.objects.filter(may_state | awaits_answer, bank=bank).select_related("letter", "paper")


def to_be_answered_by(person: User) -> list[PriorNotice]:
    """Return the statements that this person may answer, oldest first."""
    waiting = list(_unanswered().select_related("bank", "letter", "paper").order_by("stated_at"))
    behind = people_behind(waiting)
    return [notice for notice in waiting if had_no_part(person, notice, behind)]


def open_on(proposed: type[Model]) -> QuerySet[PriorNotice]:
    """The notices of a kind of proposed rows that keep them from being signed: the time runs, or no answer is given."""
    rows = PriorNotice.objects.filter(case_type=proposed._meta.label_lower)
    unserved = Q(due_date__gte=clock.today()) | Q(letter__in=unreached_letters())
    silent = Q(stated_at=None) & unserved
    return rows.filter(silent | Q(stated_at__isnull=False, answered_at=None))


def _unanswered() -> QuerySet[PriorNotice]:
    return PriorNotice.objects.filter(answered_at=None).exclude(stated_at=None)


def to_be_counted_again(on: dt.date) -> list[int]:
    """Return open notices that first reached nobody and have reached the bank since, the oldest first."""
    first_unreached = KeptMessage.objects.filter(letter__isnull=False).values("letter")
    rows = PriorNotice.objects.filter(stated_at=None, letter__in=first_unreached).select_related("letter")
    return [row.pk for row in rows.order_by("pk") if counts_from_service(None, row)]
