"""The read side of decisions: agreements, signed and still to be signed."""

from django.db.models import QuerySet

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.models import Agreement, Decision
from admission.decisions.terms import AgreementKind
from zsbank.base.files.models import StoredFile


def agreement_files(application: Application) -> list[StoredFile]:
    """The files of the agreements that were signed after the approval."""
    rows = Agreement.objects.filter(decision__application=application).select_related("file")
    return [agreement.file for agreement in rows]


def agreements_of(application: Application) -> list[tuple[AgreementKind, Agreement | None]]:
    """Each agreement that an approval needs, and the signed one if it is there; empty without an approval."""
    decision = Decision.objects.filter(application=application, outcome=Outcome.APPROVE).first()
    if decision is None:
        return []
    signed = {row.kind: row for row in decision.agreements.select_related("file")}
    return [(kind, signed.get(kind)) for kind in AgreementKind]


def awaiting_agreements() -> QuerySet[Application]:
    """Approved applications whose agreements are still to be signed, the oldest first."""
    rows = Application.objects.awaiting_effect().select_related("bank", "decision")
    return rows.order_by("closed_on", "pk")
