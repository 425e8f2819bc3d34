"""Actions on the report of an inspection: sign it, answer it, state a correction."""

from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from inspections.visits.actions.messages import confirm_answer, tell_of_report
from inspections.visits.letters import answer_period, report_letter
from inspections.visits.models import InspectionVisit, VisitAnswer
from inspections.visits.queries import files_of_answers, findings_of
from inspections.visits.rules import may_report
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.rules import has_room
from zsbank.base.journal.facts import held
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, filled


@action(Verb.REPORT_INSPECTION, on="visit", moves=InspectionVisit.report, rule=may_report)
def report_inspection(*, visit: InspectionVisit, by: User) -> InspectionVisit:
    """Sign the report to the bank; with findings, the time for its answer starts.

    Raises:
        NotAllowed: the role, or `by` took part in the inspection (four eyes).
        WrongState: the record is not confirmed by both officers, or the report is signed already.
    """
    findings = list(findings_of(visit))
    letter = letters.sign(data=report_letter(visit, findings), case=visit, by=by)
    period = answer_period(findings)
    if period:
        visit.report()
    else:
        visit.report_no_finding()
    visit.letter, visit.reported_by = letter, by
    visit.answer_due = period.last_day if period else None
    visit.answer_period = period.to_json() if period else None
    visit.save(update_fields=["state", "letter", "reported_by", "answer_due", "answer_period"])
    record(data={"letter": str(letter)})
    tell_of_report(visit, letter)
    return visit


@action(Verb.ANSWER_INSPECTION, on="visit", moves=InspectionVisit.answer)
def answer_inspection(
    *,
    visit: InspectionVisit,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]] = (),  # type: ignore[type-arg]
) -> VisitAnswer:
    """Answer the report for the bank, once; a late answer is taken until the bureau has decided what follows.

    Args:
        text: what the bank says about the findings.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: there is no report, it names no finding, or it is answered or decided already.
        Incomplete: the text is empty.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    answer = _answer(visit, by, filled(text, _("Enter your bank's answer.")), files, corrects=False)
    visit.answer()
    visit.save(update_fields=["state"])
    record(data={"files": len(files)} | held(Verb.ANSWER_INSPECTION, answer))
    confirm_answer(visit, answer, by)
    return answer


@action(Verb.STATE_CORRECTION, on="visit", moves=InspectionVisit.state_correction)
def state_correction(
    *,
    visit: InspectionVisit,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> VisitAnswer:
    """State for the bank that the findings are corrected, with evidence, also after the due date.

    Args:
        text: what was corrected, and how.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: no correction is demanded, or it is confirmed already.
        Incomplete: the text is empty, or there is no file.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    text = filled(text, _("Describe what was corrected."))
    if not files:
        raise Incomplete(_("Attach at least one document as evidence."))
    answer = _answer(visit, by, text, files, corrects=True)
    visit.state_correction()
    visit.save(update_fields=["state"])
    record(data={"files": len(files)} | held(Verb.STATE_CORRECTION, answer))
    confirm_answer(visit, answer, by)
    return answer


def _answer(
    visit: InspectionVisit,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
    *,
    corrects: bool,
) -> VisitAnswer:
    """Store what the bank hands in.

    Raises:
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    has_room(files_of_answers(visit), sum(content.size or 0 for content, _name in files)).require(FileRefused)
    answer: VisitAnswer = VisitAnswer.objects.create(
        visit=visit, corrects=corrects, text=text, submitted_at=clock.now(), submitted_by=by
    )
    answer.files.set([store_upload(content=content, name=name, by=by) for content, name in files])
    return answer
