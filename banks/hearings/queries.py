"""Prior notices that await a statement or an answer."""

from collections.abc import Collection

from django.db.models import Model, Q, QuerySet

from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def to_be_stated(bank: Bank) -> QuerySet[PriorNotice]:
    """Return the notices on which the bank may still state its case, newest first."""
    rows = PriorNotice.objects.filter(bank=bank, stated_at=None, due_date__gte=clock.today())
    return rows.select_related("letter")


def to_be_answered_by(person: User) -> QuerySet[PriorNotice]:
    """Return the statements that this person may answer, oldest first."""
    waiting = PriorNotice.objects.filter(answered_at=None).exclude(stated_at=None).exclude(stated_by=person)
    return waiting.select_related("bank", "letter").order_by("stated_at")


def heard(model: type[Model], keys: Collection[int]) -> set[int]:
    """Return the cases on which an adverse decision may be taken, as `was_heard` says of one; one query.

    Args:
        model: the kind of case of which the banks were notified.
        keys: the cases.
    """
    over = Q(stated_at=None, due_date__lt=clock.today()) | Q(
        stated_at__isnull=False, answered_at__isnull=False
    )
    rows = PriorNotice.objects.filter(over, case_type=model._meta.label_lower, case_id__in=keys)
    return set(rows.values_list("case_id", flat=True))
