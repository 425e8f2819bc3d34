"""Declaration of settings aside: actions, work item, letter and words; and links from what they concern."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from inspections.setting_aside.actions.settings_aside import (
    accept_setting_aside,
    decline_setting_aside,
    propose_setting_aside,
    withdraw_setting_aside,
)
from inspections.setting_aside.checks import accepted_are_recorded, determinations_agree
from inspections.setting_aside.desk import DeterminationWithSettingsAsideDesk, SettingAsideDesk
from inspections.setting_aside.forms import RemarkForm, SettingAsideForm
from inspections.setting_aside.letters import letter_of
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.queries import shown_of, that_set_aside, to_be_decided_by
from inspections.setting_aside.states import SettingAsideState
from inspections.setting_aside.terms import DETERMINATION_SET_ASIDE, Basis
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.now import led_to
from zsbank.base.cases.offers import Draft, Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb


def _propose(by: User, determination: Determination, given: dict[str, Any]) -> SettingAside:
    """Run the action with the input of the form."""
    document, basis = given["document"], Basis(given["basis"])
    return propose_setting_aside(
        determination=determination, by=by, document_name=document.name, **given | {"basis": basis}
    )


def _proposed(made: object) -> Text:
    """Say the number, and who has it."""
    return str(_("%(number)s has been entered. Another person decides.") % {"number": made})


def _draft(setting_aside: SettingAside) -> tuple[Draft, ...]:
    """The letter as it would be signed today."""
    return (Draft(_("The letter"), letter_of(setting_aside)),)


def _notes(setting_aside: SettingAside) -> list[str]:
    """Return what rests on the determination: the order, and the exit cases, with their states."""
    return [f"{label}：{row}（{row.get_state_display()}）" for label, row in _that_followed(setting_aside)]


def _that_followed(setting_aside: SettingAside) -> Iterator[tuple[Text, Any]]:
    determination = setting_aside.determination
    for order in RectificationOrder.objects.filter(determination=determination):
        yield _("Rectification order"), order
    for case in led_to(determination):
        yield _("Exit case"), case


def _determination_of(setting_aside: SettingAside) -> Iterable[tuple[Text, Model | None]]:
    """What is set aside, and the order that rested on it."""
    yield _("Determination"), setting_aside.determination
    for order in RectificationOrder.objects.filter(determination=setting_aside.determination):
        yield _("Rectification order"), order


def _on_determination(determination: Determination) -> Iterable[tuple[Text, Model | None]]:
    """What was proposed and decided about setting a determination aside."""
    for found in shown_of(determination)[:LINKED]:
        yield _("Whether it is set aside"), found


def _on_order(order: RectificationOrder) -> Iterable[tuple[Text, Model | None]]:
    """The same, about the determination behind an order."""
    if order.determination is not None:
        yield from _on_determination(order.determination)


def _behind_letter(letter: Letter) -> Iterable[tuple[Text, Model | None]]:
    """What set aside the determination behind a letter."""
    yield _("Determination set aside"), that_set_aside(letter)


LINKED = 10
"""So many are linked."""


def _letter_of(setting_aside: SettingAside) -> str:
    """Return where the bank reads the letter; nothing before it has a file."""
    letter = setting_aside.letter
    if letter is None or not letter.is_issued:
        return ""
    return f"{reverse('banks:letter', args=[letter.pk])}?look"


PROPOSED = (
    "bank",
    "determination",
    "case_number",
    "basis",
    "document_number",
    "document_date",
    "reason",
    "document",
    "proposed_at",
    "proposed_by",
)
DECIDED = ("decided_at", "decided_by", "decision", "letter")

CASES = (
    Case(
        model=Determination,
        offers=(
            Offer(
                propose_setting_aside,
                _("Propose to set the determination aside"),
                (
                    _("A decider gets it on the work list, and sets the determination aside or declines."),
                    _("Nothing follows before that, and the bank does not learn of it."),
                    _("Meanwhile no exit is signed on the determination."),
                ),
                form=lambda determination: SettingAsideForm,
                run=_propose,
                aside=True,
                done=_proposed,
            ),
        ),
        related=(_on_determination,),
        desk=DeterminationWithSettingsAsideDesk,
    ),
    Case(model=RectificationOrder, related=(_on_order,)),
    Case(model=Letter, related=(_behind_letter,)),
    Case(
        model=SettingAside,
        goes_with="determination__qualification",
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.PROPOSE_SETTING_ASIDE: PROPOSED,
            Verb.ACCEPT_SETTING_ASIDE: (*PROPOSED, *DECIDED),
            Verb.DECLINE_SETTING_ASIDE: DECIDED,
            Verb.WITHDRAW_SETTING_ASIDE: ("decision",),
        },
        letters=(DETERMINATION_SET_ASIDE,),
        states={
            SettingAsideState.PROPOSED: Shown(
                BUREAUS_TURN, next=_("Decide whether the determination is set aside")
            ),
            SettingAsideState.ACCEPTED: Shown(DONE),
            SettingAsideState.DECLINED: Shown(STOPPED),
            SettingAsideState.WITHDRAWN: Shown(STOPPED),
        },
        offers=(
            Offer(
                accept_setting_aside,
                _("Set the determination aside"),
                (
                    _("The bank receives a numbered letter that you sign. Nothing is deleted."),
                    _(
                        "The order that rests on the determination is withdrawn, also if it was accepted or lapsed."
                    ),
                    _("The bank's standing becomes “qualified” again if no other order binds it."),
                    _(
                        "An open exit case loses the grounds that rest on the determination; a person closes it."
                    ),
                ),
                form=lambda setting_aside: RemarkForm,
                drafts=_draft,
                notes=_notes,
                grave=True,
            ),
            Offer(
                decline_setting_aside,
                _("Decline, the determination stands"),
                (
                    _("The determination and what followed from it stay as they are."),
                    _("The person who proposed it reads the reason; the bank does not learn of it."),
                ),
                form=lambda setting_aside: ReasonForm,
                notes=_notes,
            ),
            Offer(
                withdraw_setting_aside,
                _("Withdraw the proposal"),
                (_("The determination stays as it is; the same can be proposed again."),),
                form=lambda setting_aside: ReasonForm,
                aside=True,
            ),
        ),
        related=(_determination_of,),
        desk=SettingAsideDesk,
        waiting=(
            Waiting(
                accept_setting_aside,
                _("Decide whether the determination is set aside"),
                rows=to_be_decided_by,
                about=lambda row: f"{row.bank} · {row.determination.get_kind_display()}",
                since=lambda row: clock.local_day(row.proposed_at),
            ),
        ),
        search=Search(
            case_number="case_number",
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Determinations set aside"), place=45),
        bank_page=_letter_of,
        entries={
            Verb.PROPOSE_SETTING_ASIDE: _("proposed to set the determination aside"),
            Verb.ACCEPT_SETTING_ASIDE: _("decided that the determination is set aside"),
            Verb.DECLINE_SETTING_ASIDE: _("declined to set the determination aside"),
            Verb.WITHDRAW_SETTING_ASIDE: _("withdrew the proposal to set the determination aside"),
            Verb.SET_ASIDE_DETERMINATION: _("set the determination aside"),
        },
        labels={"document_number": _("number of the document")},
        checks=(accepted_are_recorded, determinations_agree),
    ),
)
