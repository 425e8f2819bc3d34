"""Declaration of annual assessments: actions, work items and words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from inspections.assessments.actions import finalise_assessment, record_assessment, revise_assessment
from inspections.assessments.desk import AssessmentDesk
from inspections.assessments.forms import AssessmentForm, revision_form
from inspections.assessments.models import Assessment
from inspections.assessments.queries import drafts_to_finalise, orders_after, results_behind, years_to_assess
from inspections.assessments.states import AssessmentState
from inspections.assessments.sweep import STEPS
from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, Shown, Text
from zsbank.base.cases.urls import list_action_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb

YearToAssess = tuple[Bank, int]


def _to_assess(by: User) -> Iterable[YearToAssess]:
    return years_to_assess()


def _entry_page(row: YearToAssess) -> str:
    """Return the address of the action page with bank and year filled in."""
    bank, year = row
    return f"{list_action_page(Assessment, record_assessment)}?{urlencode({'bank': bank.pk, 'year': year})}"


def _result(row: Any) -> str:
    """Return year, grade and score of a draft."""
    return _("%(year)s: %(grade)s, %(score)s") % {"year": row.year, "grade": row.grade, "score": row.score}


def _results_behind(order: RectificationOrder) -> Iterable[tuple[Text, Model | None]]:
    """The two failing results that an order rests on."""
    for assessment in results_behind(order):
        yield _("Annual assessment"), assessment


def _orders_after(assessment: Assessment) -> Iterable[tuple[Text, Model | None]]:
    """The orders that rest on a result."""
    for order in orders_after(assessment):
        yield _("Rectification order"), order


FINALISE = Offer(
    finalise_assessment,
    _("Make final"),
    (_("The result becomes final. After a second failing year in a row, the next sweep opens an order."),),
)
CASES = (
    Case(model=RectificationOrder, related=(_results_behind,)),
    Case(
        model=Assessment,
        states={
            AssessmentState.DRAFT: Shown(BUREAUS_TURN, next=_("Make final")),
            AssessmentState.FINAL: Shown(DONE),
        },
        offers=(
            FINALISE,
            Offer(
                revise_assessment,
                _("Change after review"),
                (_("The result changes; the next sweep opens or withdraws the resulting order."),),
                form=revision_form,
            ),
        ),
        bulk_offers=(FINALISE,),
        list_offers=(
            Offer(
                record_assessment,
                _("Record an assessment"),
                (
                    _("The score is a draft until another person makes it final."),
                    _("The grade follows from the assessment scheme of the year."),
                ),
                form=lambda case: AssessmentForm,
            ),
        ),
        related=(_orders_after,),
        desk=AssessmentDesk,
        waiting=(
            Waiting(
                finalise_assessment,
                _("Make the result final"),
                rows=drafts_to_finalise,
                name=lambda row: str(row.bank),
                about=_result,
                on_action_page=True,
            ),
            Waiting(
                record_assessment,
                _("Record the assessment"),
                rows=_to_assess,
                name=lambda row: str(row[0]),
                about=lambda row: _("No result for %(year)s") % {"year": row[1]},
                address=_entry_page,
            ),
        ),
        search=Search(names=("bank__name",), codes=("bank__uscc",)),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Assessments"), place=60),
        menu=(MenuEntry("inspections:assessments", _("Assessment"), place=40),),
        entries={
            Verb.RECORD_ASSESSMENT: _("recorded the assessment"),
            Verb.FINALISE_ASSESSMENT: _("made the assessment final"),
            Verb.REVISE_ASSESSMENT: _("changed the assessment after review"),
        },
        steps=STEPS,
    ),
)
