"""Rules of recommendations, decisions and agreements."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from admission.applications.checks import also_seen_by_officers, checks_for
from admission.applications.models import Answer, Application
from admission.applications.states import Outcome
from admission.decisions.basis import changed_since
from admission.decisions.models import Decision, Recommendation
from admission.decisions.terms import AgreementKind
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import FactRole, Provides
from admission.review.states import FindingResult
from banks.hearings.rules import was_heard
from banks.register.rules import may_apply
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, NotYet, Reason, Verdict, WrongState


def may_recommend(application: Application, outcome: Outcome) -> Verdict:
    """Check that the findings support the outcome.

    Every criterion has a finding, and for an approval each is met; a criterion needed only for a later step may also be
    found *supplement*. A refusal needs a criterion found not met. No opinion may be pending.
    """
    findings = {finding.criterion_id: finding.result for finding in application.findings.all()}
    reasons = []
    criteria = list(application.edition.criteria.all())
    open_ones = [str(criterion.number) for criterion in criteria if criterion.pk not in findings]
    if open_ones:
        words = _("Criterion %(n)s has no finding yet.") % {"n": "、".join(open_ones)}
        reasons.append(Reason("not_found", words, Incomplete))
    for criterion in criteria:
        result = findings.get(criterion.pk)
        late = criterion.may_follow_approval
        if result and outcome == Outcome.APPROVE and not _supports_approval(result, late=late):
            words = _("Criterion %(n)s is not met.") % {"n": criterion.number}
            reasons.append(Reason("not_met", words, Incomplete))
    if outcome == Outcome.APPROVE:
        reasons += [Reason("unexplained", words, Incomplete) for words in _unexplained(application, criteria)]
    waited_for = application.opinions.filter(given_at=None, withdrawn_at=None)
    reasons += [
        Reason(
            "opinion",
            _("The medical insurance department has not answered on criterion %(n)s.") % {"n": number},
            Incomplete,
        )
        for number in waited_for.order_by("criterion__number").values_list("criterion__number", flat=True)
    ]
    if not reasons and outcome == Outcome.REFUSE and FindingResult.NOT_MET not in findings.values():
        words = _("No criterion has the finding “not met”, so there is no ground for refusal.")
        reasons.append(Reason("all_met", words, Incomplete))
    return Verdict.of(reasons)


def _unexplained(application: Application, criteria: list[Criterion]) -> Iterator[str]:
    """Yield a sentence for each criterion found met without a reason although a check does not pass today."""
    bare = {row.criterion_id for row in application.findings.all() if row.is_met and not row.reason}
    checks = checks_for(application)
    for criterion in criteria:
        shown = (*checks.get(criterion.number, ()), *also_seen_by_officers(criterion, application.bank))
        failed = [check.text for check in shown if check.passed is not True]
        if criterion.pk in bare and failed:
            words = _(
                "Criterion %(n)s is found met without a reason, but an automatic check does not pass: %(checks)s"
            )
            yield words % {"n": criterion.number, "checks": " ".join(failed)}


def _supports_approval(result: str, *, late: bool) -> bool:
    return result == FindingResult.MET or (late and result == FindingResult.SUPPLEMENT)


def may_send_back(by: User | None, application: Application) -> Verdict:
    """Check that this person neither reviewed nor recommended."""
    if by is not None and has_reviewed(by, application):
        return Verdict.no(
            "four_eyes", _("You reviewed this application; another person must decide."), NotAllowed
        )
    return ALLOWED


def may_decide(by: User | None, application: Application) -> Verdict:
    """Check that this person may sign the present recommendation.

    They neither reviewed nor recommended; the bank may apply; the basis of the recommendation is unchanged; before a
    refusal the bank was heard.
    """
    recommendation = application.recommendations.get(sent_back_at=None)
    verdict = may_send_back(by, application)
    verdict = verdict and may_apply(application.bank, on=clock.today())
    verdict = verdict and check_unchanged(recommendation)
    if verdict and recommendation.outcome == Outcome.REFUSE:
        return Verdict.of(
            Reason(reason.code, reason.text, Incomplete) for reason in was_heard(recommendation).reasons
        )
    return verdict


def check_unchanged(recommendation: Recommendation) -> Verdict:
    """Check that the basis of a recommendation is unchanged; otherwise it is void."""
    changes = changed_since(recommendation)
    if changes:
        return Verdict.no(
            "changed",
            _(
                "The basis of the recommendation has changed, so the application returns to review. "
                "%(changes)s"
            )
            % {"changes": "；".join(map(str, changes))},
            NotYet,
        )
    return ALLOWED


def answer_found_met(application: Application, what: Provides) -> Answer | None:
    """Return the answer to the criterion that provides `what`, if it was found met."""
    criterion = application.edition.criterion_providing(what)
    if (
        criterion is None
        or not application.findings.filter(criterion=criterion, result=FindingResult.MET).exists()
    ):
        return None
    return application.answers.with_evidence().filter(criterion=criterion).first()


def confidentiality_answer(application: Application) -> Answer | None:
    """Return the answer with the confidentiality agreement, if found met with both signatures."""
    answer = answer_found_met(application, Provides.CONFIDENTIALITY_AGREEMENT)
    if answer is None or not answer.counted_evidence:
        return None
    return answer if answer.criterion.particular(FactRole.SIGNED_ON, answer.facts) else None


def review_is_settled(application: Application) -> bool:
    """Return whether the central bank's technical review was found met, or the edition does not require it."""
    criterion = application.edition.criterion_providing(Provides.TECHNICAL_REVIEW)
    if criterion is None:
        return True
    return application.findings.filter(criterion=criterion, result=FindingResult.MET).exists()


def agreements_needed(edition: PolicyEdition) -> tuple[AgreementKind, ...]:
    """Return the agreements an edition requires before an approval takes effect.

    The cooperation agreement is that of exit （二）2; the edition decides whether confidentiality needs one.
    """
    if edition.criterion_providing(Provides.CONFIDENTIALITY_AGREEMENT) is None:
        return (AgreementKind.COOPERATION,)
    return tuple(AgreementKind)


def signed_before(application: Application) -> frozenset[AgreementKind]:
    """Return the agreements signed already at the approval."""
    return frozenset({AgreementKind.CONFIDENTIALITY} if confidentiality_answer(application) else ())


def outstanding_agreements(decision: Decision) -> list[AgreementKind]:
    """Return the agreements still missing before an approval takes effect."""
    if decision.outcome != Outcome.APPROVE or decision.qualification_id is not None:
        return []
    signed = set(decision.agreements.values_list("kind", flat=True))
    return [kind for kind in agreements_needed(decision.application.edition) if kind not in signed]


def may_record_any_agreement(by: User | None, application: Application) -> Verdict:
    """Check that an agreement is still to be signed: approved, and not in effect yet."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None or not outstanding_agreements(decision):
        words = _("All agreements are signed; the qualification is in effect.")
        return Verdict.no("signed", words, WrongState)
    return ALLOWED


def may_record_agreement(application: Application, kind: AgreementKind) -> Verdict:
    """Check that this agreement can be recorded now: approved, not effective yet, not recorded."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None or kind not in outstanding_agreements(decision):
        return Verdict.no("wrong_state", _("No approval is waiting for this agreement."), WrongState)
    return ALLOWED


def has_reviewed(user: User, application: Application) -> bool:
    """Return whether this person recorded a finding or a recommendation in this case."""
    return Application.objects.filter(pk=application.pk).reviewed_by(user).exists()
