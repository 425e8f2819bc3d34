"""The actions on inspections, as offered on action pages."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.determinations.terms import DeterminationKind
from inspections.visits.actions.fieldwork import confirm_inspection, sign_inspection
from inspections.visits.actions.following import (
    close_inspection,
    confirm_correction,
    demand_correction,
    propose_after_inspection,
)
from inspections.visits.actions.planning import cancel_inspection, plan_inspection
from inspections.visits.actions.reports import report_inspection
from inspections.visits.forms import CheckedForm, DemandForm, PlanForm, SigningForm, proposal_form
from inspections.visits.letters import report_letter
from inspections.visits.models import InspectionVisit
from inspections.visits.queries import findings_of
from zsbank.base.accounts.models import User
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Draft, Offer
from zsbank.base.cases.turns import Text


def _plan(by: User, case: None, given: dict[str, Any]) -> InspectionVisit:
    """Run the action with the input of the form."""
    plain = {"planned": given["planned"] == "plan", "announced": given["announced"] == "yes"}
    return plan_inspection(**given | plain, by=by)


def _planned(made: Any) -> Text:
    """Say the number, and where it goes on."""
    return str(_("Inspection %(number)s is planned.") % {"number": made})


def _sign(by: User, visit: InspectionVisit, given: dict[str, Any]) -> InspectionVisit:
    """Run the action with the input of the form."""
    record = given["signed_record"]
    return sign_inspection(
        visit=visit,
        by=by,
        present=given["present"],
        signed_record=(record, record.name) if record else None,
        absence=given["absence"],
    )


def _propose(by: User, visit: InspectionVisit, given: dict[str, Any]) -> InspectionVisit:
    """Run the action with the input of the form."""
    kind, name = DeterminationKind(given["kind"]), given["document"].name
    return propose_after_inspection(**given | {"kind": kind}, visit=visit, by=by, document_name=name)


def _found(visit: InspectionVisit) -> tuple[str, ...]:
    """Return the findings in one line each, to be read before what follows is decided."""
    lines = [
        f"{item.place} · {item.criterion.named} · {item.get_severity_display()}：{item.facts}"
        for item in findings_of(visit)
    ]
    return tuple(lines) or (gettext("No finding was made."),)


def _letter(visit: InspectionVisit) -> tuple[Draft, ...]:
    """Return the report as it would be signed today."""
    return (Draft(_("The letter"), report_letter(visit, list(findings_of(visit)))),)


LIST_OFFERS = (
    Offer(
        plan_inspection,
        _("Plan an inspection"),
        (
            _("The officers find it on their work lists, with a checklist for each outlet."),
            _("The bank is told now if it is announced; otherwise it learns of it on the spot."),
        ),
        form=lambda case: PlanForm,
        run=_plan,
        done=_planned,
    ),
)
OFFERS = (
    Offer(
        sign_inspection,
        _("Have the record signed"),
        (
            _("Findings can no longer be changed."),
            _("Both officers confirm the record, each for themselves; then another person signs the report."),
            _("The bank reads that the inspection was held."),
        ),
        form=lambda case: SigningForm,
        run=_sign,
        notes=_found,
    ),
    Offer(
        confirm_inspection,
        _("Confirm the record"),
        (
            _("You confirm that the record says what you saw."),
            _("When both officers have confirmed, another person signs the report to the bank."),
        ),
        notes=_found,
    ),
    Offer(
        report_inspection,
        _("Sign the report"),
        (
            _("The bank receives a numbered letter with the findings."),
            _("If there are findings, the bank may answer within the time that the letter says."),
        ),
        drafts=_letter,
        grave=True,
    ),
    Offer(
        demand_correction,
        _("Demand the correction by a day"),
        (
            _("The bank reads the reasons and the day, and states the correction here with evidence."),
            _("If the day passes, bank and inspectors are told once; nothing else follows by itself."),
        ),
        form=lambda case: DemandForm,
        notes=_found,
    ),
    Offer(
        confirm_correction,
        _("Confirm the correction"),
        (_("The inspection is closed, and the bank reads how the correction was checked."),),
        form=lambda case: CheckedForm,
        notes=_found,
    ),
    Offer(
        propose_after_inspection,
        _("Propose a determination"),
        (
            _("The inspection is closed, and a decider gets the proposal on the work list."),
            _("The bank receives a prior notice now and may submit a statement first."),
        ),
        form=proposal_form,
        run=_propose,
        notes=_found,
        grave=True,
    ),
    Offer(
        close_inspection,
        _("Close without consequences"),
        (_("Nothing follows from the inspection, and the bank reads the reason."),),
        form=lambda case: ReasonForm,
        notes=_found,
        aside=True,
    ),
    Offer(
        cancel_inspection,
        _("Cancel the inspection"),
        (
            _("It is not held, or not finished; what was recorded stays with it."),
            _("The bank reads the reason if the inspection was announced; the officers read it in any case."),
        ),
        form=lambda case: ReasonForm,
        grave=True,
        aside=True,
    ),
)
