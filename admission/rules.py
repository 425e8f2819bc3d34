"""What admission allows, and why not."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.basis import changed_since
from admission.facts import FACTS, NEEDS_EVIDENCE, UNDERTAKINGS
from admission.models import (
    Answer,
    Application,
    Criterion,
    Decision,
    Evidence,
    Recommendation,
    SupplementRequest,
)
from admission.states import (
    ApplicationState,
    FindingResult,
    Outcome,
    SupplementStage,
)
from admission.terms import AgreementKind, RequiredBefore
from banks.models import Bank
from banks.rules import may_apply, was_heard
from banks.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.files.states import ScanState
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Reason, Verdict, WrongState


@dataclass(frozen=True)
class Missing:
    """One thing that a criterion's answer still lacks."""

    criterion: Criterion
    what: str


def may_start(bank: Bank, *, on: dt.date) -> Verdict:
    """Whether the bank may start an application on a day: not barred, none open, not of a kind that is left out."""
    verdict = may_apply(bank, on=on)
    if not verdict:
        return verdict
    if ELIGIBILITY[bank_category(bank)] is Eligibility.NOT_ELIGIBLE:
        return Verdict.no(
            "category",
            _("Criterion 1 admits Chinese-funded commercial banks; a %(category)s is not one.")
            % {"category": bank.get_category_display()},
        )
    if Application.objects.open().filter(bank=bank).exists():
        return Verdict.no("open", _("The bank has an open application. Go on with that one."))
    if Application.objects.awaiting_effect().filter(bank=bank).exists():
        return Verdict.no(
            "approved",
            _("The bank is approved; the qualification takes effect when the agreements are signed."),
        )
    return YES


def bank_category(bank: Bank) -> BankCategory:
    """The bank's category as one of the kinds of criterion 1."""
    return BankCategory(bank.category)


