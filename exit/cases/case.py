"""Declaration of exit cases: actions, work items, checks and words."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from banks.hearings.rules import notice_on
from banks.papers.queries import rests_on
from banks.register.models import Bank, Qualification
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.desk import ExitCaseDesk, drafts, dropped_draft
from exit.cases.forms import OpenCaseForm
from exit.cases.models import ExitCase, Ground
from exit.cases.portal import OF_APPLICATION, next_steps, page_of
from exit.cases.queries import (
    breaches_without_case,
    cases_from,
    grounds_in_words,
    led_to_by,
    signed,
    signed_without_effect,
    to_be_closed_by,
    to_be_signed_by,
    to_propose,
    took_part,
)
from exit.cases.rules import determinations_behind, is_adverse, standing_grounds
from exit.cases.states import ExitState
from exit.cases.sweep import STEPS
from exit.cases.terms import EXIT_CONSENT, EXIT_DROPPED, EXIT_NOTICE
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import reader_language
from zsbank.base.cases.case import Case
from zsbank.base.cases.checks import recorded_once
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.hearing import Hearing
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.urls import list_action_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _about(case: ExitCase) -> str:
    return f"{case.bank} · {grounds_in_words(case)}"


def _opening_page(breach: Determination) -> str:
    """Return the address of the action page with the determination filled in."""
    return f"{list_action_page(ExitCase, open_exit_case)}?determination={breach.pk}"


def _signed_exits_took_effect() -> Iterator[str]:
    """Every signed exit has a letter, one entry, and a qualification that has ended."""
    for pk in signed_without_effect().values_list("pk", flat=True):
        yield f"exit.exitcase {pk}: is signed without a letter, or its qualification goes on"
    keys = signed().values_list("pk", flat=True)
    yield from recorded_once("exit.exitcase", keys, Verb.SIGN_EXIT, Verb.TAKE_OVER_EXIT)


def _has_a_ground() -> Iterator[str]:
    """Every case has a ground."""
    for pk in ExitCase.objects.filter(grounds=None).order_by("pk").values_list("pk", flat=True):
        yield f"exit.exitcase {pk}: has no ground"


def _meanwhile(case: ExitCase) -> str:
    """Say what the bank may still do until the case is signed."""
    if not standing_grounds(case):
        return str(
            _("No ground of this case stands any more; it cannot be signed, and the bureau will close it.")
        )
    if not is_adverse(case):
        return str(
            _(
                "Nothing changes until the bureau consents in writing; until then you may withdraw the application."
            )
        )
    issuing = (
        _("Until the bureau signs the notice, the qualification continues and the bank may issue cards.")
        if case.qualification.may_issue
        else _("Until the bureau signs the notice, the qualification continues.")
    )
    rights = _("Before that the bank receives a prior notice and may submit a statement.")
    own = _("You may withdraw your own application; the other grounds remain.") if case.wish else ""
    lapsed = any(ground.order_id for ground in standing_grounds(case))
    late = _("A rectification report is no longer accepted.") if lapsed else ""
    return (" " if reader_language() == "en" else "").join(
        str(part) for part in (issuing, rights, own, late) if part
    )


def _behind(case: ExitCase) -> Iterator[tuple[Text, Model | None]]:
    """The qualification that it is to end, and what it rests on."""
    yield _("Issuing qualification"), case.qualification
    for ground in case.grounds.select_related("order", "paper"):
        yield _("Lapsed order"), ground.order
        if ground.paper_id != case.paper_id:
            yield _("Letter on paper"), ground.paper
    for determination in determinations_behind(case):
        yield _("Determination"), determination


def _that_followed(row: Any) -> Iterator[tuple[Text, Model | None]]:
    """The exit cases that a determination, an order or a qualification led to."""
    for case in led_to_by(row):
        yield _("Exit case"), case


OPENED = ("bank", "qualification", "opened_by")
PROPOSED = ("proposed_at", "proposed_by", "draft")
SOURCE = ("case", "kind", "statement", "document", "determination", "order", "joined_at", "joined_by")
ENDED = ("ended_at", "ended_why")

CASES = (
    Case(model=Qualification, related=(_that_followed,)),
    Case(model=Determination, related=(_that_followed,), leads=(led_to_by,)),
    Case(model=RectificationOrder, related=(_that_followed,), leads=(cases_from,)),
    Case(
        model=Ground,
        facts_in_journal={
            Verb.FILE_EXIT_APPLICATION: SOURCE,
            Verb.OPEN_EXIT_CASE: SOURCE,
            Verb.TAKE_OVER_EXIT: (*SOURCE, "paper"),
            Verb.TAKE_OVER_OPEN_EXIT: (*SOURCE, "paper"),
            Verb.WITHDRAW_EXIT_APPLICATION: ENDED,
            Verb.END_EXIT_GROUND: ENDED,
            Verb.SIGN_EXIT: (*SOURCE, "notice", *ENDED),
        },
    ),
    Case(
        model=ExitCase,
        goes_with="qualification",
        facts_in_journal={
            Verb.CARRY_ON_QUALIFICATION: ("bank",),
            Verb.FILE_EXIT_APPLICATION: OPENED,
            Verb.OPEN_EXIT_CASE: (*OPENED, "draft"),
            Verb.TAKE_OVER_EXIT: (*OPENED, "signed_at", "paper"),
            Verb.TAKE_OVER_OPEN_EXIT: (*OPENED, "paper"),
            Verb.PROPOSE_EXIT: (*OPENED, *PROPOSED),
            Verb.SIGN_EXIT: (*OPENED, *PROPOSED, "signed_at", "signed_by", "letter"),
            Verb.CLOSE_EXIT_CASE: ("closed_reason",),
        },
        letters=(EXIT_CONSENT, EXIT_NOTICE, EXIT_DROPPED),
        officer=lambda case: case.proposed_by or case.opened_by,
        states={
            ExitState.OPENED: Shown(BUREAUS_TURN, next=_("Propose the letter")),
            ExitState.PROPOSED: Shown(BUREAUS_TURN, next=_("Sign the letter")),
            ExitState.SIGNED: Shown(DONE),
            ExitState.WITHDRAWN: Shown(STOPPED),
            ExitState.CLOSED: Shown(STOPPED),
        },
        hearing=Hearing(
            ExitCase,
            case_of=lambda case: case,
            notice_of=notice_on,
            took_part=took_part,
        ),
        offers=(
            Offer(
                propose_exit,
                _("Propose for signature"),
                (
                    _(
                        "Unless the bank requested the exit, it now receives a prior notice and may "
                        "submit a statement first."
                    ),
                    _("Another person signs the letter below; it is dated on the day of signing."),
                ),
                drafts=drafts,
            ),
            Offer(
                sign_exit,
                _("Sign the exit"),
                (
                    _("The qualification is cancelled today, and the bank may no longer issue cards."),
                    _("The bank receives a numbered letter."),
                    _("From tomorrow, the bank may not apply for five years."),
                ),
                grave=True,
                drafts=drafts,
            ),
            Offer(
                close_exit_case,
                _("Close without exit"),
                (
                    _("The case is closed; the bank keeps its qualification."),
                    _("A lapsed order that led to the case is set aside."),
                    _("A bank that had a prior notice receives a numbered letter."),
                ),
                form=lambda case: ReasonForm,
                grave=True,
                drafts=dropped_draft,
            ),
        ),
        list_offers=(
            Offer(
                open_exit_case,
                _("Open an exit case for a serious breach"),
                (
                    _(
                        "The case is opened; the bank's qualification does not change until a notice is "
                        "signed."
                    ),
                    _("If the bank has an open exit case, the breach joins it as a further ground."),
                    _("A serious breach has no rectification period."),
                ),
                form=lambda case: OpenCaseForm,
            ),
        ),
        related=(_behind, rests_on),
        desk=ExitCaseDesk,
        waiting=(
            Waiting(
                open_exit_case,
                _("Open the exit case"),
                rows=lambda by: breaches_without_case(),
                name=lambda breach: str(breach.bank),
                about=lambda breach: breach.get_kind_display(),
                since=lambda breach: breach.determination_date,
                address=_opening_page,
                when=lambda row: isinstance(row, Determination),
            ),
            Waiting(
                propose_exit,
                _("Check the exit case and propose the letter"),
                rows=lambda by: to_propose(),
                about=_about,
                when=lambda case: bool(standing_grounds(case)),
                since=lambda case: clock.local_day(case.opened_at),
                for_bank=_("examine the exit case"),
                why=_meanwhile,
            ),
            Waiting(
                sign_exit,
                _("Sign the exit letter"),
                rows=to_be_signed_by,
                when=lambda case: bool(standing_grounds(case)),
                for_bank=_("decide on the exit in writing"),
                why=_meanwhile,
                about=_about,
                since=lambda case: clock.local_day(case.opened_at),
            ),
            Waiting(
                close_exit_case,
                _("Close the exit case: none of its grounds stands any more"),
                rows=to_be_closed_by,
                when=lambda case: not standing_grounds(case),
                for_bank=_("close the exit case"),
                why=_meanwhile,
                about=_about,
                since=lambda case: clock.local_day(case.opened_at),
            ),
        ),
        search=Search(
            case_number="case_number",
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Exit cases"), place=70),
        bank_page=page_of,
        home=next_steps,
        entries={
            Verb.OPEN_EXIT_CASE: _("recorded a ground of exit"),
            Verb.END_EXIT_GROUND: _("recorded that a ground of exit no longer stands"),
            Verb.SEND_BACK_EXIT: _("sent the exit back to be proposed with a further ground"),
            Verb.TAKE_OVER_EXIT: _("took over the exit from paper"),
            Verb.TAKE_OVER_OPEN_EXIT: _("took over the exit that is under way from paper"),
            Verb.FILE_EXIT_APPLICATION: _("filed the exit application"),
            Verb.WITHDRAW_EXIT_APPLICATION: _("withdrew the exit application"),
            Verb.PROPOSE_EXIT: _("proposed the exit for signature"),
            Verb.SIGN_EXIT: _("signed the exit"),
            Verb.CLOSE_EXIT_CASE: _("closed the exit case without an exit"),
        },
        fields={Verb.SIGN_EXIT: Bank, Verb.TAKE_OVER_EXIT: Bank},
        labels={"ground": _("ground of exit")},
        checks=(_signed_exits_took_effect, _has_a_ground),
        receipts=(OF_APPLICATION,),
        steps=STEPS,
    ),
)
