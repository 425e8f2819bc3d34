"""What a bank may do with its application, and why not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application, Evidence, SupplementRequest
from admission.applications.states import ApplicationState
from admission.editions.facts import date_doubts
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import CheckName
from banks.register.models import Bank
from banks.register.rules import may_apply
from banks.register.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import ALLOWED, Incomplete, Verdict, WrongState


@dataclass(frozen=True)
class Missing:
    """One thing that a criterion's answer still lacks."""

    criterion: Criterion
    what: str


def may_start(by: User | None, bank: Bank) -> Verdict:
    """Whether the bank may start an application today: not barred, none open, of a kind that may apply."""
    verdict = may_apply(bank, on=clock.today())
    if not verdict:
        return verdict
    asking = _criterion_against(bank)
    if asking is not None:
        return Verdict.no(
            "category",
            _("Criterion %(n)s admits Chinese-funded commercial banks; a %(category)s is not one.")
            % {"n": asking.number, "category": bank.get_category_display()},
        )
    if Application.objects.open().filter(bank=bank).exists():
        return Verdict.no("open", _("The bank has an open application. Go on with that one."))
    if Application.objects.awaiting_effect().filter(bank=bank).exists():
        return Verdict.no(
            "approved",
            _("The bank is approved; the qualification takes effect when the agreements are signed."),
        )
    return ALLOWED


def _criterion_against(bank: Bank) -> Criterion | None:
    """The criterion of the edition in force that leaves out a bank of this category; mostly none."""
    if ELIGIBILITY[BankCategory(bank.category)] is not Eligibility.NOT_ELIGIBLE:
        return None
    edition = PolicyEdition.objects.valid_on(clock.today())
    return edition.criterion_with(CheckName.BANK_CATEGORY) if edition else None


def missing(application: Application) -> tuple[Missing, ...]:
    """All that holds submission up, in the order of the criteria; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    return tuple(
        Missing(criterion, what)
        for criterion in application.edition.criteria.all()
        if not criterion.may_follow
        for what in lacks(criterion, answers.get(criterion.pk))
    )


def lacks(criterion: Criterion, answer: Answer | None) -> list[str]:
    """What one answer lacks of all that its criterion asks for, whenever it is needed."""
    if answer is None:
        return [_("Not answered yet.")]
    found = [
        _("%(field)s is missing.") % {"field": field.label}
        for field in criterion.fact_fields
        if field.required and answer.facts.get(field.name) in (None, "", [])
    ]
    found += date_doubts(criterion.fact_fields, answer.facts, clock.today())
    if criterion.undertaking_needed and not (answer.signatory and answer.signed_on):
        found.append(_("The undertaking is not signed yet: give the name and the date."))
    if criterion.evidence_needed and not answer.counted_evidence:
        found += [
            _("%(name)s is quarantined and does not count; submit another file.") % {"name": evidence}
            for evidence in answer.standing_evidence
        ] or [_("No evidence is attached yet.")]
    return found


def may_submit(by: User | None, application: Application) -> Verdict:
    """Whether the application can be submitted today: complete, of a bank that may apply.

    It waits for the virus scanner: what is submitted can be opened. A supplement and a report of rectification have a
    due date and do not wait for it.
    """
    verdict = may_apply(application.bank, on=clock.today())
    if not verdict:
        return verdict
    lacking = missing(application)
    numbers = sorted({item.criterion.number for item in lacking})
    if numbers:
        listed = "、".join(str(number) for number in numbers)
        return Verdict.no(
            "incomplete",
            _("Something is missing in these criteria: %(numbers)s.") % {"numbers": listed},
            Incomplete,
        )
    waiting = sorted(being_checked(application))
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


def may_have_receipt(by: User | None, application: Application) -> Verdict:
    """Whether there is a receipt: the application was submitted."""
    if application.submitted_at is None:
        return Verdict.moved_on()
    return ALLOWED


def being_checked(application: Application) -> set[int]:
    """The criteria with a document of which the virus scanner has not said anything yet."""
    rows = Evidence.objects.filter(answer__application=application, removed_at=None)
    waiting = rows.filter(file__scan=ScanState.BEING_CHECKED)
    return set(waiting.values_list("answer__criterion__number", flat=True))


def open_request(application: Application) -> SupplementRequest | None:
    """What the bank is asked to supplement now."""
    return application.supplement_requests.filter(closed_on=None).first()


def may_edit(application: Application, criterion: Criterion) -> Verdict:
    """Whether the bank may change its answer to a criterion now: a draft, or one that it is asked to supplement."""
    if application.state == ApplicationState.DRAFT:
        return ALLOWED
    request = open_request(application)
    if request and request.items.filter(criterion=criterion).exists():
        return ALLOWED
    if application.state == ApplicationState.SUPPLEMENTING:
        return Verdict.no(
            "not_asked", _("You are not asked to supplement this criterion; it stays as it is."), WrongState
        )
    return Verdict.moved_on()


def may_change_evidence(by: User | None, evidence: Evidence) -> Verdict:
    """Whether a document can be replaced or removed now: it was not yet, and its answer may be changed."""
    verdict = may_edit(evidence.answer.application, evidence.answer.criterion)
    return Verdict.moved_on() if verdict and evidence.removed_at is not None else verdict


def may_submit_supplement(by: User | None, application: Application) -> Verdict:
    """Whether the supplement can be submitted: one is asked for, and what is asked for lacks nothing.

    What may follow the approval may follow here too.
    """
    request = open_request(application)
    if request is None:
        return Verdict.moved_on()
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    incomplete = [
        str(item.criterion.number)
        for item in request.items.select_related("criterion")
        if not item.criterion.may_follow_approval and lacks(item.criterion, answers.get(item.criterion_id))
    ]
    if incomplete:
        return Verdict.no(
            "incomplete",
            _("Something is missing in these criteria: %(numbers)s.") % {"numbers": "、".join(incomplete)},
            Incomplete,
        )
    return ALLOWED


def may_end_supplement(by: User | None, request: SupplementRequest) -> Verdict:
    """Whether the time to supplement is over and nothing was submitted."""
    if request.closed_on is not None or clock.today() <= request.due_date:
        return Verdict.moved_on()
    return ALLOWED
