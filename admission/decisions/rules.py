"""What may be recommended, decided and signed, and why not."""

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application
from admission.applications.states import Outcome
from admission.decisions.basis import changed_since
from admission.decisions.models import Decision, Recommendation
from admission.decisions.terms import AgreementKind
from admission.editions.models import PolicyEdition
from admission.editions.terms import FactRole, Provides
from admission.review.states import FindingResult
from banks.hearings.rules import was_heard
from banks.register.rules import may_apply
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, NotYet, Reason, Verdict, WrongState


def may_recommend(application: Application, outcome: Outcome) -> Verdict:
    """Whether the findings support the recommendation: all found; approval only with every criterion met in time.

    What the medical insurance side was asked has to be answered or withdrawn first.

    A criterion needed only for a later step may still be open at approval; it may not be found *not met*.
    """
    findings = {finding.criterion_id: finding.result for finding in application.findings.all()}
    reasons = []
    criteria = list(application.edition.criteria.all())
    open_ones = [str(criterion.number) for criterion in criteria if criterion.pk not in findings]
    if open_ones:
        words = _("No finding yet of criterion %(n)s.") % {"n": "、".join(open_ones)}
        reasons.append(Reason("not_found", words, Incomplete))
    for criterion in criteria:
        result = findings.get(criterion.pk)
        late = criterion.may_follow_approval
        if result and outcome == Outcome.APPROVE and not _supports_approval(result, late=late):
            words = _("Criterion %(n)s is not met.") % {"n": criterion.number}
            reasons.append(Reason("not_met", words, Incomplete))
    waited_for = application.opinions.filter(given_at=None, withdrawn_at=None)
    reasons += [
        Reason(
            "opinion",
            _("The medical insurance side has not answered on criterion %(n)s.") % {"n": number},
            Incomplete,
        )
        for number in waited_for.order_by("criterion__number").values_list("criterion__number", flat=True)
    ]
    if not reasons and outcome == Outcome.REFUSE and FindingResult.NOT_MET not in findings.values():
        words = _("No criterion is found not met; there is no ground to refuse.")
        reasons.append(Reason("all_met", words, Incomplete))
    return Verdict.of(reasons)


def _supports_approval(result: str, *, late: bool) -> bool:
    return result == FindingResult.MET or (late and result == FindingResult.SUPPLEMENT)


def may_send_back(by: User | None, application: Application) -> Verdict:
    """Whether this person may send a recommendation back: another one than those who reviewed and recommended."""
    if by is not None and has_reviewed(by, application):
        return Verdict.no(
            "four_eyes", _("You reviewed this application; another person decides."), NotAllowed
        )
    return ALLOWED


def may_decide(by: User | None, application: Application) -> Verdict:
    """Whether this person may sign what is recommended now, on what the case is now.

    Another person than those who reviewed and recommended; on a bank that may apply; as long as what the recommendation
    rests on is unchanged; a refusal only once the bank was heard.
    """
    recommendation = application.recommendations.get(sent_back_at=None)
    verdict = may_send_back(by, application)
    verdict = verdict and may_apply(application.bank, on=clock.today())
    verdict = verdict and unchanged(recommendation)
    if verdict and recommendation.outcome == Outcome.REFUSE:
        return Verdict.of(
            Reason(reason.code, reason.text, Incomplete) for reason in was_heard(recommendation).reasons
        )
    return verdict


def unchanged(recommendation: Recommendation) -> Verdict:
    """Whether what a recommendation rests on is still as it was; otherwise it is void."""
    changes = changed_since(recommendation)
    if changes:
        return Verdict.no(
            "changed",
            _("What the recommendation rests on has changed since, so it goes back to review. %(changes)s")
            % {"changes": "；".join(map(str, changes))},
            NotYet,
        )
    return ALLOWED


def answer_met(application: Application, what: Provides) -> Answer | None:
    """The answer that provides it, if its criterion was found met."""
    criterion = application.edition.criterion_providing(what)
    if (
        criterion is None
        or not application.findings.filter(criterion=criterion, result=FindingResult.MET).exists()
    ):
        return None
    return application.answers.with_evidence().filter(criterion=criterion).first()


def confidentiality_answer(application: Application) -> Answer | None:
    """The answer that shows the confidentiality agreement signed by both, if it was found so."""
    answer = answer_met(application, Provides.CONFIDENTIALITY_AGREEMENT)
    if answer is None or not answer.counted_evidence:
        return None
    return answer if answer.criterion.particular(FactRole.SIGNED_ON, answer.facts) else None


def review_is_in(application: Application) -> bool:
    """Whether nothing of the central bank's technical review is open: found met, or not asked for by the edition."""
    criterion = application.edition.criterion_providing(Provides.TECHNICAL_REVIEW)
    if criterion is None:
        return True
    return application.findings.filter(criterion=criterion, result=FindingResult.MET).exists()


def agreements_needed(edition: PolicyEdition) -> tuple[AgreementKind, ...]:
    """The agreements without which an approval under an edition does not take effect.

    The cooperation agreement is that of exit （二）2; the edition says whether one of confidentiality is needed.
    """
    if edition.criterion_providing(Provides.CONFIDENTIALITY_AGREEMENT) is None:
        return (AgreementKind.COOPERATION,)
    return tuple(AgreementKind)


def signed_before(application: Application) -> frozenset[AgreementKind]:
    """The agreements that an approval would find signed already."""
    return frozenset({AgreementKind.CONFIDENTIALITY} if confidentiality_answer(application) else ())


def outstanding(decision: Decision) -> list[AgreementKind]:
    """The agreements that an approval still needs to take effect."""
    if decision.outcome != Outcome.APPROVE or decision.qualification_id is not None:
        return []
    signed = set(decision.agreements.values_list("kind", flat=True))
    return [kind for kind in agreements_needed(decision.application.edition) if kind not in signed]


def may_record_any_agreement(by: User | None, application: Application) -> Verdict:
    """Whether an agreement is still to be signed: approved, and not in effect yet."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None or not outstanding(decision):
        words = _("All agreements are signed; the qualification is in effect.")
        return Verdict.no("signed", words, WrongState)
    return ALLOWED


def may_record_agreement(application: Application, kind: AgreementKind) -> Verdict:
    """Whether this agreement can be recorded now: approved, not in effect yet, and not on record."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None or kind not in outstanding(decision):
        return Verdict.no("wrong_state", _("No approval waits for this agreement."), WrongState)
    return ALLOWED


def has_reviewed(user: User, application: Application) -> bool:
    """Whether this person recorded a finding or a recommendation in this case."""
    return Application.objects.filter(pk=application.pk).reviewed_by(user).exists()
