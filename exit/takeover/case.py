"""Declaration of takeovers: states, actions, work item, checks and words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from exit.takeover.actions.takeovers import (
    attach_scans,
    confirm_takeover,
    enter_takeover,
    enter_takeover_of_bank,
    withdraw_takeover,
)
from exit.takeover.checks.plan import plan_of
from exit.takeover.desk import TakeoverDesk
from exit.takeover.forms.bank import bank_form
from exit.takeover.forms.takeovers import WorkbookForm, confirm_form, scans_form
from exit.takeover.models import Takeover
from exit.takeover.queries import confirmed, to_be_confirmed_by
from exit.takeover.states import TakeoverState
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.checks import recorded_once
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.set_up import Proof, SetUp
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.urls import list_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _so_far() -> Proof:
    """Look for what was taken over, and what waits to be confirmed."""
    if waits := Takeover.objects.filter(state=TakeoverState.ENTERED).count():
        return Proof.look(said("%(n)s wait for a decider to confirm them") % {"n": waits})
    if done := confirmed().count():
        return Proof.done(said("%(n)s confirmed") % {"n": done})
    return Proof.look(said("Nothing yet; nothing is needed if no bank was admitted before."))


NOTED = 50
"""So many lines are repeated on the page of the confirmation; all of them stand on the case page."""


def _enter(by: Any, _case: Any, given: dict[str, Any]) -> object:
    names = ("rows", "source", "sha256")
    return enter_takeover(by=by, **{name: given[name] for name in names})


def _enter_one(by: Any, _case: Any, given: dict[str, Any]) -> object:
    return enter_takeover_of_bank(by=by, rows=given["rows"], scans=given["scans"])


def _attach(by: Any, case: Takeover, given: dict[str, Any]) -> object:
    files = [(file, str(file.name)) for file in given["files"]]
    return attach_scans(takeover=case, by=by, files=files, letter=given["letter"])


def _what_came_of_it(made: object) -> Text:
    return _("Nothing has changed yet: attach the scans; then another person confirms the takeover.")


def _notes(takeover: Takeover) -> list[str]:
    """Return what is wrong now, or what is due already: each line a word of the person who confirms."""
    plan = plan_of(takeover.typed)
    if plan.faults:
        return [str(fault) for fault in plan.faults[:NOTED]]
    due = [f"{bank.name}：{one}" for bank, one in plan.due]
    more = [said("%(n)s more on the case page") % {"n": len(due) - NOTED}] if len(due) > NOTED else []
    against = [f"{bank.name}：{one}" for bank, one in plan.findings]
    return [*against, *due[:NOTED], *more] or [said("Nothing is due already.")]


def _confirmed_are_recorded() -> Iterator[str]:
    """Integrity check: every confirmed takeover has one journal entry."""
    keys = confirmed().values_list("pk", flat=True)
    yield from recorded_once("exit.takeover", keys, Verb.CONFIRM_TAKEOVER)


ENTERED = ("case_number", "source", "sha256", "rows", "entered_at", "entered_by")

CASES = (
    Case(
        model=Takeover,
        states={
            TakeoverState.ENTERED: Shown(BUREAUS_TURN, next=_("Confirm")),
            TakeoverState.CONFIRMED: Shown(DONE),
            TakeoverState.WITHDRAWN: Shown(STOPPED),
        },
        list_offers=(
            Offer(
                enter_takeover,
                _("Take over from a workbook"),
                (
                    _("The workbook is read and judged; all of it is entered, or nothing."),
                    _("Nothing changes in the register until another person confirms it."),
                    _("What is due already is listed, with the person who acts; nothing lapses in silence."),
                ),
                form=lambda case: WorkbookForm,
                run=_enter,
                done=_what_came_of_it,
            ),
            Offer(
                enter_takeover_of_bank,
                _("Take over one bank"),
                (
                    _(
                        "Leave out what the bank does not have; a row with any field filled in is checked as a whole."
                    ),
                    _("A bank with more rows than the form has is entered from a workbook."),
                    _("Nothing changes in the register until another person confirms it."),
                ),
                form=lambda case: bank_form(),
                run=_enter_one,
                done=_what_came_of_it,
            ),
        ),
        offers=(
            Offer(
                confirm_takeover,
                _("Confirm the takeover"),
                (
                    _("All rows come into the register, marked as taken over, with their real dates."),
                    _("What is due already stays as it is until the person named beside it acts."),
                    _("The people of the banks receive their invitations."),
                ),
                form=confirm_form,
                notes=_notes,
                grave=True,
            ),
            Offer(
                attach_scans,
                _("Attach scans"),
                (_("Letters of admission, orders and exits need a scan before the takeover is confirmed."),),
                form=scans_form,
                run=_attach,
            ),
            Offer(
                withdraw_takeover,
                _("Withdraw the takeover"),
                (_("Nothing of it comes into the register; the right rows can be entered."),),
                form=lambda case: ReasonForm,
                aside=True,
            ),
        ),
        desk=TakeoverDesk,
        waiting=(
            Waiting(
                confirm_takeover,
                _("Compare the takeover with the papers and confirm it"),
                to_be_confirmed_by,
                about=lambda takeover: takeover.source,
                since=lambda takeover: clock.local_day(takeover.entered_at),
            ),
        ),
        search=Search(case_number="case_number", names=("source",)),
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Takeovers"), place=30),
        set_up=(
            SetUp(
                55,
                _("What existed before the register"),
                _so_far,
                _(
                    "Banks admitted on paper are unknown: nobody can supervise them, and no bar of theirs holds."
                ),
                lambda: list_page(Takeover),
                _("Takeovers"),
                done_by=(Verb.ENTER_TAKEOVER, Verb.CONFIRM_TAKEOVER),
                essential=False,
            ),
        ),
        entries={
            Verb.ENTER_TAKEOVER: _("entered a takeover from a workbook"),
            Verb.ENTER_TAKEOVER_OF_BANK: _("entered the takeover of a bank"),
            Verb.ATTACH_TAKEOVER_SCAN: _("attached scans to the takeover"),
            Verb.WITHDRAW_TAKEOVER: _("withdrew the takeover"),
            Verb.CONFIRM_TAKEOVER: _("confirmed the takeover"),
        },
        labels={
            "banks": _("banks"),
            "due_already": _("due already"),
            "findings": _("against the mechanism"),
            "names": _("names of files"),
            "files": _("files"),
        },
        facts_in_journal={Verb.ENTER_TAKEOVER: ENTERED, Verb.ENTER_TAKEOVER_OF_BANK: ENTERED},
        checks=(_confirmed_are_recorded,),
    ),
)
