"""Declaration of annual assessments: actions, work items and words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from banks.papers.queries import rests_on
from banks.register.models import Qualification
from inspections.assessments.actions.orders import open_orders_after_failing_years, set_rectification_deadline
from inspections.assessments.actions.results import (
    finalise_assessment,
    record_assessment,
    record_assessments,
    revise_assessment,
)
from inspections.assessments.desk import AssessmentDesk
from inspections.assessments.forms import AssessmentForm, revision_form
from inspections.assessments.models import Assessment
from inspections.assessments.queries import (
    drafts_to_finalise,
    final_of,
    orders_after,
    results_behind,
    to_be_given_due_date,
    to_be_opened_by_a_person,
    years_to_assess,
)
from inspections.assessments.rules import left_to_a_person
from inspections.assessments.states import AssessmentState
from inspections.assessments.sweep import STEPS
from inspections.rectification.forms import DeadlineForm
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import ground_in_words
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb

YearToAssess = tuple[int, int]
"""A year, and the number of banks without a result."""


def _to_assess(by: User) -> Iterable[YearToAssess]:
    return years_to_assess()


def _banks_missing(row: YearToAssess) -> str:
    return ngettext("%(n)s bank has no result", "%(n)s banks have no result", row[1]) % {"n": row[1]}


def _result(row: Any) -> str:
    """Return year, grade and score of a draft."""
    return _("%(year)s: %(grade)s, %(score)s") % {"year": row.year, "grade": row.grade, "score": row.score}


def _results_behind(order: RectificationOrder) -> Iterable[tuple[Text, Model | None]]:
    """Return the failing results on which an order is based."""
    for assessment in results_behind(order):
        yield _("Annual assessment"), assessment


def _orders_after(assessment: Assessment) -> Iterable[tuple[Text, Model | None]]:
    """Return the orders based on a result."""
    for order in orders_after(assessment):
        yield _("Rectification order"), order


def _failing_years(held: Qualification) -> str:
    """Return the runs of failing years that have no order."""
    return "、".join(f"{years[0]}—{years[-1]}" for years in left_to_a_person(held))


FINALISE = Offer(
    finalise_assessment,
    _("Make final"),
    (
        _(
            "The result becomes final. After a second failing year in a row, the next sweep opens an order; a year "
            "that joins a run of failing years belongs to the order of that run."
        ),
    ),
)
LINKED = 20
"""So many results of a qualification or a scheme are linked."""


def _qualification_of(result: Assessment) -> Iterable[tuple[Text, Model | None]]:
    """The qualification that it concerns."""
    yield _("Issuing qualification"), result.qualification


def _scheme_of(result: Assessment) -> Iterable[tuple[Text, Model | None]]:
    """The scheme of its year; of a result from paper only if the register had one."""
    yield _("Assessment scheme"), result.scheme


def _results_by(scheme: AssessmentScheme) -> Iterable[tuple[Text, Model | None]]:
    """The latest results under a scheme."""
    for result in scheme.assessments.select_related("bank").order_by("-pk")[:LINKED]:
        yield _("Assessment"), result


def _results_under(qualification: Qualification) -> Iterable[tuple[Text, Model | None]]:
    """The latest results of a qualification."""
    for result in qualification.assessments.order_by("-year", "-pk")[:LINKED]:
        yield _("Assessment"), result


RESULT = ("score", "grade")

CASES = (
    Case(
        model=Qualification,
        related=(_results_under,),
        offers=(
            Offer(
                open_orders_after_failing_years,
                _("Open the order after failing years"),
                (
                    _("The results were taken over from paper, so the register opened no order by itself."),
                    _("The bank is placed under rectification; after that, set the due date of the order."),
                ),
                when=lambda held: bool(left_to_a_person(held)),
                grave=True,
            ),
        ),
        waiting=(
            Waiting(
                open_orders_after_failing_years,
                _("Open the order after failing years that were taken over"),
                rows=lambda by: to_be_opened_by_a_person(),
                name=lambda held: str(held.bank),
                about=_failing_years,
                when=lambda held: bool(left_to_a_person(held)),
                on_action_page=True,
            ),
        ),
    ),
    Case(model=AssessmentScheme, related=(_results_by,)),
    Case(
        model=RectificationOrder,
        related=(_results_behind,),
        facts_in_journal={Verb.RENAME_ORDER: ("first_year", "assessed_year")},
        offers=(
            Offer(
                set_rectification_deadline,
                _("Set the due date"),
                (
                    _("The order takes effect, and the bank receives a numbered letter."),
                    _(
                        "The due date cannot be changed afterwards; only the confirmed holidays of its year move it."
                    ),
                ),
                form=lambda case: DeadlineForm,
                grave=True,
            ),
        ),
        waiting=(
            Waiting(
                set_rectification_deadline,
                _("Set the due date of the rectification"),
                rows=lambda by: to_be_given_due_date(),
                name=lambda order: str(order.bank),
                about=lambda order: order.get_ground_display(),
                since=lambda order: order.start_date,
                on_action_page=True,
                for_bank=_("set the due date of the rectification"),
                why=ground_in_words,
            ),
        ),
        entries={Verb.RENAME_ORDER: _("wrote the failing years into the order")},
    ),
    Case(
        model=Assessment,
        goes_with="qualification",
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.RECORD_ASSESSMENT: (
                "bank",
                "qualification",
                "scheme",
                "year",
                "reason",
                "recorded_by",
                *RESULT,
            ),
            Verb.TAKE_OVER_RESULT: (
                "bank",
                "qualification",
                "scheme",
                "year",
                "reason",
                "recorded_by",
                "finalised_by",
                "final_on",
                "paper",
                *RESULT,
            ),
            Verb.FINALISE_ASSESSMENT: (*RESULT, "finalised_by", "final_on"),
            Verb.REVISE_ASSESSMENT: RESULT,
        },
        states={
            AssessmentState.DRAFT: Shown(BUREAUS_TURN, next=_("Make final")),
            AssessmentState.FINAL: Shown(DONE),
        },
        offers=(
            FINALISE,
            Offer(
                revise_assessment,
                _("Change after review"),
                (
                    _("The result changes; the next sweep opens, adjusts or withdraws the resulting order."),
                    _("An exit case that rests on the result cannot be signed on it any more."),
                ),
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
                aside=True,
            ),
        ),
        related=(_orders_after, _qualification_of, _scheme_of, rests_on),
        bank_rows=final_of,
        api=Api(
            "assessments",
            "bank year score grade reason state final_on",
        ),
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
                record_assessments,
                _("Record the results of the year"),
                rows=_to_assess,
                name=lambda row: str(row[0]),
                about=_banks_missing,
                address=lambda row: reverse("admin:inspections_assessment_results_of_year", args=[row[0]]),
            ),
        ),
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"), codes=("bank__uscc",)
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Assessments"), place=60),
        menu=(MenuEntry("inspections:assessments", _("Assessment"), place=40),),
        entries={
            Verb.RECORD_ASSESSMENT: _("recorded the assessment"),
            Verb.TAKE_OVER_RESULT: _("took over the result from paper"),
            Verb.FINALISE_ASSESSMENT: _("made the assessment final"),
            Verb.REVISE_ASSESSMENT: _("changed the assessment after review"),
        },
        steps=STEPS,
    ),
)
