"""Integrity checks: an inspection that was held names who saw what."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from inspections.visits.models import InspectionVisit, PersonPresent, VisitAnswer, VisitedOutlet
from inspections.visits.states import WAS_HELD, VisitState


def held_is_whole() -> Iterator[str]:
    """An inspection that was held saw an outlet, and names who was present or why nobody was."""
    seen = VisitedOutlet.objects.filter(visit=OuterRef("pk"), seen_on__isnull=False)
    present = PersonPresent.objects.filter(visit=OuterRef("pk"))
    rows = InspectionVisit.objects.filter(state__in=WAS_HELD)
    whole = Q(Exists(seen)) & (Q(Exists(present)) ^ ~Q(absence=""))
    for pk in rows.exclude(whole).order_by("pk").values_list("pk", flat=True):
        yield f"inspections.inspectionvisit {pk}: was held, but nothing says who saw what"


def answers_agree() -> Iterator[str]:
    """An answered inspection has an answer; one that is not reported has none."""
    answered = VisitAnswer.objects.filter(visit=OuterRef("pk"), corrects=False)
    rows = InspectionVisit.objects.annotate(has_answer=Exists(answered))
    wrong = Q(state=VisitState.ANSWERED, has_answer=False) | Q(state=VisitState.REPORTED, has_answer=True)
    for pk, state in rows.filter(wrong).order_by("pk").values_list("pk", "state"):
        yield f"inspections.inspectionvisit {pk}: is {state}, its answers say otherwise"
