"""Rules of applications: what a bank may do, and why not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.applications.gaps import missing_in
from admission.applications.models import (
    Answer,
    Application,
    Evidence,
    ServiceCommitment,
    SupplementRequest,
)
from admission.applications.states import ApplicationState
from admission.applications.time_limits import is_in_time, open_request
from admission.applications.undertakings import commitment_faults, standing_commitment
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import CheckName
from banks.register.models import Bank
from banks.register.rules import may_apply
from banks.register.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.dates import only_by_a_person
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import (
    ALLOWED,
    EditConflict,
    FileRefused,
    Incomplete,
    Reason,
    Verdict,
    WrongState,
)


@dataclass(frozen=True)
class Missing:
    """One thing that an answer still lacks."""

    criterion: Criterion
    what: str


def may_start(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank may start an application today: not barred, none open, of an admitted category."""
    verdict = may_apply(bank, on=clock.today())
    if not verdict:
        return verdict
    asking = _criterion_against(bank)
    if asking is not None:
        return Verdict.no(
            "category",
            _("Criterion %(n)s is for Chinese-funded commercial banks only; %(category)s is not included.")
            % {"n": asking.number, "category": bank.get_category_display()},
        )
    if Application.objects.open().filter(bank=bank).exists():
        return Verdict.no("open", _("The bank already has an open application. Continue that application."))
    if Application.objects.awaiting_effect().filter(bank=bank).exists():
        return Verdict.no(
            "approved",
            _(
                "The application has been approved; the qualification takes effect when the agreements "
                "are signed."
            ),
        )
    return ALLOWED


def _criterion_against(bank: Bank) -> Criterion | None:
    """Return the criterion of the edition in force that excludes the bank's category, or None."""
    if ELIGIBILITY[BankCategory(bank.category)] is not Eligibility.NOT_ELIGIBLE:
        return None
    edition = PolicyEdition.objects.valid_on(clock.today())
    return edition.criterion_with(CheckName.BANK_CATEGORY) if edition else None


