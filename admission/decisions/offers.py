"""Actions of the decision that the desk offers, in the order of the procedure."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.agreements import allow_issuing, record_agreement
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.basis import changed_since, changes_between
from admission.decisions.forms import IssuingForm, agreement_form, recommend_form
from admission.decisions.letters import letter_of
from admission.decisions.rules import may_recommend, outstanding_agreements
from admission.decisions.terms import AgreementKind
from zsbank.base.calendar import clock
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Draft, Offer


def supported_outcomes(application: Application) -> list[Outcome]:
    """Return the outcomes the findings support."""
    return [outcome for outcome in Outcome if may_recommend(application, outcome)]


def why_no_outcome(application: Application) -> str:
    """Say why nothing can be recommended yet; empty if something can."""
    return "" if supported_outcomes(application) else may_recommend(application, Outcome.APPROVE).why_not


def drafts_of(application: Application, outcomes: list[Outcome]) -> list[Draft]:
    """Return the letters of the outcomes as they would be signed now."""
    headings = {
        Outcome.APPROVE: gettext_lazy("Draft letter of approval"),
        Outcome.REFUSE: gettext_lazy("Draft letter of refusal"),
    }
    return [Draft(headings[outcome], letter_of(application, outcome)) for outcome in outcomes]


def recommended(application: Application) -> list[Outcome]:
    """Return the outcome recommended now."""
    current = application.recommendations.filter(sent_back_at=None).first()
    return [Outcome(current.outcome)] if current else []


def since_recommended(application: Application) -> list[str]:
    """Return notes for the decider: differences from an earlier recommendation, changes since this one."""
    recommendations = list(application.recommendations.all()[:2])
    if not recommendations:
        return []
    current, earlier = recommendations[0], recommendations[1:]
    said = [
        str(change)
        for last in earlier
        for change in changes_between(last.basis, current.basis, application.edition)
    ]
    later = [str(change) for change in changed_since(current)]
    day = date_format(clock.local_day(current.at))
    return [
        *(_("Since the earlier recommendation: %(change)s") % {"change": change} for change in said),
        *(_("Since this recommendation: %(change)s") % {"change": change} for change in later),
        *(
            ()
            if later
            else [_("What the recommendation of %(day)s rests on has not changed.") % {"day": day}]
        ),
    ]


OFFERS: tuple[Offer, ...] = (
    Offer(
        recommend,
        gettext_lazy("Recommend"),
        (gettext_lazy("Another person decides on your recommendation and signs the letter below."),),
        form=lambda case: recommend_form(supported_outcomes(case)),
        run=lambda by, case, given: recommend(
            application=case, by=by, outcome=Outcome(given["outcome"]), reason=given["reason"]
        ),
        drafts=lambda case: drafts_of(case, supported_outcomes(case)),
        why_not=lambda by, case: why_no_outcome(case),
    ),
    Offer(
        decide,
        gettext_lazy("Sign the decision"),
        (
            gettext_lazy(
                "The decision takes effect as recommended, and the bank receives a numbered letter."
            ),
            gettext_lazy("An approved bank receives the qualification once both agreements are signed."),
        ),
        grave=True,
        drafts=lambda case: drafts_of(case, recommended(case)),
        notes=since_recommended,
    ),
    Offer(
        record_agreement,
        gettext_lazy("Record a signed agreement"),
        (
            gettext_lazy(
                "With the last agreement, the qualification takes effect today and the bank is notified."
            ),
            gettext_lazy("Issuing begins only after the central bank's technical review has been received."),
        ),
        form=lambda case: agreement_form(outstanding_agreements(case.decision)),
        run=lambda by, case, given: record_agreement(
            application=case,
            by=by,
            document_name=given["document"].name,
            **(given | {"kind": AgreementKind(given["kind"])}),
        ),
    ),
    Offer(
        send_back,
        gettext_lazy("Send back to review"),
        (gettext_lazy("The application returns to review; the recommendation is kept."),),
        form=lambda case: ReasonForm,
    ),
)
"""The actions on one application, in the order of the procedure."""

QUALIFICATION_OFFERS: tuple[Offer, ...] = (
    Offer(
        allow_issuing,
        gettext_lazy("Allow issuing"),
        (
            gettext_lazy("The central bank's technical review has been received."),
            gettext_lazy("The bank may issue cards from today."),
        ),
        form=lambda case: IssuingForm,
        run=lambda by, case, given: allow_issuing(
            qualification=case, by=by, document_name=given["document"].name, **given
        ),
    ),
)
"""The actions on a qualification."""
