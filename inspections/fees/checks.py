"""Integrity checks: a notice is paid, or its payment is stated, exactly if one of its payments says so."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.states import FeeState


def payments_agree() -> Iterator[str]:
    """A paid notice has a confirmed payment, one with a stated payment has one to check, others have neither."""
    own = FeePayment.objects.filter(notice=OuterRef("pk"))
    rows = FeeNotice.objects.annotate(
        has_confirmed=Exists(own.filter(confirmed=True)), has_waiting=Exists(own.filter(confirmed=None))
    )
    sound = (
        Q(state=FeeState.PAID, has_confirmed=True, has_waiting=False)
        | Q(state=FeeState.STATED, has_confirmed=False, has_waiting=True)
        | Q(state__in=[FeeState.OPEN, FeeState.WITHDRAWN], has_confirmed=False, has_waiting=False)
    )
    for pk, state in rows.exclude(sound).order_by("pk").values_list("pk", "state"):
        yield f"inspections.feenotice {pk}: is {state}, its payments say otherwise"