def missing_for_submission(application: Application) -> tuple[Missing, ...]:
    """Return what blocks submission, by criterion; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    commitment = standing_commitment(application)
    return tuple(
        Missing(criterion, what)
        for criterion in application.edition.criteria.all()
        if not criterion.may_follow
        for what in missing_in(criterion, answers.get(criterion.pk), commitment)
    )


def may_submit(by: User | None, application: Application) -> Verdict:
    """Check that the application is complete and the bank may apply today.

    Submission waits for the virus scan, so that what is submitted can be opened. Supplements and rectification reports
    have a due date and do not wait.
    """
    verdict = may_apply(application.bank, on=clock.today())
    if not verdict:
        return verdict
    lacking = missing_for_submission(application)
    numbers = sorted({item.criterion.number for item in lacking})
    if numbers:
        listed = "、".join(str(number) for number in numbers)
        return Verdict.no(
            "incomplete",
            _("Information is missing for these criteria: %(numbers)s.") % {"numbers": listed},
            Incomplete,
        )
    return commitment_stands(application) and _is_scanned(application)


def commitment_stands(application: Application) -> Verdict:
    """Check that nothing is wrong with the service commitment, if there is one."""
    commitment = standing_commitment(application)
    faults = commitment_faults(commitment) if commitment else []
    return Verdict.of(Reason("commitment", fault, Incomplete) for fault in faults)


def _is_scanned(application: Application) -> Verdict:
    """Check that no document waits for its virus scan."""
    commitment = standing_commitment(application)
    if commitment and commitment.file.scan == ScanState.BEING_CHECKED:
        words = _(
            "The service commitment is being checked for viruses. Wait a minute, then open this page again."
        )
        return Verdict.no("being_checked", words, Incomplete)
    waiting = sorted(criteria_being_scanned(application))
    if waiting:
        return Verdict.no(
            "being_checked",
            _(
                "Documents of these criteria are being checked for viruses: %(numbers)s. "
                "Wait a minute, then open this page again."
            )
            % {"numbers": "、".join(map(str, waiting))},
            Incomplete,
        )
    return ALLOWED


def criteria_being_scanned(application: Application) -> set[int]:
    """Return the numbers of criteria with a document whose virus scan is pending."""
    rows = Evidence.objects.filter(answer__application=application, removed_at=None)
    waiting = rows.filter(file__scan=ScanState.BEING_CHECKED)
    return set(waiting.values_list("answer__criterion__number", flat=True))


def not_overtaken(by: User, answer: Answer, version: int, page: str) -> Verdict:
    """Check that nobody has saved the answer since it was shown, other than this same opened page.

    Args:
        version: the version that the page showed.
        page: key of the opened page; empty without one.
    """
    from_this_page = bool(page) and (answer.saved_by_id, answer.saved_from) == (by.pk, page)
    if answer.version == version or from_this_page:
        return ALLOWED
    if answer.saved_by_id == by.pk:
        words = _("You have saved this answer in another window. Compare, then save again.")
    else:
        words = _("%(person)s has saved this answer since you opened it. Compare, then save again.") % {
            "person": answer.saved_by
        }
    return Verdict.no("stale", words, EditConflict)


def may_edit(application: Application, criterion: Criterion) -> Verdict:
    """Check that the bank may change its answer now: in a draft, or in a requested supplement."""
    if application.state == ApplicationState.DRAFT:
        return ALLOWED
    request = open_request(application)
    if request and request.items.filter(criterion=criterion).exists():
        return is_in_time(request)
    if application.state == ApplicationState.SUPPLEMENTING:
        return Verdict.no(
            "not_asked",
            _("The bureau has not asked for a supplement to this criterion; you cannot change it."),
            WrongState,
        )
    return Verdict.moved_on()


def may_change_commitment(by: User | None, application: Application) -> Verdict:
    """Check that the service commitment may be signed now: in a draft, or if an undertaking is to be supplemented."""
    if not application.edition.criteria.filter(undertaking_needed=True).exists():
        return Verdict.no("none", _("This policy edition asks for no undertakings."), WrongState)
    if application.state == ApplicationState.DRAFT:
        return ALLOWED
    request = open_request(application)
    if request is None:
        return Verdict.moved_on()
    if request.items.filter(criterion__undertaking_needed=True).exists():
        return is_in_time(request)
    words = _("The bureau has not asked for a supplement to an undertaking; you cannot change it.")
    return Verdict.no("not_asked", words, WrongState)


def may_change_this_commitment(by: User | None, commitment: ServiceCommitment) -> Verdict:
    """Check that a service commitment stands and may be changed now."""
    verdict = may_change_commitment(by, commitment.application)
    return Verdict.moved_on() if verdict and commitment.removed_at is not None else verdict


def may_restore_commitment(by: User | None, commitment: ServiceCommitment) -> Verdict:
    """Check that a service commitment was removed in the current draft and none stands in its place."""
    application = commitment.application
    verdict = may_change_commitment(by, application)
    if not verdict:
        return verdict
    taken = application.commitments.filter(removed_at=None).exists()
    replaced = application.commitments.filter(replaces=commitment).exists()
    if taken or replaced or not in_this_draft(commitment, open_request(application)):
        return Verdict.moved_on()
    return ALLOWED


def may_change_evidence(by: User | None, evidence: Evidence) -> Verdict:
    """Check that a document is current and its answer may be changed."""
    verdict = may_edit(evidence.answer.application, evidence.answer.criterion)
    return Verdict.moved_on() if verdict and evidence.removed_at is not None else verdict


def may_restore_evidence(by: User | None, evidence: Evidence) -> Verdict:
    """Check that a document was removed in the current draft and that its answer may be changed.

    A document removed before submission is not restored: the receipt lists what was submitted.
    """
    verdict = may_edit(evidence.answer.application, evidence.answer.criterion)
    if not verdict:
        return verdict
    standing = evidence.removed_at is None or Evidence.objects.filter(replaces=evidence).exists()
    if standing or not in_this_draft(evidence, open_request(evidence.answer.application)):
        return Verdict.moved_on()
    return attached_once(evidence.answer, evidence.file.sha256)


def in_this_draft(removed: Evidence | ServiceCommitment, request: SupplementRequest | None) -> bool:
    """Whether a document was removed in the current draft or supplement."""
    return removed.removed_at is not None and (request is None or removed.removed_at > request.asked_at)


def attached_once(answer: Answer, sha256: str, replaced: Evidence | None = None) -> Verdict:
    """Check that the same file is not attached to the answer, apart from the document it replaces."""
    rows = Evidence.objects.filter(answer=answer, removed_at=None, file__sha256=sha256).select_related("file")
    same = next((one for one in rows if one != replaced), None)
    if same is None:
        return ALLOWED
    return Verdict.no(
        "attached_already",
        _("The same file is attached already: %(name)s (%(when)s).")
        % {"name": same, "when": clock.local_day(same.added_at)},
        FileRefused,
    )


def may_submit_supplement(by: User | None, application: Application) -> Verdict:
    """Check that a supplement is requested, in time and complete.

    Criteria needed only after the approval may still be incomplete.
    """
    request = open_request(application)
    if request is None:
        return Verdict.moved_on()
    verdict = is_in_time(request)
    if not verdict:
        return verdict
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    commitment = standing_commitment(application)
    incomplete = [
        str(item.criterion.number)
        for item in request.items.select_related("criterion")
        if not item.criterion.may_follow_approval
        and missing_in(item.criterion, answers.get(item.criterion_id), commitment)
    ]
    if incomplete:
        return Verdict.no(
            "incomplete",
            _("Information is missing for these criteria: %(numbers)s.") % {"numbers": "、".join(incomplete)},
            Incomplete,
        )
    return commitment_stands(application) if may_change_commitment(by, application) else ALLOWED


def may_end_supplement(by: User | None, request: SupplementRequest) -> Verdict:
    """Check that the due date of the supplement has passed without a submission.

    A person confirms it where the date is provisional.
    """
    if request.closed_on is not None or clock.today() <= request.due_date:
        return Verdict.moved_on()
    return only_by_a_person(by, request.due_period)


def is_asked(by: User | None, request: SupplementRequest) -> Verdict:
    """Check that the supplement is neither submitted nor ended."""
    return ALLOWED if request.closed_on is None else Verdict.moved_on()
