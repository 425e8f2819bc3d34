"""Annual assessments at the desk."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from inspections.assessments.actions import finalise_assessment, record_assessment, revise_assessment
from inspections.assessments.forms import AssessmentForm, revision_form
from inspections.assessments.models import Assessment
from inspections.assessments.rules import may_finalise, may_revise
from inspections.assessments.states import AssessmentState
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(Assessment)
class AssessmentAdmin(DeskAdmin):
    """The annual assessments and the verbs on them."""

    list_display = (
        "bank",
        "year",
        "score",
        "grade",
        state_column("state", gettext_lazy("state")),
        "final_on",
    )
    list_filter = ("year", "grade", "state")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "year",
        "score",
        "grade",
        "reason",
        "recorded_by",
        "finalised_by",
        "final_on",
    )
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.RECORD_ASSESSMENT,
            gettext_lazy("Record an assessment"),
            (
                gettext_lazy("The score is a draft until another person makes it final."),
                gettext_lazy("The year's scheme gives the grade."),
            ),
            lambda by, case, given: record_assessment(**given, by=by),
            form=lambda case: AssessmentForm,
        ),
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.FINALISE_ASSESSMENT,
            gettext_lazy("Make final"),
            (
                gettext_lazy(
                    "The result is final; a second failing year in a row opens an order at the next sweep."
                ),
            ),
            lambda by, case, given: finalise_assessment(assessment=case, by=by),
            frozenset({AssessmentState.DRAFT}),
            why_not=lambda by, case: may_finalise(by, case).why_not,
        ),
        Sheet(
            Verb.REVISE_ASSESSMENT,
            gettext_lazy("Change on review"),
            (gettext_lazy("The result is changed and judged again at the next sweep."),),
            lambda by, case, given: revise_assessment(assessment=case, by=by, **given),
            frozenset({AssessmentState.FINAL}),
            revision_form,
            why_not=lambda by, case: may_revise(by, case).why_not,
        ),
    )
