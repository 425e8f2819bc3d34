"""Verbs of supervision: determinations, rectification, annual assessment."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from admission.models import Criterion
from banks import actions as banks
from banks.models import Bank, Qualification
from banks.rules import qualification_in_force, require
from inspections.letters import acceptance_letter, order_letter
from inspections.models import (
    Assessment,
    AssessmentScheme,
    Determination,
    RectificationOrder,
    RectificationReport,
)
from inspections.queries import binding
from inspections.rules import (
    edition_of,
    failing_pairs,
    grade_for,
    is_score,
    may_check,
    may_determine,
    may_finalise,
    may_report,
    may_revise,
    rectification_period,
)
from inspections.states import STANDING_OPEN, AssessmentState, OrderState
from inspections.terms import RECTIFIABLE, REMINDER_DAYS, DeterminationKind, OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.files.actions import take_in
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.journal import actions as journal
from zsbank.base.letters import actions as letters
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, NotAllowed, Refused, Stale, WrongState


def _lock(order: RectificationOrder) -> RectificationOrder:
    """The order as it stands now. The bank's row is locked first, as in every verb that may move its standing."""
    banks.lock(order.bank_id)
    return (
        RectificationOrder.objects.select_for_update(no_key=True, of=("self",))
        .select_related("bank", "qualification")
        .get(pk=order.pk)
    )


def _lock_in_force(bank: Bank) -> Qualification:
    bank = banks.lock(bank.pk)
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState(_("The bank holds no qualification."))
    return qualification


def _note(
    order: RectificationOrder, verb: Verb, by: User | None, before: str, reason: str = "", **more: Any
) -> None:
    journal.record(
        verb=verb,
        by=by,
        subject=order,
        uscc=order.bank.uscc,
        from_state=before,
        to_state=order.state,
        reason=reason,
        **more,
    )


@transaction.atomic(durable=True)
def record_determination(
    *,
    bank: Bank,
    by: User,
    decided_by: User,
    kind: DeterminationKind,
    determination_date: dt.date,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Determination:
    """Record a determination; for what can be rectified the order opens with it, its due date reckoned (exit （二）2).

    Args:
        decided_by: who determined it, a decider and another person than `by`.
        determination_date: the day of determination (认定之日), from which the six months run.
        document: the paper that shows it.

    Raises:
        NotAllowed: wrong role, or one person for both.
        Refused: the date cannot be.
    """
    require(by, Verb.RECORD_DETERMINATION, bank=bank)
    qualification = _lock_in_force(bank)
    may_determine(by, decided_by, kind, determination_date, qualification).require(NotAllowed)
    if not facts.strip():
        raise Incomplete(_("State the facts: the bank reads them in the letter."))
    if {criterion.edition_id for criterion in criteria} - {edition_of(qualification).pk}:
        raise Refused(_("Name criteria of the edition under which the bank was admitted."))
    if kind == DeterminationKind.CRITERIA_NOT_MET and not criteria:
        raise Incomplete(_("Name the criteria that are no longer met."))
    determination = Determination.objects.create(
        bank=bank,
        qualification=qualification,
        kind=kind,
        determination_date=determination_date,
        decided_by=decided_by,
        facts=facts.strip(),
        document=take_in(content=document, name=document_name, by=by),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    determination.criteria.set(criteria)
    journal.record(
        verb=Verb.RECORD_DETERMINATION,
        by=by,
        subject=determination,
        uscc=bank.uscc,
        reason=facts.strip(),
        data={"kind": kind, "date": determination_date, "decided_by": decided_by.username},
    )
    if kind in RECTIFIABLE:
        _open_from(determination, by)
    return determination


def _open_from(determination: Determination, by: User) -> None:
    """The order of a determination, open at once with the due date that the law gives."""
    period = rectification_period(determination.qualification, determination.determination_date)
    order = RectificationOrder.objects.create(
        bank=determination.bank,
        qualification=determination.qualification,
        ground=OrderGround.DETERMINATION,
        determination=determination,
        start_date=determination.determination_date,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day,
        period=period.to_json(),
        provisional=period.provisional,
    )
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order))
    _give_order(order, by, Verb.OPEN_ORDER)


