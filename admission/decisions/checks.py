"""Integrity checks of decisions."""

from collections.abc import Iterator

from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.models import Decision
from admission.decisions.rules import outstanding_agreements
from zsbank.base.cases.checks import recorded_once
from zsbank.base.permissions import Verb


def decisions_are_complete() -> Iterator[str]:
    """Every decided application has one decision, entry and letter, and has taken effect if it must have."""
    decided = Application.objects.filter(state__in=[ApplicationState.APPROVED, ApplicationState.REFUSED])
    for pk in decided.filter(decision=None).order_by("pk").values_list("pk", flat=True):
        yield f"admission.application {pk}: is final without a decision"
    yield from recorded_once("admission.application", decided.values_list("pk", flat=True), Verb.DECIDE)
    for decision in Decision.objects.filter(outcome=Outcome.APPROVE, qualification=None).order_by("pk"):
        if not outstanding_agreements(decision):
            yield f"admission.decision {decision.pk}: every agreement is signed, but it is not in effect"
