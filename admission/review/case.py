"""Declaration of the review: actions, work items and words of applications and opinions."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.applications.actions.dates import recalculate_supplement
from admission.applications.actions.supplements import end_supplement
from admission.applications.models import Application, SupplementRequest
from admission.applications.models.applications import ApplicationQuerySet
from admission.applications.queries import in_state, supplements_to_be_ended
from admission.applications.states import ApplicationState
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.actions.opinions import give_opinion
from admission.review.desk import OpinionDesk
from admission.review.letters import SUPPLEMENT_NOTICE
from admission.review.models import Finding, Opinion, SiteVisit
from admission.review.offers import LIST_OFFERS, OFFERS, OPINION_OFFERS
from admission.review.queries import opinions_waiting
from admission.review.sweep import STEPS
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.dates import is_passed
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import action_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _submitted_on(row: Application) -> dt.date | None:
    return clock.local_day(row.submitted_at) if row.submitted_at else None


def _told(row: Application) -> str:
    """Say that the supplement asked for last was submitted; empty if none was asked for."""
    request = next(iter(row.supplement_requests.all()), None)
    if request is None or request.submitted_at is None:
        return ""
    return gettext("Supplement submitted on %(day)s") % {
        "day": clock.local_day(request.submitted_at).isoformat()
    }


def _waiting(state: ApplicationState, action: Action[..., Any], **more: Any) -> Waiting:
    """Return a work item about the applications in a state."""
    return Waiting(
        action,
        rows=lambda by: _listed(state).waiting_for(by, action.verb),
        taken=lambda by: _listed(state).taken_by_colleagues(by, action.verb),
        assigned=lambda person: in_state(state).filter(case_officer=person),
        taker=lambda row: str(row.case_officer or ""),
        told=_told,
        about=lambda row: str(row.bank),
        since=_submitted_on,
        **more,
    )


def _listed(state: ApplicationState) -> ApplicationQuerySet:
    """Return the applications in a state with what a work item shows, in a constant number of queries."""
    return in_state(state).select_related("bank", "case_officer").prefetch_related("supplement_requests")


def _of_application(application: Application) -> Iterator[tuple[Text, Model | None]]:
    """The letters of its supplement requests."""
    for request in application.supplement_requests.select_related("letter"):
        yield _("Letter"), request.letter


def _application_of(row: Any) -> Iterator[tuple[Text, Model | None]]:
    """The application that a question or a supplement request belongs to."""
    yield _("Application"), row.application


DECIDE_BY = ("decide_by", "decide_period")

CASES = (
    Case(
        model=SupplementRequest,
        related=(_application_of,),
        facts_in_journal={
            Verb.REQUEST_SUPPLEMENT: (
                "application",
                "stage",
                "asked_at",
                "asked_by",
                "due_date",
                "due_period",
                "letter",
            ),
            Verb.RECALCULATE_DUE: ("due_date", "due_period"),
        },
        due=(
            Due(
                "due_date",
                "due_period",
                frozenset(),
                only={"closed_on": None},
                listed=False,
                recalculate=recalculate_supplement,
            ),
        ),
        waiting=(
            Waiting(
                end_supplement,
                _("Confirm that the provisional due date has passed"),
                rows=lambda by: supplements_to_be_ended(),
                name=lambda row: row.application.case_number,
                about=lambda row: str(row.application.bank),
                due=lambda row: row.due_date,
                since=lambda row: row.due_date,
                address=lambda row: action_page(row.application, end_supplement),
                when=lambda row: row.closed_on is None and is_passed(row.due_date, row.due_period),
            ),
        ),
    ),
    Case(
        model=Application,
        facts_in_journal={
            Verb.ACCEPT_APPLICATION: ("accepted_on", *DECIDE_BY),
            Verb.EXTEND_TIME_LIMIT: DECIDE_BY,
        },
        letters=(SUPPLEMENT_NOTICE,),
        offers=OFFERS,
        related=(_of_application,),
        list_offers=LIST_OFFERS,
        waiting=(
            _waiting(
                ApplicationState.SUBMITTED,
                accept_application,
                step=_("Accept it, or ask for a supplement"),
                for_bank=_("accept the application, or ask for a supplement"),
                due=lambda row: row.accept_by,
                address=lambda row: reverse("admin:admission_application_review", args=[row.pk, 1]),
            ),
            _waiting(
                ApplicationState.UNDER_REVIEW,
                record_finding,
                step=_("Review the criteria and recommend"),
                for_bank=_("review the application and decide"),
                due=lambda row: row.decide_by,
                address=lambda row: reverse("admin:admission_application_review_first", args=[row.pk]),
            ),
        ),
        entries={
            Verb.ACCEPT_APPLICATION: _("accepted the application for review"),
            Verb.DECLARE_CONFLICT: _("declared a conflict of interest"),
            Verb.RECORD_REMARK: _("recorded missing information"),
            Verb.REQUEST_SUPPLEMENT: _("asked for a supplement"),
            Verb.ASSIGN_CASES: _("assigned the case"),
            Verb.WRITE_NOTE: _("wrote an internal note"),
            Verb.RECORD_SITE_VISIT: _("recorded a site visit"),
            Verb.ASK_OPINION: _("asked the medical insurance department"),
            Verb.WITHDRAW_QUESTION: _("withdrew the question to the medical insurance department"),
            Verb.EXTEND_TIME_LIMIT: _("extended the time limit for the decision"),
            Verb.RECORD_FINDING: _("recorded a finding"),
        },
        fields={Verb.RECORD_FINDING: Finding, Verb.RECORD_SITE_VISIT: SiteVisit},
        labels={"case_officer": _("case officer's sign-in name"), "officers": _("officers")},
        steps=STEPS,
    ),
    Case(
        model=Opinion,
        offers=OPINION_OFFERS,
        desk=OpinionDesk,
        seen_with=Verb.SEE_OPINIONS,
        waiting=(
            Waiting(
                action=give_opinion,
                step=_("Give the opinion"),
                rows=lambda by: opinions_waiting(),
                name=lambda row: str(row.bank),
                about=lambda row: row.criterion.named,
                since=lambda row: clock.local_day(row.asked_at),
                on_action_page=True,
            ),
        ),
        search=Search(
            case_number="application__case_number",
            names=("application__bank__name", "application__bank__former_names"),
            codes=("application__bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Medical insurance"), place=20),
        entries={
            Verb.GIVE_OPINION: _("gave the opinion of the medical insurance department"),
            Verb.SEE_OPINIONS: _("viewed the questions to the medical insurance department"),
        },
        fields={Verb.GIVE_OPINION: Opinion},
    ),
)