def _give_order(order: RectificationOrder, by: User, verb: Verb) -> None:
    """The order takes effect: its letter is signed and the bank is told."""
    before = order.state
    order.set_deadline()
    order.letter = letters.sign(data=order_letter(order), case=order, by=by)
    order.save()
    _note(order, verb, by, before, data={"due_date": order.due_date, "letter": str(order.letter)})
    _tell(
        order,
        "opened",
        "收到整改通知",
        f"请于{order.due_date}前完成整改并提交整改报告。文号：{order.letter}。",
    )


@transaction.atomic(durable=True)
def set_rectification_deadline(*, order: RectificationOrder, by: User, due: dt.date) -> RectificationOrder:
    """Set the day by which a bank that failed two years in a row must put it right (exit （二）3).

    Raises:
        WrongState: the date stands already; it is never moved.
        Refused: the day is not after today.
    """
    require(by, Verb.SET_RECTIFICATION_DEADLINE, bank=order.bank)
    order = _lock(order)
    if order.state != OrderState.AWAITING_DEADLINE:
        raise WrongState.moved_on()
    if due <= clock.today():
        raise Refused(_("The due date lies after today."))
    order.raw_due_date = order.due_date = due
    _give_order(order, by, Verb.SET_RECTIFICATION_DEADLINE)
    return order


