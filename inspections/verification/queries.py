"""Reading verifications: which reports wait to be verified, confirmed and decided on."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import in_state
from inspections.rectification.states import OrderState
from inspections.verification.models import Verification
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.permissions import Verb


def to_be_verified_by(person: User) -> QuerySet[RectificationOrder]:
    """Return the orders with a report that nobody has verified, apart from the person's own, most urgent first."""
    verifications = Verification.objects.filter(report__order=OuterRef("pk"), report__accepted=None)
    return (
        _reported()
        .filter(~Exists(verifications))
        .exclude(reports__accepted=None, reports__submitted_by=person)
    )


def to_be_confirmed_by(person: User) -> QuerySet[RectificationOrder]:
    """Return the orders with a visit that a person confirms, for themselves or for an officer who has left."""
    officers = people_with(Verb.CONFIRM_VERIFICATION).order_by()
    waits = Verification.objects.filter(pk=OuterRef("newest"), manner=Manner.VISIT, confirmed_at=None)
    mine = waits.filter(Q(accompanied_by=person) | ~Q(accompanied_by__in=officers))
    return _reported().filter(Exists(mine.exclude(verified_by=person)))


def to_be_decided_by(person: User) -> QuerySet[RectificationOrder]:
    """Return the orders with a verified report in which a person had no part, most urgent first."""
    stands = Q(manner=Manner.PAPERS) | Q(confirmed_at__isnull=False)
    verified = Verification.objects.filter(stands, pk=OuterRef("newest")).exclude(report__submitted_by=person)
    own = Verification.with_part_of(person).filter(report__order=OuterRef("pk"))
    return _reported().filter(Exists(verified), ~Exists(own))


def _reported() -> QuerySet[RectificationOrder]:
    """Return the orders with a report, with the verification that counts."""
    newest = Verification.objects.filter(report__order=OuterRef("pk"), report__accepted=None).order_by("-pk")
    return (
        in_state(OrderState.REPORTED)
        .order_by("verify_by", "due_date", "pk")
        .annotate(newest=Subquery(newest.values("pk")[:1]))
    )
