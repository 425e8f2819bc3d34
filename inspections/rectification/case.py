"""Declaration of determinations and rectification orders: actions, due dates, work items and words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from inspections.determinations.forms import DeterminationForm
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.orders import record_determination, set_rectification_deadline
from inspections.rectification.actions.reports import accept_rectification, reject_rectification
from inspections.rectification.desk import DeterminationDesk, RectificationOrderDesk
from inspections.rectification.forms import DeadlineForm, RemarkForm
from inspections.rectification.letters import RECTIFICATION_ACCEPTED, RECTIFICATION_ORDER, acceptance_letter
from inspections.rectification.models import RectificationOrder
from inspections.rectification.portal import ASKED_REPORT, next_steps, page_of
from inspections.rectification.queries import ground_in_words, in_state
from inspections.rectification.states import NOT_CLOSED, OrderState
from inspections.rectification.sweep import STEPS
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.offers import Draft, Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, FAILED, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _record(by: User, case: None, given: dict[str, Any]) -> Determination:
    """Run the action with the input of the form."""
    document, kind = given["document"], DeterminationKind(given["kind"])
    return record_determination(**given | {"kind": kind}, by=by, document_name=document.name)


def _order_after(determination: Determination) -> Iterable[tuple[Text, Model | None]]:
    """The order that followed."""
    yield _("Rectification order"), RectificationOrder.objects.filter(determination=determination).first()


def _ground_of(order: RectificationOrder) -> Iterable[tuple[Text, Model | None]]:
    """The determination it follows from."""
    yield _("Determination"), order.determination


CASES = (
    Case(
        model=Determination,
        list_offers=(
            Offer(
                record_determination,
                _("Record a determination"),
                (
                    _(
                        "Criteria not met or serious default: a rectification order is opened with "
                        "a due date six months after the determination date, and the bank receives "
                        "a numbered letter."
                    ),
                    _("The bank's standing becomes “under rectification”."),
                    _(
                        "Serious breach: there is no rectification period; an exit case can be opened "
                        "from the determination."
                    ),
                ),
                form=lambda case: DeterminationForm,
                run=_record,
                grave=True,
            ),
        ),
        related=(_order_after,),
        desk=DeterminationDesk,
    ),
    Case(
        model=RectificationOrder,
        letters=(RECTIFICATION_ORDER, RECTIFICATION_ACCEPTED),
        officer=lambda order: order.determination.recorded_by if order.determination else None,
        states={
            OrderState.AWAITING_DEADLINE: Shown(BUREAUS_TURN, next=_("Set the due date")),
            OrderState.OPEN: Shown(BANKS_TURN, next=_("Report by the bank")),
            OrderState.REPORTED: Shown(BUREAUS_TURN, next=_("Check the report")),
            OrderState.ACCEPTED: Shown(DONE),
            OrderState.LAPSED: Shown(FAILED, next=_("Exit case"), then=_("open an exit case")),
            OrderState.WITHDRAWN: Shown(STOPPED),
            OrderState.SET_ASIDE: Shown(STOPPED),
        },
        due=(Due("due_date", "period", NOT_CLOSED, label=_("End of the rectification period")),),
        offers=(
            Offer(
                set_rectification_deadline,
                _("Set the due date"),
                (
                    _("The order takes effect, and the bank receives a numbered letter."),
                    _("The due date cannot be changed afterwards."),
                ),
                form=lambda case: DeadlineForm,
                grave=True,
            ),
            Offer(
                accept_rectification,
                _("Accept the rectification"),
                (
                    _("The order is closed, and the bank receives a numbered letter."),
                    _("When the bank's last open order is closed, its standing becomes “qualified” again."),
                ),
                form=lambda case: RemarkForm,
                drafts=lambda case: (Draft(_("The letter"), acceptance_letter(case)),),
            ),
            Offer(
                reject_rectification,
                _("Reject the report"),
                (_("The bank is notified of the reason; the due date does not change."),),
                form=lambda case: RemarkForm,
            ),
        ),
        related=(_ground_of,),
        desk=RectificationOrderDesk,
        waiting=(
            Waiting(
                set_rectification_deadline,
                _("Set the due date of the rectification"),
                rows=lambda by: in_state(OrderState.AWAITING_DEADLINE),
                name=lambda order: str(order.bank),
                about=lambda order: order.get_ground_display(),
                since=lambda order: order.start_date,
                on_action_page=True,
                for_bank=_("set the due date of the rectification"),
                why=ground_in_words,
            ),
            Waiting(
                accept_rectification,
                _("Check the rectification report"),
                rows=lambda by: in_state(OrderState.REPORTED),
                name=lambda order: str(order.bank),
                about=lambda order: order.get_ground_display(),
                since=lambda order: order.start_date,
                for_bank=_("check the rectification report"),
                why=ground_in_words,
                due=lambda order: order.due_date,
            ),
        ),
        search=Search(
            names=("bank__name",),
            codes=("bank__uscc",),
            numbered=lambda number: Q(letter__year=number.year, letter__number=number.number),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Rectification orders"), place=50),
        menu=(MenuEntry("inspections:orders", _("Rectification"), place=30),),
        asked=(ASKED_REPORT,),
        bank_page=page_of,
        home=next_steps,
        entries={
            Verb.OPEN_ORDER: _("opened the rectification order"),
            Verb.SET_RECTIFICATION_DEADLINE: _("set the due date of the rectification"),
            Verb.REPORT_RECTIFICATION: _("submitted the rectification report"),
            Verb.ACCEPT_RECTIFICATION: _("accepted the rectification"),
            Verb.REJECT_RECTIFICATION: _("rejected the report"),
            Verb.LAPSE: _("recorded that the rectification order lapsed"),
            Verb.WITHDRAW_ORDER: _("withdrew the rectification order"),
            Verb.SET_ASIDE_ORDER: _("set the lapsed order aside"),
        },
        labels={"assessed_year": _("assessed year"), "report": _("report")},
        steps=STEPS,
    ),
)