@transaction.atomic(durable=True)
def report_rectification(
    *,
    order: RectificationOrder,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> RectificationReport:
    """The bank reports what it put right, with evidence. Reported by the due date counts as in time.

    Args:
        files: pairs of content and the name the person gave it.
    """
    require(by, Verb.REPORT_RECTIFICATION, bank=order.bank)
    order = _lock(order)
    if order.state != OrderState.OPEN:
        raise WrongState.moved_on()
    may_report(order).require()
    if not text.strip():
        raise Incomplete(_("Say what was put right."))
    if not files:
        raise Incomplete(_("Attach at least one document that shows it."))
    held = StoredFile.objects.filter(rectification_reports__order=order).distinct()
    has_room(held, sum(content.size or 0 for content, _name in files)).require(FileRefused)
    report = RectificationReport.objects.create(
        order=order, text=text.strip(), submitted_at=clock.now(), submitted_by=by
    )
    report.files.set([take_in(content=content, name=name, by=by) for content, name in files])
    before = order.state
    order.report()
    order.save(update_fields=["state"])
    _note(order, Verb.REPORT_RECTIFICATION, by, before, data={"report": report.pk, "files": len(files)})
    return report


def _checked(
    order: RectificationOrder, by: User, verb: Verb, remark: str, *, accepted: bool
) -> RectificationOrder:
    require(by, verb, bank=order.bank)
    order = _lock(order)
    if order.state != OrderState.REPORTED:
        raise WrongState.moved_on()
    report = order.reports.select_for_update(no_key=True).filter(accepted=None).latest("pk")
    may_check(by, report).require(NotAllowed)
    report.accepted, report.remark = accepted, remark.strip()
    report.checked_by, report.checked_at = by, clock.now()
    report.save(update_fields=["accepted", "remark", "checked_by", "checked_at"])
    return order


@transaction.atomic(durable=True)
def accept_rectification(*, order: RectificationOrder, by: User, remark: str = "") -> RectificationOrder:
    """Find that it is put right. With its last order closed the bank stands as qualified again."""
    order = _checked(order, by, Verb.ACCEPT_RECTIFICATION, remark, accepted=True)
    before = order.state
    order.accept()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    letter = letters.sign(data=acceptance_letter(order), case=order, by=by)
    _note(order, Verb.ACCEPT_RECTIFICATION, by, before, remark.strip(), data={"letter": str(letter)})
    _settle_standing(order, by)
    _tell(order, "accepted", "整改验收通过", f"整改已验收通过，文号：{letter}。")
    return order


@transaction.atomic(durable=True)
def reject_rectification(*, order: RectificationOrder, by: User, remark: str) -> RectificationOrder:
    """Find that it is not put right, with the reason. The due date stays; past it the next sweep lapses the order."""
    if not remark.strip():
        raise Incomplete(_("Say what is still to be put right."))
    order = _checked(order, by, Verb.REJECT_RECTIFICATION, remark, accepted=False)
    before = order.state
    order.reject()
    order.save(update_fields=["state"])
    _note(order, Verb.REJECT_RECTIFICATION, by, before, remark.strip())
    report = order.reports.latest("pk")
    _tell(order, f"rejected:{report.pk}", "整改验收未通过", f"验收意见：{remark.strip()}")
    return order


def lapse(order_id: int) -> bool:
    """The sweep: what was not put right by the due date lapses, in effect from the day after it."""
    with transaction.atomic(durable=True):
        order = _lock(RectificationOrder.objects.get(pk=order_id))
        if order.state != OrderState.OPEN or order.due_date is None or clock.today() <= order.due_date:
            return False
        before = order.state
        order.lapse()
        order.closed_on = clock.today()
        order.save(update_fields=["state", "closed_on"])
        after = reckon(order.due_date, 1, Unit.DAY, roll=False).last_day
        _note(order, Verb.LAPSE, None, before, effective_on=after, data={"due_date": order.due_date})
        _tell(order, "lapsed", "整改期限届满", f"整改期限{order.due_date}已届满，未完成整改。")
    return True


@transaction.atomic
def withdraw_orders(*, qualification: Qualification, by: User | None, reason: str) -> int:
    """Withdraw the open orders of a qualification that ends; called inside the exit's own transaction."""
    orders = RectificationOrder.objects.select_for_update(no_key=True, of=("self",)).select_related("bank")
    withdrawn = 0
    for order in orders.filter(qualification=qualification, state__in=STANDING_OPEN).order_by("pk"):
        _withdraw(order, by, reason)
        withdrawn += 1
    return withdrawn


@transaction.atomic
def set_aside(*, order: RectificationOrder, by: User, reason: str) -> RectificationOrder:
    """Pursue a lapsed order no further; called inside the closing of its exit case. It binds the bank no longer."""
    order = _lock(order)
    before = order.state
    order.set_aside()
    order.save(update_fields=["state"])
    _note(order, Verb.SET_ASIDE_ORDER, by, before, reason)
    _settle_standing(order, by)
    return order


def _withdraw(order: RectificationOrder, by: User | None, reason: str) -> None:
    before = order.state
    order.withdraw()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    _note(order, Verb.WITHDRAW_ORDER, by, before, reason)


def _settle_standing(order: RectificationOrder, by: User | None) -> None:
    if not binding(order.qualification).exists():
        banks.end_rectification(bank=order.bank, by=by, reason=str(order))


@transaction.atomic(durable=True)
def record_assessment(*, bank: Bank, year: int, score: Decimal, reason: str, by: User) -> Assessment:
    """Record a bank's score in an assessed year (not the year of publication); the scheme gives the grade.

    Raises:
        Refused: the year is not over, has no scheme, or is recorded already; the score is not within 0 and 100.
    """
    require(by, Verb.RECORD_ASSESSMENT, bank=bank)
    qualification = _lock_in_force(bank)
    if not qualification.effective_from.year <= year < clock.today().year:
        raise Refused(_("A year is assessed when it is over, and only while the bank was qualified."))
    scheme = AssessmentScheme.objects.filter(year=year).first()
    if scheme is None:
        raise Refused(_("There is no assessment scheme for %(year)s.") % {"year": year})
    is_score(score).require()
    if Assessment.objects.filter(qualification=qualification, year=year).exists():
        raise Refused(_("The year %(year)s is recorded already.") % {"year": year}, "taken")
    assessment = Assessment.objects.create(
        bank=bank,
        qualification=qualification,
        scheme=scheme,
        year=year,
        score=score,
        grade=grade_for(scheme, score),
        reason=reason.strip(),
        recorded_by=by,
    )
    _note_assessment(assessment, Verb.RECORD_ASSESSMENT, by, to_state=assessment.state)
    return assessment


def _note_assessment(assessment: Assessment, verb: Verb, by: User, **more: Any) -> None:
    data = {"year": assessment.year, "score": assessment.score, "grade": assessment.grade} | more.pop(
        "data", {}
    )
    journal.record(verb=verb, by=by, subject=assessment, uscc=assessment.bank.uscc, data=data, **more)


def _lock_assessment(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",)).select_related("bank", "scheme")
    return rows.get(pk=assessment.pk)


@transaction.atomic(durable=True)
def finalise_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Make a result final; another person than the one who recorded it."""
    require(by, Verb.FINALISE_ASSESSMENT, bank=assessment.bank)
    assessment = _lock_assessment(assessment)
    if assessment.state != AssessmentState.DRAFT:
        raise WrongState.moved_on()
    may_finalise(by, assessment).require(NotAllowed)
    before = assessment.state
    assessment.finalise()
    assessment.finalised_by, assessment.final_on = by, clock.today()
    assessment.save(update_fields=["state", "finalised_by", "final_on"])
    _note_assessment(assessment, Verb.FINALISE_ASSESSMENT, by, from_state=before, to_state=assessment.state)
    return assessment


@transaction.atomic(durable=True)
def revise_assessment(
    *, assessment: Assessment, score: Decimal, seen: Decimal, reason: str, by: User
) -> Assessment:
    """Change a final result on review, with the reason; the next sweep judges it again.

    Args:
        seen: the score that the person had before them.

    Raises:
        NotAllowed: the person recorded the result or made it final.
        Stale: somebody else has changed it since.
    """
    require(by, Verb.REVISE_ASSESSMENT, bank=assessment.bank)
    assessment = _lock_assessment(assessment)
    if assessment.state != AssessmentState.FINAL:
        raise WrongState.moved_on()
    may_revise(by, assessment).require(NotAllowed)
    if assessment.score != seen:
        raise Stale(
            _("The result was changed since you opened it: it is %(score)s now.")
            % {"score": assessment.score}
        )
    if not reason.strip():
        raise Incomplete(_("Give the reason of the change."))
    is_score(score).require()
    before = {"score_before": assessment.score, "grade_before": assessment.grade}
    assessment.score, assessment.grade = score, grade_for(assessment.scheme, score)
    assessment.save(update_fields=["score", "grade"])
    _note_assessment(assessment, Verb.REVISE_ASSESSMENT, by, reason=reason.strip(), data=before)
    return assessment


def judge(qualification_id: int) -> bool:
    """The sweep: open an order for each second failing year in a row, withdraw one whose ground is gone."""
    with transaction.atomic(durable=True):
        bank_id = Qualification.objects.values_list("bank_id", flat=True).get(pk=qualification_id)
        bank = banks.lock(bank_id)
        qualification = Qualification.objects.select_for_update(no_key=True).get(pk=qualification_id)
        if qualification.cancelled_on is not None:
            return False
        pairs = failing_pairs(qualification.assessments.all())
        orders = RectificationOrder.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "bank", "qualification"
        )
        own = list(orders.filter(qualification=qualification, ground=OrderGround.ASSESSMENT))
        groundless = [
            order for order in own if order.state in STANDING_OPEN and order.assessed_year not in pairs
        ]
        standing = {order.assessed_year for order in own if order.state != OrderState.WITHDRAWN}
        new = [year for year in pairs if year not in standing]
        for order in groundless:
            _withdraw(order, None, "考核结果经复核变更，整改依据不再成立。")
            _settle_standing(order, None)
        for year in new:
            _open_for_year(bank, qualification, year)
    return bool(groundless or new)


def _open_for_year(bank: Bank, qualification: Qualification, year: int) -> None:
    order = RectificationOrder.objects.create(
        bank=bank,
        qualification=qualification,
        ground=OrderGround.ASSESSMENT,
        assessed_year=year,
        start_date=clock.today(),
    )
    journal.record(
        verb=Verb.OPEN_ORDER,
        by=None,
        subject=order,
        uscc=bank.uscc,
        to_state=order.state,
        data={"assessed_year": year},
    )
    banks.put_under_rectification(bank=bank, by=None, reason=str(order))


def remind(order_id: int) -> bool:
    """The sweep: remind the bank on the way to a due date, each of 90, 30, 7 and 1 days once, only the nearest."""
    with transaction.atomic(durable=True):
        order = (
            RectificationOrder.objects.select_for_update(no_key=True, of=("self",))
            .select_related("bank")
            .get(pk=order_id)
        )
        if order.state != OrderState.OPEN or order.due_date is None:
            return False
        left = (order.due_date - clock.today()).days
        step = min((days for days in REMINDER_DAYS if 0 <= left <= days), default=None)
        if step is None:
            return False
        return (
            _tell(order, f"reminder:{step}", "整改期限提醒", f"整改期限为{order.due_date}，还剩{left}天。")
            > 0
        )


def _tell(order: RectificationOrder, event: str, title: str, body: str) -> int:
    members = order.bank.members.filter(left_on=None).select_related("user")
    return notices.post(
        to=[member.user for member in members],
        key=f"rectification:{order.pk}:{event}",
        title=title,
        body=body,
        link=f"/rectification/{order.pk}/",
        uscc=order.bank.uscc,
    )
