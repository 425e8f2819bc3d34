"""Admission at the desk: applications with findings, recommendation and decision; the policy editions."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from admission import actions
from admission.models import Application, Criterion, PolicyEdition
from admission.states import ApplicationState, FindingResult, Outcome
from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.desk.sheets import Sheet
from zsbank.desk.site import DeskAdmin


class ReasonForm(forms.Form):
    """The reason of a verb."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RecommendForm(ReasonForm):
    """What is recommended, and why."""

    outcome = forms.ChoiceField(label=_("Recommendation"), choices=Outcome.choices)


def findings_form(application: Application) -> type[forms.Form]:
    """A form with a finding and a reason for each criterion, filled with what was found so far."""
    found = {finding.criterion_id: finding for finding in application.findings.all()}
    fields: dict[str, forms.Field] = {}
    for criterion in application.edition.criteria.all():
        finding = found.get(criterion.pk)
        fields[f"result_{criterion.number}"] = forms.ChoiceField(
            label=str(criterion),
            choices=[("", "—"), *FindingResult.choices],
            required=False,
            initial=finding.result if finding else "",
            help_text=criterion.official_text,
        )
        fields[f"reason_{criterion.number}"] = forms.CharField(
            label=_("Reasons"), max_length=2000, required=False, initial=finding.reason if finding else ""
        )
    return type("FindingsForm", (forms.Form,), fields)


def record_findings(by: User, application: Application, given: dict[str, Any]) -> None:
    """Record the findings that are new or different."""
    found = {finding.criterion_id: (finding.result, finding.reason) for finding in application.findings.all()}
    for criterion in application.edition.criteria.all():
        result, reason = given[f"result_{criterion.number}"], given[f"reason_{criterion.number}"]
        if result and found.get(criterion.pk) != (result, reason):
            actions.record_finding(
                application=application,
                criterion=criterion,
                by=by,
                result=FindingResult(result),
                reason=reason,
            )


@admin.register(Application)
class ApplicationAdmin(DeskAdmin):
    """The applications and the verbs on them."""

    list_display = ("case_number", "bank", "state", "submitted_at", "accept_by", "decide_by")
    list_filter = ("state",)
    search_fields = ("case_number", "bank__name", "bank__uscc")
    list_select_related = ("bank",)
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ACCEPT_APPLICATION,
            _("Accept"),
            frozenset({ApplicationState.SUBMITTED}),
            (_("The review begins and its due date is set."), _("The bank is told.")),
            lambda by, case, given: actions.accept_application(application=case, by=by),
        ),
        Sheet(
            Verb.RECORD_FINDING,
            _("Record findings"),
            frozenset({ApplicationState.UNDER_REVIEW}),
            (_("Each finding that is new or different is recorded under your name."),),
            record_findings,
            findings_form,
        ),
        Sheet(
            Verb.RECOMMEND,
            _("Recommend"),
            frozenset({ApplicationState.UNDER_REVIEW}),
            (_("Another person decides on your recommendation."),),
            lambda by, case, given: actions.recommend(
                application=case, by=by, outcome=Outcome(given["outcome"]), reason=given["reason"]
            ),
            lambda case: RecommendForm,
        ),
        Sheet(
            Verb.SEND_BACK,
            _("Send back"),
            frozenset({ApplicationState.RECOMMENDED}),
            (_("The application goes back to review; the recommendation stays on record."),),
            lambda by, case, given: actions.send_back(application=case, by=by, reason=given["reason"]),
            lambda case: ReasonForm,
        ),
        Sheet(
            Verb.DECIDE,
            _("Sign the decision"),
            frozenset({ApplicationState.RECOMMENDED}),
            (
                _("The decision takes effect as recommended, with a numbered letter to the bank."),
                _("An approval gives the bank the qualification from today."),
            ),
            lambda by, case, given: actions.decide(application=case, by=by),
            grave=True,
        ),
    )


@admin.register(PolicyEdition)
class PolicyEditionAdmin(DeskAdmin):
    """The policy editions."""

    list_display = ("name", "valid_from", "rectification_months", "bar_years")


@admin.register(Criterion)
class CriterionAdmin(DeskAdmin):
    """The criteria."""

    list_display = ("number", "title_zh", "group", "edition")
    list_filter = ("group",)
    list_select_related = ("edition",)
