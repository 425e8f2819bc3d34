"""Supervision at the desk: determinations, rectification orders, annual assessments."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from inspections import actions
from inspections.models import Assessment, Determination, RectificationOrder
from inspections.states import AssessmentState, OrderState
from zsbank.accounts.permissions import Verb
from zsbank.desk.sheets import Sheet
from zsbank.desk.site import DeskAdmin


class RemarkForm(forms.Form):
    """What the bureau found of a report."""

    remark = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DeadlineForm(forms.Form):
    """The day by which it must be put right."""

    due = forms.DateField(label=_("Due date"), widget=forms.DateInput(attrs={"type": "date"}))


class RevisionForm(forms.Form):
    """A result changed on review."""

    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


@admin.register(Determination)
class DeterminationAdmin(DeskAdmin):
    """The determinations."""

    list_display = ("bank", "kind", "determination_date", "decided_by")
    list_filter = ("kind",)
    list_select_related = ("bank", "decided_by")


@admin.register(RectificationOrder)
class RectificationOrderAdmin(DeskAdmin):
    """The rectification orders and the verbs on them."""

    list_display = ("bank", "ground", "state", "start_date", "due_date", "provisional")
    list_filter = ("state", "ground")
    search_fields = ("bank__name", "bank__uscc")
    list_select_related = ("bank",)
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.SET_RECTIFICATION_DEADLINE,
            _("Set the due date"),
            frozenset({OrderState.AWAITING_DEADLINE}),
            (_("The order takes effect with a numbered letter to the bank."), _("The date is never moved.")),
            lambda by, case, given: actions.set_rectification_deadline(order=case, by=by, due=given["due"]),
            lambda case: DeadlineForm,
            grave=True,
        ),
        Sheet(
            Verb.ACCEPT_RECTIFICATION,
            _("Accept the rectification"),
            frozenset({OrderState.REPORTED}),
            (_("The order is closed with a numbered letter to the bank."),),
            lambda by, case, given: actions.accept_rectification(order=case, by=by, remark=given["remark"]),
            lambda case: RemarkForm,
        ),
        Sheet(
            Verb.REJECT_RECTIFICATION,
            _("Reject the report"),
            frozenset({OrderState.REPORTED}),
            (_("The bank is told why; the due date stays as it is."),),
            lambda by, case, given: actions.reject_rectification(order=case, by=by, remark=given["remark"]),
            lambda case: RemarkForm,
        ),
    )


@admin.register(Assessment)
class AssessmentAdmin(DeskAdmin):
    """The annual assessments and the verbs on them."""

    list_display = ("bank", "year", "score", "grade", "state", "final_on")
    list_filter = ("year", "grade", "state")
    list_select_related = ("bank",)
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.FINALISE_ASSESSMENT,
            _("Make final"),
            frozenset({AssessmentState.DRAFT}),
            (_("The result is final; a second failing year in a row opens an order at the next sweep."),),
            lambda by, case, given: actions.finalise_assessment(assessment=case, by=by),
        ),
        Sheet(
            Verb.REVISE_ASSESSMENT,
            _("Change on review"),
            frozenset({AssessmentState.FINAL}),
            (_("The result is changed and judged again at the next sweep."),),
            lambda by, case, given: actions.revise_assessment(
                assessment=case, score=given["score"], reason=given["reason"], by=by
            ),
            lambda case: RevisionForm,
        ),
    )
