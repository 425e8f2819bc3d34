"""Actions on what follows from an inspection: nothing, a correction, a determination that is proposed."""

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from inspections.determinations.actions.proposals import propose_determination
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.visits.actions.messages import (
    tell_of_closing,
    tell_of_correction,
    tell_of_demand,
    tell_of_overdue,
)
from inspections.visits.models import InspectionVisit
from inspections.visits.rules import (
    has_not_answered,
    is_newly_overdue,
    is_possible_correction,
    may_decide,
    may_propose,
)
from inspections.visits.states import VisitState
from inspections.visits.terms import Outcome
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import again, set_by_person
from zsbank.base.cases.dates import store_anew
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled

DECIDED = ("outcome", "outcome_reason", "decided_by", "decided_at")


@action(Verb.CLOSE_INSPECTION, on="visit", moves=InspectionVisit.close, rule=may_decide)
def close_inspection(*, visit: InspectionVisit, by: User, reason: str) -> InspectionVisit:
    """Decide that nothing follows, and close the inspection.

    Args:
        reason: the bank reads it.

    Raises:
        NotAllowed: the role, or `by` answered for the bank.
        NotYet: the bank may still answer.
        WrongState: it is decided already, or there is no report.
        Incomplete: the reason is empty.
    """
    _decide(visit, by, Outcome.NOTHING, reason)
    visit.close()
    visit.closed_on = clock.today()
    visit.save(update_fields=["state", "closed_on", *DECIDED])
    record(reason=visit.outcome_reason)
    tell_of_closing(visit)
    return visit


@action(
    Verb.DEMAND_CORRECTION,
    on="visit",
    moves=InspectionVisit.demand_correction,
    rule=may_decide,
)
def demand_correction(
    *, visit: InspectionVisit, by: User, correct_by: dt.date, reason: str
) -> InspectionVisit:
    """Decide that the bank has to correct the findings by a day; a later decision sets another day.

    Args:
        correct_by: after today, at most six months ahead (local date); on a rest day the next working day counts.
        reason: what is to be corrected, and why; the bank reads it.

    Raises:
        NotAllowed: the role, or `by` answered for the bank.
        NotYet: the bank may still answer.
        WrongState: it is closed, there is no report, or no finding.
        Refused: the day is impossible (code "correct_by").
        Incomplete: the reason is empty.
    """
    is_possible_correction(correct_by).require()
    period = set_by_person(correct_by)
    _decide(visit, by, Outcome.CORRECTION, reason)
    visit.demand_correction()
    visit.correct_by, visit.correct_period = period.last_day, period.to_json()
    visit.overdue_recorded_on = None
    fields = ("correct_by", "correct_period", "overdue_recorded_on", *DECIDED)
    visit.save(update_fields=["state", *fields])
    record(reason=visit.outcome_reason, data={"correct_by": visit.correct_by})
    tell_of_demand(visit)
    return visit


@action(Verb.CONFIRM_CORRECTION, on="visit", moves=InspectionVisit.confirm_correction, rule=has_not_answered)
def confirm_correction(*, visit: InspectionVisit, by: User, remark: str) -> InspectionVisit:
    """Confirm that the findings are corrected, and close the inspection.

    Args:
        remark: how it was checked; the bank reads it.

    Raises:
        NotAllowed: the role, or `by` stated the correction for the bank (four eyes).
        WrongState: no correction is demanded, or it is confirmed already.
        Incomplete: the remark is empty.
    """
    visit.remark = filled(remark, _("Describe how the correction was checked."))
    visit.confirm_correction()
    visit.corrected_by, visit.closed_on = by, clock.today()
    visit.save(update_fields=["state", "remark", "corrected_by", "closed_on"])
    record(reason=visit.remark)
    tell_of_correction(visit)
    return visit


@action(Verb.PROPOSE_AFTER_INSPECTION, on="visit", moves=InspectionVisit.propose, rule=may_propose)
def propose_after_inspection(
    *,
    visit: InspectionVisit,
    by: User,
    kind: DeterminationKind,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
    reason: str,
    effects: Sequence[BreachEffect] = (),
) -> InspectionVisit:
    """Propose a determination on the findings, and close the inspection; the bank gets prior notice of it.

    Args:
        kind, facts, criteria, document, document_name, effects: as for `propose_determination`.
        reason: why a determination is proposed; officers read it.

    Raises:
        NotAllowed: the role, or `by` answered for the bank.
        NotYet: the bank may still answer.
        WrongState: it is closed, there is no report or no finding; the bank is not qualified, or the same is
            proposed already.
        Incomplete, Refused, FileRefused: as for `propose_determination`.
    """
    _decide(visit, by, Outcome.DETERMINATION, reason)
    visit.propose()
    visit.determination = propose_determination(
        bank=visit.bank,
        by=by,
        kind=kind,
        facts=facts,
        criteria=criteria,
        document=document,
        document_name=document_name,
        effects=effects,
    )
    visit.closed_on = clock.today()
    visit.save(update_fields=["state", "determination", "closed_on", *DECIDED])
    record(reason=visit.outcome_reason)
    return visit


def _decide(visit: InspectionVisit, by: User, outcome: Outcome, reason: str) -> None:
    visit.outcome = outcome
    visit.outcome_reason = filled(reason, _("Enter the reasons."))
    visit.decided_by, visit.decided_at = by, clock.now()


@action(
    Verb.RECORD_CORRECTION_OVERDUE,
    on="visit",
    states=frozenset({VisitState.CORRECTING}),
    rule=is_newly_overdue,
    by_clock=True,
)
def record_correction_overdue(*, visit: InspectionVisit, by: None = None) -> InspectionVisit:
    """Record that a correction is overdue, and tell bank and inspectors once; run by the sweep.

    Nothing else follows, so that it is done on a provisional date, too.

    Raises:
        WrongState: the correction is confirmed, the due date has not passed, or it is recorded already.
    """
    visit.overdue_recorded_on = clock.today()
    visit.save(update_fields=["overdue_recorded_on"])
    record(data={"correct_by": visit.correct_by})
    tell_of_overdue(visit)
    return visit


@action(Verb.RECALCULATE_DUE, on="visit", states=frozenset({VisitState.REPORTED}), inner=True)
def recalculate_answer(*, visit: InspectionVisit, by: User | None) -> InspectionVisit:
    """Store the due date of the bank's answer as the confirmed holidays give it.

    Raises:
        WrongState: it is answered or decided, there is nothing to answer, or the date stays.
    """
    anew = again(visit.answer_period) if visit.answer_period else None
    store_anew(visit, "answer_due", "answer_period", anew)
    visit.save(update_fields=["answer_due", "answer_period"])
    return visit


@action(Verb.RECALCULATE_DUE, on="visit", states=frozenset({VisitState.CORRECTING}), inner=True)
def recalculate_correction(*, visit: InspectionVisit, by: User | None) -> InspectionVisit:
    """Store the due date of the correction as the confirmed holidays give it.

    Raises:
        WrongState: it is confirmed or decided otherwise, or the date stays.
    """
    anew = again(visit.correct_period) if visit.correct_period else None
    store_anew(visit, "correct_by", "correct_period", anew)
    visit.save(update_fields=["correct_by", "correct_period"])
    return visit
