"""What may be recommended, decided and signed, and why not."""

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.basis import changed_since
from admission.decisions.models import Decision, Recommendation
from admission.decisions.terms import AgreementKind
from admission.editions.terms import RequiredBefore
from admission.review.rules import may_act
from admission.review.states import FindingResult
from banks.hearings.rules import was_heard
from zsbank.base.accounts.models import User
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Reason, Verdict


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
