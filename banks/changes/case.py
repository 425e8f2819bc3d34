"""Declaration of changes of a bank's data: states, actions, work item, checks and words."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from banks.changes.actions.changes import accept_change, decline_change
from banks.changes.actions.messages import page_of
from banks.changes.checks import (
    accepted_are_recorded,
    data_match_journal,
    divisions_match_changes,
    former_values_are_kept,
)
from banks.changes.desk import BankChangeDesk, BankWithChangesDesk
from banks.changes.forms import RemarkForm
from banks.changes.models import BankChange
from banks.changes.offers import OFFERS
from banks.changes.portal import OF_REQUEST, next_steps
from banks.changes.queries import is_shown_to_bank, lines_of, to_be_decided_by, warnings_of
from banks.changes.states import ChangeState
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _notes(change: BankChange) -> list[str]:
    """Return what is decided, on what it rests, and what has to be weighed."""
    names = "、".join(change.files.values_list("name", flat=True))
    rests_on = (
        (_("Changed on"), change.changed_on.isoformat()),
        (_("Reason"), change.reason),
        (_("Documents"), names),
    )
    warnings = (f"▲ {words}" for words in warnings_of(change))
    return [*map(str, lines_of(change)), *(f"{label}：{value}" for label, value in rests_on), *warnings]


def _bank_page(change: BankChange) -> str:
    """Return the page in the portal; none for what the bureau has entered and not accepted."""
    return page_of(change) if is_shown_to_bank(change) else ""


def _successor_of(change: BankChange) -> Iterable[tuple[Text, Model | None]]:
    """The bank that absorbed the other, or those that came out of it."""
    yield _("Successor"), change.successor
    if change.pk:
        for bank in change.successors.all():
            yield _("Came out of it"), bank


CASES = (
    Case(model=Bank, offers=OFFERS, desk=BankWithChangesDesk),
    Case(
        model=BankChange,
        states={
            ChangeState.REQUESTED: Shown(BUREAUS_TURN, next=_("Decide the change")),
            ChangeState.ACCEPTED: Shown(DONE),
            ChangeState.DECLINED: Shown(STOPPED),
            ChangeState.WITHDRAWN: Shown(STOPPED),
        },
        offers=(
            Offer(
                accept_change,
                _("Accept the change"),
                (
                    _("The register changes now; the former values are kept with the day of the change."),
                    _(
                        "Standing, orders and duties stay as they are, unless a division names a bank to which they "
                        "go; letters keep their text."
                    ),
                    _("The bank is told."),
                ),
                form=lambda change: RemarkForm,
                notes=_notes,
                grave=True,
            ),
            Offer(
                decline_change,
                _("Decline the change"),
                (
                    _("The register stays as it is."),
                    _("If the bank asked for it, it reads the reason and may ask again."),
                ),
                form=lambda change: ReasonForm,
                notes=_notes,
            ),
        ),
        desk=BankChangeDesk,
        waiting=(
            Waiting(
                accept_change,
                _("Decide the change of the bank's data"),
                to_be_decided_by,
                about=lambda change: f"{change.bank} · {change.get_kind_display()}",
                since=lambda change: clock.local_day(change.entered_at),
                for_bank=_("decide on the change of the bank's data"),
                why=lambda change: str(
                    _("Until then the register stays as it is, and you may withdraw the request.")
                ),
            ),
        ),
        search=Search(
            case_number="case_number",
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Changes of banks' data"), place=80),
        menu=(MenuEntry("banks:information", _("Bank information"), place=65),),
        bank_page=_bank_page,
        related=(_successor_of,),
        receipts=(OF_REQUEST,),
        home=next_steps,
        entries={
            Verb.REQUEST_BANK_CHANGE: _("requested a change of the bank's data"),
            Verb.WITHDRAW_BANK_CHANGE: _("withdrew the request to change the bank's data"),
            Verb.ENTER_BANK_CHANGE: _("entered a change of the bank's data"),
            Verb.ENTER_NEW_USCC: _("entered a new unified social credit code of the bank"),
            Verb.ENTER_SUCCESSION: _("entered that the bank was absorbed by another bank"),
            Verb.ENTER_DIVISION: _("entered the division of the bank"),
            Verb.ACCEPT_BANK_CHANGE: _("accepted the change of the bank's data"),
            Verb.DECLINE_BANK_CHANGE: _("declined the change of the bank's data"),
        },
        fields=dict.fromkeys(
            (
                Verb.REQUEST_BANK_CHANGE,
                Verb.WITHDRAW_BANK_CHANGE,
                Verb.ENTER_BANK_CHANGE,
                Verb.ENTER_NEW_USCC,
                Verb.ACCEPT_BANK_CHANGE,
                Verb.DECLINE_BANK_CHANGE,
            ),
            Bank,
        ),
        labels={
            "successor": _("successor"),
            "successors": _("successors"),
            "carrier": _("carries the qualification on"),
        },
        checks=(accepted_are_recorded, data_match_journal, former_values_are_kept, divisions_match_changes),
    ),
)
