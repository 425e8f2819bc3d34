"""Banks whose standing does not match their qualifications."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from banks.register.models import Bank, Qualification
from banks.register.states import IN_FORCE


def wrong_standings() -> Iterable[tuple[int, str]]:
    """Return key and standing of each bank in force without a qualification, or holding one without being in force."""
    in_force = Exists(Qualification.objects.filter(bank=OuterRef("pk"), cancelled_on=None))
    banks = Bank.objects.annotate(holds=in_force)
    wrong = banks.filter(Q(standing__in=IN_FORCE, holds=False) | Q(holds=True) & ~Q(standing__in=IN_FORCE))
    return wrong.order_by("pk").values_list("pk", "standing")
