"""Actions of the decision: recommend, send back, void, decide; two different persons recommend and decide."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.messages import notify_bank
from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions.agreements import take_effect, take_over_agreements
from admission.decisions.basis import basis_of, changed_since
from admission.decisions.letters import letter_of, prior_notice_letter
from admission.decisions.models import Decision, Recommendation
from admission.decisions.rules import may_decide, may_recommend, may_send_back
from admission.review.actions.kept import record_all_kept
from banks.hearings.actions import give_prior_notice
from banks.hearings.rules import notice_on, notices_on
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.journal.facts import ask_journal, held
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled

DECIDED = {
    Outcome.APPROVE: gettext_lazy(
        "The bureau agrees to the admission. Letter number: {letter}. The qualification takes effect once both "
        "agreements are signed."
    ),
    Outcome.REFUSE: gettext_lazy(
        "The bureau refuses the admission. Letter number: {letter}. The letter states the reasons and the legal "
        "remedies."
    ),
}
"""What the bank is told of a decision."""


@action(Verb.RECOMMEND, on="application", moves=Application.recommend)
def recommend(*, application: Application, by: User, outcome: Outcome, reason: str) -> Recommendation:
    """Recommend a decision the findings support; another person decides.

    The facts behind it are stored with it; the recommendation is void once they change. Before a refusal the bank gets
    a
    prior notice and may state its case within the edition's working days (law.md §2).

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: the application is not under review.
        Incomplete: the findings do not support the outcome, an opinion is pending, or the reason is empty.
    """
    may_recommend(application, outcome).require()
    reason = filled(reason, _("Enter the reasons for the recommendation."))
    application.recommend()
    application.save(update_fields=["state"])
    record_all_kept(application)
    recommendation = Recommendation.objects.create(
        application=application,
        outcome=outcome,
        reason=reason,
        basis=basis_of(application),
        by=by,
        at=clock.now(),
    )
    record(reason=reason, data={"outcome": outcome})
    if outcome is Outcome.REFUSE:
        give_prior_notice(
            bank=application.bank,
            case=recommendation,
            data=prior_notice_letter(application),
            days=application.edition.statement_days,
            by=by,
        )
    return recommendation


@action(Verb.SEND_BACK, on="application", moves=Application.send_back, rule=may_send_back)
def send_back(*, application: Application, by: User, reason: str) -> Application:
    """Send a recommendation back to review; it stays on record.

    Raises:
        NotAllowed: the role, a declared conflict, or the person reviewed or recommended (four eyes).
        WrongState: there is no recommendation.
        Incomplete: the reason is empty.
    """
    _return_to_review(application, filled(reason, _("Explain why the application is sent back to review.")))
    return application


@action(Verb.VOID_RECOMMENDATION, on="application", moves=Application.send_back, by_clock=True)
def void_recommendation(*, application: Application, by: User | None) -> Application:
    """Return a case to review, by the sweep, because the basis of its recommendation has changed.

    Raises:
        WrongState: there is no recommendation, or its basis is unchanged.
    """
    changes = changed_since(application.recommendations.get(sent_back_at=None))
    if not changes:
        raise WrongState.moved_on()
    _return_to_review(application, "；".join(map(str, changes)))
    return application


def _return_to_review(application: Application, reason: str) -> None:
    recommendation = application.recommendations.select_for_update(no_key=True, of=("self",)).get(
        sent_back_at=None
    )
    recommendation.sent_back_at, recommendation.sent_back_reason = clock.now(), reason
    recommendation.save(update_fields=["sent_back_at", "sent_back_reason"])
    application.send_back()
    application.save(update_fields=["state"])
    record(reason=reason)
    if notice_on(recommendation) is not None:
        notify_bank(
            application,
            f"back:{recommendation.pk}",
            gettext_lazy("The intended refusal is not decided for now"),
            gettext_lazy(
                "Your application is under review again. If a refusal is recommended again, your bank gets a new "
                "notice."
            ),
        )


@action(
    Verb.DECIDE,
    on="application",
    states=frozenset({ApplicationState.RECOMMENDED}),
    rule=may_decide,
)
def decide(*, application: Application, by: User) -> Decision:
    """Sign the recommended decision: decision and numbered letter in one transaction.

    An approval takes effect with its last agreement, or at once if none is outstanding. The letter's PDF is rendered
    after the transaction; the decision is in force even if that fails.

    Raises:
        NotAllowed: the role, a declared conflict, or the person reviewed or recommended (four eyes).
        WrongState: the case is no longer recommended, or the basis of the recommendation has changed.
        Incomplete: before a refusal the bank could not state its case yet, or was not answered (law.md §2).
        Refused: the bank has become barred or qualified meanwhile (exit （四）), or the journal contradicts the
            application or the hearing of the bank (code "contradicted").
    """
    recommendation = application.recommendations.get(sent_back_at=None)
    ask_journal(application, application.bank, *notices_on(recommendation))
    outcome = Outcome(recommendation.outcome)
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
    if outcome is Outcome.APPROVE:
        take_over_agreements(decision, by)
    answers, findings = application.answers.all(), application.findings.all()
    facts = held(Verb.DECIDE, decision, recommendation, *answers, *findings, *decision.agreements.all())
    record(reason=recommendation.reason, data={"outcome": outcome, "letter": str(letter)} | facts)
    if outcome is Outcome.APPROVE:
        take_effect(decision, by)
    body = format_lazy(DECIDED[outcome], letter=letter)
    title = gettext_lazy("The application for admission is decided")
    notify_bank(application, "decided", title, body, letter=letter)
    return decision
