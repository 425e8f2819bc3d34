"""Prior notices that await a statement or an answer."""

from django.db.models import Q, QuerySet

from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def in_hand(bank: Bank) -> QuerySet[PriorNotice]:
    """Return the notices on which the bank may still state its case or awaits an answer, newest first."""
    may_state = Q(stated_at=None, due_date__gte=clock.today())
    awaits_answer = Q(stated_at__isnull=False, answered_at=None)
    return PriorNotice.objects.filter(may_state | awaits_answer, bank=bank).select_related("letter")


def to_be_answered_by(person: User) -> QuerySet[PriorNotice]:
    """Return the statements that this person may answer, oldest first."""
    waiting = PriorNotice.objects.filter(answered_at=None).exclude(stated_at=None).exclude(stated_by=person)
    return waiting.select_related("bank", "letter").order_by("stated_at")
