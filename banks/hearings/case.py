"""Declaration of prior notices: due date, actions, work items and words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from banks.hearings.actions import answer_statement, recalculate_notice, state_case
from banks.hearings.desk import PriorNoticeDesk
from banks.hearings.forms import AnswerForm
from banks.hearings.models import PriorNotice
from banks.hearings.portal import BANK_OFFERS, OF_STATEMENT, page_of
from banks.hearings.queries import in_hand, to_be_answered_by
from banks.hearings.rules import may_answer, may_state, too_late
from banks.hearings.sweep import STEPS
from banks.hearings.terms import PRIOR_NOTICE
from banks.papers.queries import rests_on
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.now import step_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import NextStep, SidebarEntry, SidebarGroup
from zsbank.base.cases.registry import hearings
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import Text
from zsbank.base.cases.work import Asked, Waiting
from zsbank.base.permissions import Verb


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each notice on which the bank may still state its case."""
    for notice in in_hand(bank):
        yield step_of(notice, notice.title, _("Read the notice"))


ASKED = (
    Asked(
        state_case,
        step=lambda notice: str(_("submit a statement on what the bureau intends")),
        why=lambda notice: str(
            _("A statement never leads to a harsher outcome. Without one, the bureau decides after that day.")
        ),
        address=page_of,
        button=_("Read the notice and submit a statement"),
        due=lambda notice: notice.due_date,
        period=lambda notice: notice.due_period,
        when=lambda notice: may_state(None, notice).allowed,
        late=too_late,
        may=True,
    ),
)


def _cases_of(notice: PriorNotice) -> Iterable[Model]:
    """The case in which the bank is heard."""
    hearing = hearings().get(notice.case_type)
    rows: Iterable[Any] = QuerySet(hearing.proposed).filter(pk=notice.case_id) if hearing else ()
    return [hearing.case_of(proposed) for proposed in rows] if hearing else []


def _related(notice: PriorNotice) -> Iterator[tuple[Text, Model | None]]:
    for case in _cases_of(notice):
        yield _("Case"), case


CASES = (
    Case(
        model=PriorNotice,
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.GIVE_PRIOR_NOTICE: (
                "bank",
                "case_type",
                "case_id",
                "told_on",
                "due_date",
                "due_period",
                "letter",
            ),
            Verb.TAKE_OVER_PRIOR_NOTICE: (
                "bank",
                "case_type",
                "case_id",
                "told_on",
                "due_date",
                "due_period",
                "paper",
                "statement",
                "stated_at",
                "answer",
                "answered_at",
            ),
            Verb.RECALCULATE_DUE: ("due_date", "due_period"),
            Verb.COUNT_FROM_SERVICE: ("due_date", "due_period"),
            Verb.STATE_CASE: ("statement", "stated_at", "stated_by"),
            Verb.ANSWER_STATEMENT: ("answer", "answered_at", "answered_by"),
        },
        letters=(PRIOR_NOTICE,),
        due=(
            Due(
                "due_date",
                "due_period",
                frozenset(),
                only={"stated_at": None},
                expires=True,
                label=_("Statement of the bank"),
                recalculate=recalculate_notice,
            ),
        ),
        offers=(
            Offer(
                answer_statement,
                _("Answer the statement"),
                (
                    _("The bank can read the answer; a decision can be made after it."),
                    _(
                        "If the bank is right, nothing is signed: an application goes back to review, a determination "
                        "is declined, an exit case is closed."
                    ),
                ),
                form=lambda notice: AnswerForm,
            ),
        ),
        bank_offers=BANK_OFFERS,
        api=Api(
            "prior-notices",
            "bank told_on due_date letter statement stated_at answer answered_at",
        ),
        related=(_related, rests_on),
        leads=(_cases_of,),
        desk=PriorNoticeDesk,
        waiting=(
            Waiting(
                answer_statement,
                _("Check and answer the bank's statement"),
                to_be_answered_by,
                about=lambda notice: notice.number,
                name=lambda notice: str(notice.bank),
                since=lambda notice: clock.local_day(notice.stated_at),
                on_action_page=True,
                when=lambda notice: may_answer(None, notice).allowed,
                for_bank=_("check the bank's statement and answer it"),
                why=lambda notice: str(_("The bureau makes no decision before it has answered.")),
            ),
        ),
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"), codes=("bank__uscc",)
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Statements"), place=30),
        asked=ASKED,
        bank_page=page_of,
        home=next_steps,
        entries={
            Verb.GIVE_PRIOR_NOTICE: _("gave the bank prior notice"),
            Verb.TAKE_OVER_PRIOR_NOTICE: _("took over the prior notice from paper"),
            Verb.COUNT_FROM_SERVICE: _("counted the days for the statement from the service of the notice"),
            Verb.STATE_CASE: _("submitted the bank's statement"),
            Verb.ANSWER_STATEMENT: _("answered the bank's statement"),
        },
        receipts=(OF_STATEMENT,),
        steps=STEPS,
    ),
)
