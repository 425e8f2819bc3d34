"""Integrity check: a complaint is answered exactly if one of its answers waits for its check."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.states import ComplaintState


def replies_agree() -> Iterator[str]:
    """An answered complaint has an answer to check, others have none."""
    waiting = ComplaintReply.objects.filter(complaint=OuterRef("pk"), taken=None)
    rows = Complaint.objects.annotate(waits=Exists(waiting))
    sound = Q(state=ComplaintState.ANSWERED, waits=True) | ~Q(state=ComplaintState.ANSWERED) & Q(waits=False)
    for pk, state in rows.exclude(sound).order_by("pk").values_list("pk", "state"):
        yield f"inspections.complaint {pk}: is {state}, its answers say otherwise"
