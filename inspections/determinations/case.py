"""Declaration of determinations: proposals, work items and words; `rectification` declares making them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from banks.hearings.rules import notice_on
from inspections.determinations.actions.proposals import (
    declare_conflict,
    decline_determination,
    propose_determination,
    withdraw_determination,
)
from inspections.determinations.desk import DeterminationDesk, dropped_draft
from inspections.determinations.forms import DeterminationForm
from inspections.determinations.models import Determination
from inspections.determinations.portal import next_steps, page_of
from inspections.determinations.queries import (
    ever_made,
    is_shown_to_bank,
    shown_to,
    to_be_withdrawn_by,
    took_part,
)
from inspections.determinations.rules import can_still_be_made, was_told
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import (
    DETERMINATION_DROPPED,
    DETERMINATION_LETTER,
    DeterminationKind,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case
from zsbank.base.cases.checks import recorded_once
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.hearing import Hearing
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _propose(by: User, case: None, given: dict[str, Any]) -> Determination:
    """Run the action with the input of the form."""
    document, kind = given["document"], DeterminationKind(given["kind"])
    return propose_determination(**given | {"kind": kind}, by=by, document_name=document.name)


def _made_once() -> Iterator[str]:
    """Integrity check: every determination that is or was made was made, or confirmed, once."""
    keys = ever_made().order_by("pk").values_list("pk", flat=True)
    verbs = (
        Verb.MAKE_DETERMINATION,
        Verb.CONFIRM_DETERMINATION,
        Verb.TAKE_OVER_DETERMINATION,
        Verb.RECORD_DETERMINATION,
    )
    yield from recorded_once("inspections.determination", keys, *verbs)


GROUND = ("kind", "effects", "facts", "paper_date", "paper_signed_by")
MADE = (*GROUND, "determination_date", "decided_by", "confirmed_by", "made_at", "letter")

CASES = (
    Case(
        model=Determination,
        goes_with="qualification",
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.PROPOSE_DETERMINATION: (
                "bank",
                "qualification",
                "document",
                "proposed_at",
                "proposed_by",
                *GROUND,
            ),
            Verb.MAKE_DETERMINATION: MADE,
            Verb.CONFIRM_DETERMINATION: MADE,
            Verb.TAKE_OVER_DETERMINATION: (
                "bank",
                "qualification",
                "document",
                "proposed_by",
                "paper",
                *MADE,
            ),
        },
        states={
            DeterminationState.PROPOSED: Shown(BUREAUS_TURN, next=_("Decide once the bank was heard")),
            DeterminationState.MADE: Shown(DONE),
            DeterminationState.SET_ASIDE: Shown(STOPPED),
            DeterminationState.NOT_MADE: Shown(STOPPED),
            DeterminationState.WITHDRAWN: Shown(STOPPED),
        },
        list_offers=(
            Offer(
                propose_determination,
                _("Propose a determination"),
                (
                    _(
                        "The bank receives a prior notice now and may submit a statement; another person answers it."
                    ),
                    _("After that a decider makes the determination or declines it; nothing follows before."),
                    _("Of a determination already made on paper, no notice is given."),
                    _("You read here what the decider did; nobody makes a determination that they proposed."),
                ),
                form=lambda case: DeterminationForm,
                run=_propose,
            ),
        ),
        offers=(
            Offer(
                decline_determination,
                _("Decline the determination"),
                (
                    _("Nothing is determined; a bank that had a prior notice receives a numbered letter."),
                    _("The person who proposed it reads the reason."),
                ),
                form=lambda case: ReasonForm,
                grave=True,
                drafts=dropped_draft,
                aside=True,
            ),
            Offer(
                withdraw_determination,
                _("Withdraw the proposal"),
                (
                    _("Nothing is determined; the same can be proposed again."),
                    _("A bank that had a prior notice receives a numbered letter."),
                ),
                form=lambda case: ReasonForm,
                drafts=dropped_draft,
                aside=True,
            ),
            Offer(
                declare_conflict,
                _("Declare a conflict of interest"),
                (_("You may not decide on this determination from now on; another decider does."),),
                form=lambda case: ReasonForm,
                aside=True,
            ),
        ),
        api=Api(
            "determinations",
            "bank kind state facts proposed_at determination_date letter",
        ),
        letters=(DETERMINATION_LETTER, DETERMINATION_DROPPED),
        hearing=Hearing(
            Determination,
            case_of=lambda case: case,
            notice_of=notice_on,
            took_part=took_part,
        ),
        desk=DeterminationDesk,
        bank_rows=shown_to,
        bank_page=lambda row: page_of(row) if is_shown_to_bank(row) else "",
        home=next_steps,
        waiting=(
            Waiting(
                withdraw_determination,
                _("Withdraw a determination that can no longer be made"),
                rows=to_be_withdrawn_by,
                name=lambda row: str(row.bank),
                about=lambda row: row.get_kind_display(),
                since=lambda row: clock.local_day(row.proposed_at),
                on_action_page=True,
                when=lambda row: not (was_told(row) and can_still_be_made(row)),
                for_bank=_("close the proposed determination"),
            ),
        ),
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"), codes=("bank__uscc",)
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Determinations"), place=40),
        entries={
            Verb.RECORD_DETERMINATION: _("recorded a determination"),
            Verb.PROPOSE_DETERMINATION: _("proposed a determination"),
            Verb.MAKE_DETERMINATION: _("made the determination"),
            Verb.CONFIRM_DETERMINATION: _("confirmed a determination that another person signed on paper"),
            Verb.TAKE_OVER_DETERMINATION: _("took over the determination from paper"),
            Verb.DECLINE_DETERMINATION: _("declined to make the determination"),
            Verb.WITHDRAW_DETERMINATION: _("withdrew the proposed determination"),
            Verb.VOID_DETERMINATION: _("closed the proposed determination because the qualification ended"),
            Verb.DECLARE_CONFLICT: _("declared a conflict of interest"),
        },
        labels={
            "date": _("date"),
            "decided_by": _("determined by"),
            "paper_signed_by": _("signed on paper by"),
        },
        earlier={Verb.RECORD_DETERMINATION: DeterminationState.MADE},
        checks=(_made_once,),
    ),
)
