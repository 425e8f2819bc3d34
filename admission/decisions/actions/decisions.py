"""Verbs of the decision: recommended by one person, signed or sent back by another."""

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, require_state, tell_bank
from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions.agreements import take_effect, take_over_agreements
from admission.decisions.basis import basis_of, changed_since
from admission.decisions.letters import letter_of, prior_notice_letter
from admission.decisions.models import Decision, Recommendation
from admission.decisions.rules import may_decide, may_recommend, unchanged
from admission.review.rules import may_act
from banks.hearings.actions import give_prior_notice
from banks.hearings.rules import was_heard
from banks.register.rules import may_apply
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def recommend(*, application: Application, by: User, outcome: Outcome, reason: str) -> Recommendation:
    """Recommend a decision that the findings bear; another person decides. Before a refusal the bank is told.

    What it rests on is kept with it: once that has changed, the recommendation is void.
    """
    may_act(by, Verb.RECOMMEND, application).require(NotAllowed)
    application = lock(application)
    require_state(application, ApplicationState.UNDER_REVIEW)
    may_recommend(application, outcome).require(Incomplete)
    if not reason.strip():
        raise Incomplete(_("Give the reasons of the recommendation."))
    before = application.state
    application.recommend()
    application.save(update_fields=["state"])
    recommendation = Recommendation.objects.create(
        application=application,
        outcome=outcome,
        reason=reason.strip(),
        basis=basis_of(application),
        by=by,
        at=clock.now(),
    )
    note(application, Verb.RECOMMEND, by, before, reason.strip(), outcome=outcome)
    if outcome is Outcome.REFUSE:
        give_prior_notice(
            bank=application.bank,
            case=recommendation,
            data=prior_notice_letter(application),
            days=application.edition.statement_days,
            by=by,
        )
    return recommendation


@transaction.atomic(durable=True)
def send_back(*, application: Application, by: User, reason: str) -> Application:
    """Send a recommendation back to review, with the reason; it stays on record."""
    may_act(by, Verb.SEND_BACK, application).require(NotAllowed)
    application = lock(application)
    may_decide(by, application).require(
        NotAllowed if application.state == ApplicationState.RECOMMENDED else WrongState
    )
    if not reason.strip():
        raise Incomplete(_("Say why it goes back to review."))
    return _back_to_review(application, Verb.SEND_BACK, by, reason.strip())


def void_recommendation(application_id: int) -> bool:
    """The sweep: what a recommendation rests on has changed, so it is void and the case is under review again."""
    with transaction.atomic(durable=True):
        application = lock(Application.objects.get(pk=application_id))
        standing = application.recommendations.filter(sent_back_at=None).first()
        if application.state != ApplicationState.RECOMMENDED or standing is None:
            return False
        changes = changed_since(standing)
        if not changes:
            return False
        _back_to_review(application, Verb.VOID_RECOMMENDATION, None, "；".join(map(str, changes)))
    return True


def _back_to_review(application: Application, verb: Verb, by: User | None, reason: str) -> Application:
    recommendation = application.recommendations.select_for_update(no_key=True, of=("self",)).get(
        sent_back_at=None
    )
    recommendation.sent_back_at, recommendation.sent_back_reason = clock.now(), reason
    recommendation.save(update_fields=["sent_back_at", "sent_back_reason"])
    before = application.state
    application.send_back()
    application.save(update_fields=["state"])
    note(application, verb, by, before, reason)
    return application


@transaction.atomic(durable=True)
def decide(*, application: Application, by: User) -> Decision:
    """Sign the recommended decision: record and numbered letter in one transaction.

    An approval takes effect with the last agreement that it needs, at once when none is left to sign. The
    letter's file is made right after it from what is frozen here; if that fails the decision stands.

    Raises:
        NotAllowed: the person reviewed or recommended (four eyes).
        WrongState: another decider was first, it went back to review, or what it rests on has changed.
        Incomplete: a refusal, and the bank could not state its case yet, or was not answered.
        Refused: the bank is barred or qualified by now.
    """
    may_act(by, Verb.DECIDE, application).require(NotAllowed)
    application = lock(application)
    require_state(application, ApplicationState.RECOMMENDED)
    may_decide(by, application).require(NotAllowed)
    may_apply(application.bank, on=clock.today()).require()
    recommendation = application.recommendations.get(sent_back_at=None)
    unchanged(recommendation).require(WrongState)
    outcome = Outcome(recommendation.outcome)
    if outcome is Outcome.REFUSE:
        was_heard(recommendation).require(Incomplete)
    before = application.state
    if outcome is Outcome.APPROVE:
        application.approve()
    else:
        application.refuse()
    application.closed_on = clock.today()
    application.save(update_fields=["state", "closed_on"])
    letter = letters.sign(data=letter_of(application, outcome), case=application, by=by)
    decision = Decision.objects.create(
        application=application,
        recommendation=recommendation,
        outcome=outcome,
        reason=recommendation.reason,
        recommended_by=recommendation.by,
        by=by,
        at=clock.now(),
        letter=letter,
    )
    note(application, Verb.DECIDE, by, before, recommendation.reason, outcome=outcome, letter=str(letter))
    if outcome is Outcome.APPROVE:
        take_over_agreements(decision, by)
        take_effect(decision, by)
    tell_bank(
        application, "decided", f"{application.case_number} 已作出决定", f"决定已作出，文号：{letter}。"
    )
    return decision
