"""Declaration of determinations and rectification orders: actions, due dates, work items and words."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from banks.papers.queries import rests_on
from banks.register.models import Qualification
from inspections.determinations.models import Determination
from inspections.determinations.queries import to_be_confirmed_by, to_be_made_by
from inspections.rectification.actions.dates import recalculate_order, recalculate_verification
from inspections.rectification.actions.determinations import confirm_determination, make_determination
from inspections.rectification.actions.orders import lapse
from inspections.rectification.desk import RectificationOrderDesk
from inspections.rectification.letters import RECTIFICATION_ORDER
from inspections.rectification.models import RectificationOrder
from inspections.rectification.offers import CAUSES, drafts_to_confirm, drafts_to_make, on_paper
from inspections.rectification.portal import (
    ASKED_REPORT,
    BANK_OFFERS,
    OF_PROGRESS,
    OF_REPORT,
    next_steps,
    page_of,
)
from inspections.rectification.queries import (
    ground_in_words,
    numbered,
    to_be_confirmed_as_lapsed,
)
from inspections.rectification.rules import may_confirm_lapse
from inspections.rectification.states import NOT_CLOSED, OrderState
from inspections.rectification.sweep import STEPS
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, FAILED, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _to_decide(
    action: Action[..., Any],
    step: Text,
    rows: Callable[[Any], list[Determination]],
    when: Callable[[Determination], bool],
) -> Waiting:
    """The work item of a decider, who makes or declines it on its page.

    It is due on the last day on which a determination on paper can be entered.
    """
    return Waiting(
        action,
        step,
        rows,
        name=lambda row: str(row.bank),
        about=lambda row: row.get_kind_display(),
        since=lambda row: clock.local_day(row.proposed_at),
        due=lambda row: row.possible_until,
        when=when,
        for_bank=_("decide on the determination"),
        why=lambda row: str(_("Nothing changes for your bank before; a letter tells it of the result.")),
    )


def _order_after(determination: Determination) -> Iterable[tuple[Text, Model | None]]:
    """The order that followed."""
    yield _("Rectification order"), RectificationOrder.objects.filter(determination=determination).first()


def _officer_of(order: RectificationOrder) -> User | None:
    """The officer who proposed its determination; nobody for one that was taken over."""
    determination = order.determination
    return determination.proposed_by if determination and determination.paper_id is None else None


def _ground_of(order: RectificationOrder) -> Iterable[tuple[Text, Model | None]]:
    """The determination it follows from."""
    yield _("Determination"), order.determination


def _qualification_of(row: Any) -> Iterable[tuple[Text, Model | None]]:
    """The qualification that it concerns."""
    yield _("Issuing qualification"), row.qualification


def _under(qualification: Qualification) -> Iterable[tuple[Text, Model | None]]:
    """The latest determinations and orders that concern a qualification."""
    for found in qualification.determinations.order_by("-pk")[:LINKED]:
        yield _("Determination"), found
    for order in qualification.rectification_orders.order_by("-pk")[:LINKED]:
        yield _("Rectification order"), order


LINKED = 20
"""So many determinations and orders of a qualification are linked."""
GROUND = ("bank", "qualification", "ground", "determination", "first_year", "assessed_year", "start_date")
DUE_DATE = ("raw_due_date", "due_date", "limit_day", "period", "provisional", "letter")
CLOSED = ("closed_on",)
VERIFY_BY = ("verify_by", "verify_period")

CASES = (
    Case(model=Qualification, related=(_under,)),
    Case(
        model=Determination,
        offers=(
            Offer(
                make_determination,
                _("Make the determination"),
                (_("It is your determination, with today's date, or that of the paper you signed."), *CAUSES),
                grave=True,
                drafts=drafts_to_make,
                notes=on_paper,
            ),
            Offer(
                confirm_determination,
                _("Confirm the determination made on paper"),
                (
                    _("It is the determination of the person who signed it, with the date of the paper."),
                    *CAUSES,
                ),
                grave=True,
                drafts=drafts_to_confirm,
                notes=on_paper,
            ),
        ),
        waiting=(
            _to_decide(
                make_determination,
                _("Decide on the determination"),
                to_be_made_by,
                lambda row: row.paper_signed_by_id is None,
            ),
            _to_decide(
                confirm_determination,
                _("Confirm the determination made on paper, or decline it"),
                to_be_confirmed_by,
                lambda row: row.paper_signed_by_id is not None,
            ),
        ),
        related=(_order_after, _qualification_of, rests_on),
    ),
    Case(
        model=RectificationOrder,
        goes_with="qualification",
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.OPEN_ORDER: (*GROUND, *DUE_DATE),
            Verb.SET_RECTIFICATION_DEADLINE: (*GROUND, *DUE_DATE),
            Verb.RECALCULATE_DUE: (*DUE_DATE, *VERIFY_BY),
            Verb.REPORT_RECTIFICATION: VERIFY_BY,
            Verb.TAKE_OVER_ORDER: (*GROUND, *DUE_DATE, *VERIFY_BY, *CLOSED, "paper"),
            Verb.LAPSE: CLOSED,
            Verb.WITHDRAW_ORDER: CLOSED,
        },
        letters=(RECTIFICATION_ORDER,),
        officer=_officer_of,
        states={
            OrderState.AWAITING_DEADLINE: Shown(BUREAUS_TURN, next=_("Set the due date")),
            OrderState.OPEN: Shown(BANKS_TURN, next=_("Report by the bank")),
            OrderState.REPORTED: Shown(BUREAUS_TURN, next=_("Verify the report, and decide on it")),
            OrderState.ACCEPTED: Shown(DONE),
            OrderState.LAPSED: Shown(FAILED, next=_("Exit case"), then=_("open an exit case")),
            OrderState.WITHDRAWN: Shown(STOPPED),
            OrderState.SET_ASIDE: Shown(STOPPED),
            OrderState.ENDED: Shown(STOPPED),
        },
        due=(
            Due(
                "verify_by",
                "verify_period",
                frozenset({OrderState.REPORTED}),
                label=_("Verification of the rectification report"),
                recalculate=recalculate_verification,
            ),
            Due(
                "due_date",
                "period",
                NOT_CLOSED,
                label=_("End of the rectification period"),
                recalculate=recalculate_order,
            ),
        ),
        offers=(
            Offer(
                lapse,
                _("Confirm that the due date has passed"),
                (
                    _(
                        "The due date is provisional, because the holidays of its year have not been confirmed, or it "
                        "had passed when the order was taken over."
                    ),
                    _("The order lapses with the day after the due date, and an exit case is opened."),
                ),
                grave=True,
            ),
        ),
        related=(_ground_of, _qualification_of, rests_on),
        bank_offers=BANK_OFFERS,
        api=Api(
            "rectification-orders",
            "bank ground determination first_year assessed_year state start_date due_date "
            "provisional letter closed_on",
        ),
        desk=RectificationOrderDesk,
        waiting=(
            Waiting(
                lapse,
                _("Confirm that the due date has passed"),
                rows=lambda by: to_be_confirmed_as_lapsed(),
                name=lambda order: str(order.bank),
                about=lambda order: order.get_ground_display(),
                since=lambda order: order.due_date,
                due=lambda order: order.due_date,
                when=may_confirm_lapse,
                on_action_page=True,
                for_bank=_("judge whether the rectification period is over"),
                why=ground_in_words,
            ),
        ),
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
            numbered=numbered,
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Rectification orders"), place=50),
        menu=(MenuEntry("inspections:orders", _("Rectification"), place=30),),
        asked=(ASKED_REPORT,),
        bank_page=page_of,
        home=next_steps,
        entries={
            Verb.OPEN_ORDER: _("opened the rectification order"),
            Verb.TAKE_OVER_ORDER: _("took over the rectification order from paper"),
            Verb.SET_RECTIFICATION_DEADLINE: _("set the due date of the rectification"),
            Verb.REPORT_RECTIFICATION: _("submitted the rectification report"),
            Verb.REPORT_PROGRESS: _("submitted a plan or an interim report of the rectification"),
            Verb.LAPSE: _("recorded that the rectification order lapsed"),
            Verb.WITHDRAW_ORDER: _("withdrew the rectification order"),
            Verb.SET_ASIDE_ORDER: _("set the lapsed order aside"),
            Verb.END_ORDER: _("ended the lapsed order with the exit"),
        },
        labels={
            "first_year": _("first failing year"),
            "assessed_year": _("last failing year"),
            "report": _("report"),
            "kind": _("kind"),
        },
        steps=STEPS,
        receipts=(OF_REPORT, OF_PROGRESS),
    ),
)