def missing(application: Application) -> tuple[Missing, ...]:
    """All that the answers still lack, in the order of the criteria; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    criteria = application.edition.criteria.all()
    return tuple(
        Missing(criterion, what)
        for criterion in criteria
        for what in lacks(criterion, answers.get(criterion.pk))
    )


def lacks(criterion: Criterion, answer: Answer | None) -> list[str]:
    """What one answer lacks. What is only required before issuing (criterion 8) may be empty."""
    if criterion.required_before == RequiredBefore.ISSUING:
        return []
    if answer is None:
        return [_("Not answered yet.")]
    found = [
        _("%(field)s is missing.") % {"field": field.label}
        for field in FACTS.get(criterion.number, ())
        if field.required and answer.facts.get(field.name) in (None, "", [])
    ]
    if criterion.number in UNDERTAKINGS and not (answer.signatory and answer.signed_on):
        found.append(_("The undertaking is not signed yet: give the name and the date."))
    if criterion.number in NEEDS_EVIDENCE and not answer.counted_evidence:
        found += [
            _("%(name)s is quarantined and does not count; hand in another file.") % {"name": evidence}
            for evidence in answer.standing_evidence
        ] or [_("No evidence is attached yet.")]
    return found


def may_submit(application: Application, *, on: dt.date) -> Verdict:
    """Whether the application can be handed in on a day: a draft, complete, of a bank that may apply.

    It waits for the virus scanner: what is handed in can be opened. A supplement and a report of rectification have a
    due date and do not wait for it.
    """
    verdict = may_apply(application.bank, on=on)
    if not verdict:
        return verdict
    lacking = missing(application)
    numbers = sorted({item.criterion.number for item in lacking})
    if numbers:
        listed = "、".join(str(number) for number in numbers)
        return Verdict.no(
            "incomplete", _("Something is missing in these criteria: %(numbers)s.") % {"numbers": listed}
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
        )
    return YES


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
        return YES
    request = open_request(application)
    if request and request.items.filter(criterion=criterion).exists():
        return YES
    if application.state == ApplicationState.SUPPLEMENTING:
        return Verdict.no(
            "not_asked", _("You are not asked to supplement this criterion; it stays as it is.")
        )
    return Verdict.no("wrong_state", str(WrongState.moved_on()))


def may_copy(application: Application) -> Verdict:
    """Whether answers can be taken over from an earlier application: into a draft only."""
    if application.state != ApplicationState.DRAFT:
        return Verdict.no("wrong_state", str(WrongState.moved_on()))
    return YES


def may_record_remark(user: User, application: Application) -> Verdict:
    """Whether this person may note what is missing: an intake officer, before acceptance, until it is told."""
    verdict = may_act(user, Verb.RECORD_REMARK, application)
    if not verdict:
        return verdict
    if application.state != ApplicationState.SUBMITTED:
        return Verdict.no("wrong_state", _("What is missing is noted before the application is accepted."))
    if application.supplement_requests.filter(stage=SupplementStage.ACCEPTANCE).exists():
        return Verdict.no("told", _("What is missing was told once and completely; it cannot be told again."))
    return YES


def may_request_supplement(user: User, application: Application) -> Verdict:
    """Whether this person may ask the bank now: intake before acceptance and once, a reviewer during the review."""
    if application.state == ApplicationState.SUBMITTED:
        verdict = may_record_remark(user, application)
    else:
        verdict = may_record_finding(user, application)
    if verdict and not to_supplement(application):
        return Verdict.no(
            "nothing", _("Nothing is noted as missing. Note it at the criteria on the review desk first.")
        )
    return verdict


def to_supplement(application: Application) -> list[tuple[Criterion, str]]:
    """What would be asked now: the remarks before acceptance, the findings *supplement* during the review."""
    if application.state == ApplicationState.SUBMITTED:
        remarks = application.remarks.exclude(text="").select_related("criterion")
        return [(remark.criterion, remark.text) for remark in remarks]
    findings = application.findings.filter(result=FindingResult.SUPPLEMENT).select_related("criterion")
    return [(finding.criterion, finding.reason) for finding in findings]


def may_hand_in(application: Application) -> Verdict:
    """Whether the supplement can be handed in: one is asked for, and what is asked for lacks nothing."""
    request = open_request(application)
    if request is None:
        return Verdict.no("wrong_state", str(WrongState.moved_on()))
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    short = [
        str(item.criterion.number)
        for item in request.items.select_related("criterion")
        if lacks(item.criterion, answers.get(item.criterion_id))
    ]
    if short:
        return Verdict.no(
            "incomplete",
            _("Something is missing in these criteria: %(numbers)s.") % {"numbers": "、".join(short)},
        )
    return YES


def may_act(user: User, verb: Verb, application: Application) -> Verdict:
    """Whether an officer may act in a case at all: the role holds the verb, and no conflict is declared (law.md §2)."""
    verdict = may(staff_roles(user), verb)
    if verdict and application.conflicts.filter(officer=user).exists():
        return Verdict.no(
            "conflict", _("You declared a conflict of interest in this case; another person acts.")
        )
    return verdict


def may_declare(user: User, application: Application) -> Verdict:
    """Whether this person may declare a conflict now: not declared yet, and the case not closed."""
    if application.closed_on is not None:
        return Verdict.no("closed", _("The case is closed."))
    if application.conflicts.filter(officer=user).exists():
        return Verdict.no("declared", _("You have declared a conflict of interest in this case already."))
    return YES


def may_record_finding(user: User, application: Application) -> Verdict:
    """Whether this person may record findings in this case now: a reviewer, while it is under review."""
    verdict = may_act(user, Verb.RECORD_FINDING, application)
    if not verdict:
        return verdict
    if application.state != ApplicationState.UNDER_REVIEW:
        return Verdict.no("wrong_state", _("Findings are recorded while the application is under review."))
    return YES


def may_recommend(application: Application, outcome: Outcome) -> Verdict:
    """Whether the findings bear the recommendation: all found; approval only with every criterion met in time.

    What the medical insurance side was asked has to be answered or taken back first.

    A criterion required only before issuing may still be open at approval; it may not be found *not met*.
    """
    findings = {finding.criterion_id: finding.result for finding in application.findings.all()}
    reasons = []
    criteria = list(application.edition.criteria.all())
    open_ones = [str(criterion.number) for criterion in criteria if criterion.pk not in findings]
    if open_ones:
        reasons.append(
            Reason("not_found", _("No finding yet of criterion %(n)s.") % {"n": "、".join(open_ones)})
        )
    for criterion in criteria:
        result = findings.get(criterion.pk)
        late = criterion.required_before == RequiredBefore.ISSUING
        if result and outcome == Outcome.APPROVE and not _bears_approval(result, late=late):
            reasons.append(Reason("not_met", _("Criterion %(n)s is not met.") % {"n": criterion.number}))
    waited_for = application.opinions.filter(given_at=None, taken_back_at=None)
    reasons += [
        Reason(
            "opinion", _("The medical insurance side has not answered on criterion %(n)s.") % {"n": number}
        )
        for number in waited_for.order_by("criterion__number").values_list("criterion__number", flat=True)
    ]
    if not reasons and outcome == Outcome.REFUSE and FindingResult.NOT_MET not in findings.values():
        reasons.append(Reason("all_met", _("No criterion is found not met; there is no ground to refuse.")))
    return Verdict.of(reasons)


def _bears_approval(result: str, *, late: bool) -> bool:
    return result == FindingResult.MET or (late and result == FindingResult.SUPPLEMENT)


def may_decide(user: User, application: Application) -> Verdict:
    """Whether this person may decide: another one than those who reviewed and recommended, on a bank not barred."""
    verdict = may_act(user, Verb.DECIDE, application)
    if not verdict:
        return verdict
    if application.state != ApplicationState.RECOMMENDED:
        return Verdict.no("wrong_state", _("There is no recommendation to decide on."))
    if has_reviewed(user, application):
        return Verdict.no("four_eyes", _("You reviewed this application; another person decides."))
    return YES


def may_sign_decision(user: User, application: Application) -> Verdict:
    """Whether this person may sign what is recommended now: as `may_decide`; a refusal only once the bank was heard."""
    verdict = may_decide(user, application)
    recommendation = application.recommendations.filter(sent_back_at=None).first()
    if not verdict or recommendation is None:
        return verdict
    verdict = unchanged(recommendation)
    if verdict and recommendation.outcome == Outcome.REFUSE:
        return was_heard(recommendation)
    return verdict


def unchanged(recommendation: Recommendation) -> Verdict:
    """Whether what a recommendation rests on is still as it was; otherwise it is void."""
    changes = changed_since(recommendation)
    if changes:
        return Verdict.no(
            "changed",
            _("What the recommendation rests on has changed since, so it goes back to review. %(changes)s")
            % {"changes": "；".join(map(str, changes))},
        )
    return YES


def confidentiality_answer(application: Application) -> Answer | None:
    """The answer that shows the confidentiality agreement signed by both, if it was found so (criterion 14)."""
    found = application.findings.filter(criterion__number=14, result=FindingResult.MET).exists()
    answer = application.answers.with_evidence().filter(criterion__number=14).first() if found else None
    signed = answer and answer.facts.get("signed_by_both_on") and answer.counted_evidence
    return answer if signed else None


def signed_before(application: Application) -> frozenset[AgreementKind]:
    """The agreements that an approval would find signed already."""
    return frozenset({AgreementKind.CONFIDENTIALITY} if confidentiality_answer(application) else ())


def outstanding(decision: Decision) -> list[AgreementKind]:
    """The agreements that an approval still needs to take effect."""
    if decision.outcome != Outcome.APPROVE or decision.qualification_id is not None:
        return []
    signed = set(decision.agreements.values_list("kind", flat=True))
    return [kind for kind in AgreementKind if kind not in signed]


def may_record_agreement(application: Application, kind: AgreementKind) -> Verdict:
    """Whether this agreement can be recorded now: approved, not in effect yet, and not on record."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None or kind not in outstanding(decision):
        return Verdict.no("wrong_state", _("No approval waits for this agreement."))
    return YES


def has_reviewed(user: User, application: Application) -> bool:
    """Whether this person recorded a finding or a recommendation in this case."""
    return Application.objects.filter(pk=application.pk).reviewed_by(user).exists()
