"""Admission at the desk: applications with the review desk, recommendation and decision; qualifications; editions."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission import actions, decisions, effect, supplements
from admission.basis import changed_since, changes_between
from admission.forms import IssuingForm, agreement_form, recommend_form
from admission.letters import letter_of
from admission.models import Agreement, Application, Criterion, PolicyEdition
from admission.queries import agreement_files, agreements_of, evidence_files, task_list
from admission.review import review
from admission.rules import (
    may_act,
    may_decide,
    may_declare,
    may_recommend,
    may_request_supplement,
    may_sign_decision,
    outstanding,
    to_supplement,
)
from admission.states import TO_ACCEPT, TO_DECIDE, WITH_BUREAU, ApplicationState, Outcome
from admission.terms import AgreementKind
from banks.models import Qualification
from banks.rules import may_allow_issuing
from zsbank.accounts.permissions import Verb
from zsbank.calendar import clock
from zsbank.desk.columns import due_column, state_column
from zsbank.desk.files import FilesOfCases
from zsbank.desk.sheets import Draft, ReasonForm, Sheet
from zsbank.desk.site import DeskAdmin, Due
from zsbank.files.models import StoredFile


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


@admin.register(Application)
class ApplicationAdmin(FilesOfCases, DeskAdmin):
    """The applications and the verbs on them."""

    list_display = (
        "case_number",
        "bank",
        state_column("state", gettext_lazy("state")),
        "submitted_at",
        due_column("accept_by", gettext_lazy("accept by"), TO_ACCEPT),
        due_column("decide_by", gettext_lazy("decide by"), TO_DECIDE),
    )
    list_filter = ("state",)
    search_fields = ("case_number", "bank__name", "bank__uscc")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "edition",
        "started_at",
        "submitted_at",
        "accepted_on",
        "closed_on",
    )
    due: ClassVar[tuple[Due, ...]] = (
        Due("accept_by", "accept_period", TO_ACCEPT),
        Due("decide_by", "decide_period", TO_DECIDE),
    )
    sections: ClassVar[str] = "admin/admission/application.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ACCEPT_APPLICATION,
            gettext_lazy("Accept"),
            (gettext_lazy("The review begins and its due date is set."), gettext_lazy("The bank is told.")),
            lambda by, case, given: actions.accept_application(application=case, by=by),
            frozenset({ApplicationState.SUBMITTED}),
            why_not=lambda by, case: may_act(by, Verb.ACCEPT_APPLICATION, case).why_not,
        ),
        Sheet(
            Verb.REQUEST_SUPPLEMENT,
            gettext_lazy("Tell what is missing"),
            (
                gettext_lazy(
                    "The bank is told at once all that is noted, with a numbered letter and a due date."
                ),
                gettext_lazy("Only what is asked for is open to the bank again; the clock stands still."),
                gettext_lazy("Before acceptance this can be done once only."),
            ),
            lambda by, case, given: supplements.request_supplement(application=case, by=by),
            frozenset({ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW}),
            why_not=lambda by, case: may_request_supplement(by, case).why_not,
            notes=lambda case: [f"{criterion}：{remark}" for criterion, remark in to_supplement(case)],
        ),
        Sheet(
            Verb.RECOMMEND,
            gettext_lazy("Recommend"),
            (gettext_lazy("Another person decides on your recommendation and signs the letter below."),),
            lambda by, case, given: decisions.recommend(
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
            lambda by, case, given: decisions.decide(application=case, by=by),
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
                gettext_lazy(
                    "With the last agreement the qualification takes effect today; the bank is told."
                ),
                gettext_lazy(
                    "Issuing begins only once the central bank's technical review is in (criterion 8)."
                ),
            ),
            lambda by, case, given: effect.record_agreement(
                application=case,
                by=by,
                document_name=given["document"].name,
                **(given | {"kind": AgreementKind(given["kind"])}),
            ),
            frozenset({ApplicationState.APPROVED}),
            lambda case: agreement_form(outstanding(case.decision)),
            why_not=lambda by, case: (
                may_act(by, Verb.RECORD_AGREEMENT, case).why_not or none_outstanding(case)
            ),
        ),
        Sheet(
            Verb.SEND_BACK,
            gettext_lazy("Send back"),
            (gettext_lazy("The application goes back to review; the recommendation stays on record."),),
            lambda by, case, given: decisions.send_back(application=case, by=by, reason=given["reason"]),
            frozenset({ApplicationState.RECOMMENDED}),
            lambda case: ReasonForm,
            why_not=lambda by, case: may_decide(by, case).why_not,
        ),
        Sheet(
            Verb.DECLARE_CONFLICT,
            gettext_lazy("Declare a conflict of interest"),
            (
                gettext_lazy("You take no further part in this case; it cannot be taken back."),
                gettext_lazy("Others go on with it. What you did before stays on record."),
            ),
            lambda by, case, given: actions.declare_conflict(application=case, by=by, reason=given["reason"]),
            WITH_BUREAU,
            lambda case: ReasonForm,
            grave=True,
            why_not=lambda by, case: may_declare(by, case).why_not,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Application]":
        """A draft is the bank's own until it is handed in."""
        rows: QuerySet[Application] = super().get_queryset(request)
        return rows.exclude(submitted_at=None)

    def get_urls(self) -> list[URLPattern]:
        """The review desk beside the usual addresses."""
        view = self.admin_site.admin_view(self.review_view)
        own = [
            path("<int:pk>/review/", view, name="admission_application_review_first"),
            path("<int:pk>/review/<int:number>/", view, name="admission_application_review"),
        ]
        return [*own, *super().get_urls()]

    def review_view(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """The review desk at one criterion; without a number at the first without a finding."""
        application = self.case_or_404(request, str(pk))
        if number is None:
            tasks = task_list(application).tasks
            open_task = next((task for task in tasks if task.finding is None), tasks[0])
            return redirect("admin:admission_application_review", pk, open_task.criterion.number)
        return review(request, application, number)

    def files_of(self, case: Any) -> list[StoredFile]:
        """The evidence."""
        return [*evidence_files(case), *agreement_files(case)]

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """The review desk; after the decision, its letter."""
        found = []
        if case.state in WITH_BUREAU:
            found.append(
                (_("Review desk"), reverse("admin:admission_application_review_first", args=[case.pk]))
            )
        decision = getattr(case, "decision", None)
        if decision:
            found.append((_("The letter"), reverse("admin:letters_letter_change", args=[decision.letter_id])))
        return found

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """The criteria with what was found, and the recommendations."""
        return {
            "tasks": task_list(case),
            "recommendations": case.recommendations.select_related("by"),
            "agreements": self._agreements(case),
        }

    def _agreements(self, case: Application) -> list[tuple[str, Agreement | None, str]]:
        """Each agreement of an approval: its name, the signed one if it is there, and its file's address."""
        return [
            (str(kind.label), signed, self.listed(case, signed.file)[1] if signed else "")
            for kind, signed in agreements_of(case)
        ]


@admin.register(Qualification)
class QualificationAdmin(DeskAdmin):
    """The issuing qualifications."""

    list_display = ("bank", "effective_from", "issuing_from", "cancelled_on")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "effective_from",
        "issuing_from",
        "review_approval_number",
        "review_approval_date",
        "cancelled_on",
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ALLOW_ISSUING,
            gettext_lazy("Allow issuing"),
            (
                gettext_lazy("The central bank's technical review is in (criterion 8)."),
                gettext_lazy("The bank may issue cards from today."),
            ),
            lambda by, case, given: effect.allow_issuing(
                qualification=case, by=by, document_name=given["document"].name, **given
            ),
            form=lambda case: IssuingForm,
            why_not=lambda by, case: may_allow_issuing(case).why_not,
        ),
    )


@admin.register(PolicyEdition)
class PolicyEditionAdmin(DeskAdmin):
    """The policy editions."""

    list_display = ("name", "valid_from", "rectification_months", "bar_years")
    facts: ClassVar[tuple[str, ...]] = (
        "valid_from",
        "acceptance_days",
        "decision_days",
        "supplement_days",
        "statement_days",
        "rectification_months",
        "bar_years",
        "roll_due_dates",
        "roll_bar",
    )
    sections: ClassVar[str] = "admin/admission/edition.html"

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Its criteria."""
        return {"criteria": case.criteria.all()}


@admin.register(Criterion)
class CriterionAdmin(DeskAdmin):
    """The criteria."""

    list_display = ("number", "title_zh", "group", "edition")
    list_filter = ("group",)
    list_select_related = ("edition",)
    facts: ClassVar[tuple[str, ...]] = ("group", "official_text", "guidance_zh", "required_before")
