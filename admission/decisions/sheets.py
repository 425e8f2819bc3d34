"""The actions on an application as the desk offers them, in the order of the procedure."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.basis import changed_since, changes_between
from admission.decisions.forms import agreement_form, recommend_form
from admission.decisions.letters import letter_of
from admission.decisions.rules import may_decide, may_recommend, may_sign_decision, outstanding
from admission.decisions.terms import AgreementKind
from admission.review.rules import may_act
from admission.review.sheets import (
    ACCEPT,
    ASK_OPINION,
    ASSIGN,
    DECLARE_CONFLICT,
    EXTEND_TIME_LIMIT,
    RECORD_SITE_VISIT,
    REQUEST_SUPPLEMENT,
    WRITE_NOTE,
)
from zsbank.base.calendar import clock
from zsbank.base.pages.sheets import Draft, ReasonForm, Sheet
from zsbank.base.permissions import Verb


def borne(application: Application) -> list[Outcome]:
    """The outcomes that the findings bear."""
    return [outcome for outcome in Outcome if may_recommend(application, outcome)]


def why_none(application: Application) -> str:
    """Why nothing can be recommended yet; empty when something can."""
    return "" if borne(application) else may_recommend(application, Outcome.APPROVE).why_not


def drafts_of(application: Application, outcomes: list[Outcome]) -> list[Draft]:
    """The letters of the outcomes, as they would be signed now."""
    headings = {
        Outcome.APPROVE: gettext_lazy("The letter of approval"),
        Outcome.REFUSE: gettext_lazy("The letter of refusal"),
    }
    return [Draft(headings[outcome], letter_of(application, outcome)) for outcome in outcomes]


def recommended(application: Application) -> list[Outcome]:
    """The outcome that stands recommended."""
    standing = application.recommendations.filter(sent_back_at=None).first()
    return [Outcome(standing.outcome)] if standing else []


def since_recommended(application: Application) -> list[str]:
    """What the decider has to know: what differs from an earlier recommendation, and what changed since this one."""
    recommendations = list(application.recommendations.all()[:2])
    if not recommendations:
        return []
    standing, earlier = recommendations[0], recommendations[1:]
    said = [str(change) for last in earlier for change in changes_between(last.basis, standing.basis)]
    later = [str(change) for change in changed_since(standing)]
    day = date_format(clock.local_day(standing.at))
    return [
        *(_("Since the earlier recommendation: %(change)s") % {"change": change} for change in said),
        *(_("Since this recommendation: %(change)s") % {"change": change} for change in later),
        *(() if later else [_("Nothing has changed since the recommendation of %(day)s.") % {"day": day}]),
    ]


def none_outstanding(application: Application) -> str:
    """Why no agreement can be recorded; empty when one is still to be signed."""
    return (
        ""
        if outstanding(application.decision)
        else _("All agreements are signed; the qualification is in effect.")
    )


SHEETS: tuple[Sheet, ...] = (
    ACCEPT,
    REQUEST_SUPPLEMENT,
    Sheet(
        Verb.RECOMMEND,
        gettext_lazy("Recommend"),
        (gettext_lazy("Another person decides on your recommendation and signs the letter below."),),
        lambda by, case, given: recommend(
            application=case, by=by, outcome=Outcome(given["outcome"]), reason=given["reason"]
        ),
        frozenset({ApplicationState.UNDER_REVIEW}),
        lambda case: recommend_form(borne(case)),
        drafts=lambda case: drafts_of(case, borne(case)),
        why_not=lambda by, case: may_act(by, Verb.RECOMMEND, case).why_not or why_none(case),
    ),
    Sheet(
        Verb.DECIDE,
        gettext_lazy("Sign the decision"),
        (
            gettext_lazy("The decision takes effect as recommended, with a numbered letter to the bank."),
            gettext_lazy("An approved bank holds the qualification once both agreements are signed."),
        ),
        lambda by, case, given: decide(application=case, by=by),
        frozenset({ApplicationState.RECOMMENDED}),
        grave=True,
        drafts=lambda case: drafts_of(case, recommended(case)),
        notes=since_recommended,
        why_not=lambda by, case: may_sign_decision(by, case).why_not,
    ),
    Sheet(
        Verb.RECORD_AGREEMENT,
        gettext_lazy("Record a signed agreement"),
        (
            gettext_lazy("With the last agreement the qualification takes effect today; the bank is told."),
            gettext_lazy("Issuing begins only once the central bank's technical review is in (criterion 8)."),
        ),
        lambda by, case, given: agreements.record_agreement(
            application=case,
            by=by,
            document_name=given["document"].name,
            **(given | {"kind": AgreementKind(given["kind"])}),
        ),
        frozenset({ApplicationState.APPROVED}),
        lambda case: agreement_form(outstanding(case.decision)),
        why_not=lambda by, case: may_act(by, Verb.RECORD_AGREEMENT, case).why_not or none_outstanding(case),
    ),
    Sheet(
        Verb.SEND_BACK,
        gettext_lazy("Send back"),
        (gettext_lazy("The application goes back to review; the recommendation stays on record."),),
        lambda by, case, given: send_back(application=case, by=by, reason=given["reason"]),
        frozenset({ApplicationState.RECOMMENDED}),
        lambda case: ReasonForm,
        why_not=lambda by, case: may_decide(by, case).why_not,
    ),
    ASSIGN,
    ASK_OPINION,
    RECORD_SITE_VISIT,
    WRITE_NOTE,
    EXTEND_TIME_LIMIT,
    DECLARE_CONFLICT,
)
"""The actions on one application, in the order of the procedure."""
