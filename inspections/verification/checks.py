"""Integrity check: an accepted report was verified first, by others than the decider."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery

from inspections.rectification.models import RectificationReport
from inspections.verification.models import Verification
from inspections.verification.terms import Manner


def accepted_were_verified() -> Iterator[str]:
    """The newest verification of an accepted report found all fulfilled, stands, and is not the decider's own.

    Reports of before verifications were recorded have no day to be verified by, nor have those accepted on paper.
    """
    newest = Verification.objects.filter(report=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    decider = OuterRef("checked_by")
    took_part = Q(verified_by=decider) | Q(accompanied_by=decider) | Q(confirmed_by=decider)
    stands = Q(manner=Manner.PAPERS) | Q(confirmed_at__isnull=False)
    sound = Verification.objects.filter(stands, pk=OuterRef("newest"), fulfilled=True).exclude(took_part)
    accepted = RectificationReport.objects.filter(accepted=True).exclude(order__verify_by=None)
    rows = accepted.annotate(newest=Subquery(newest)).exclude(Exists(sound)).order_by("pk")
    for pk, order in rows.values_list("pk", F("order_id")).iterator():
        yield f"inspections.rectificationorder {order}: report {pk} was accepted, no colleague had verified it"
