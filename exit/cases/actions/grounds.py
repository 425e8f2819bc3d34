"""Actions on the grounds of exit cases: each opens a case or joins the open one; and they end one by one."""

import datetime as dt
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register import actions as banks
from banks.register.models import Bank
from exit.cases.actions.messages import (
    confirm_to_bank,
    notify_bank_of_fallen_ground,
    notify_bank_of_ground,
    notify_officers,
    notify_officers_of_change,
)
from exit.cases.letters import facts_of_breach, facts_of_lapse, letter_of
from exit.cases.models import ExitCase, Ground
from exit.cases.queries import lapsed_without_case
from exit.cases.rules import (
    bar_from_today,
    has_fallen,
    may_open,
    may_open_from,
    may_withdraw,
    open_case_of,
    standing_grounds,
    stands,
)
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import GROUND_OF_ORDER, ExitGround, Fallen
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import current, record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, Verdict, WrongState, filled


@action(Verb.FILE_EXIT_APPLICATION, on="bank", rule=may_open, makes=True)
def file_exit_application(
    *,
    bank: Bank,
    by: User,
    statement: str,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> ExitCase:
    """File the bank's written application to exit (exit （一）); nothing changes until consent is signed.

    It joins an exit case that the bureau has open against the bank.

    Args:
        statement: the bank's reasons.
        document: the signed application.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role.
        Incomplete: the statement is empty.
        Refused: the bank holds no qualification, or its application is open already.
        FileRefused: the document's content is not accepted.
    """
    statement = filled(statement, _("State that the bank wishes to exit, and why."))
    file = store_upload(content=document, name=document_name, by=by)
    ground = _enter(bank, ExitGround.VOLUNTARY, statement, by, document=file)
    _record(ground, {"file": file.name, "sha256": file.sha256})
    case = ground.case
    notify_officers(case, Verb.PROPOSE_EXIT, gettext_lazy("A bank applied to exit"), event=_event(ground))
    then = gettext_lazy(
        "Until the bureau consents in writing, the qualification stays in force and your bank may withdraw."
    )
    confirm_to_bank(case, by, f"filed:{ground.pk}", gettext_lazy("the application to exit"), then)
    return case


@action(Verb.WITHDRAW_EXIT_APPLICATION, on="case", states=OPEN, rule=may_withdraw)
def withdraw_exit_application(*, case: ExitCase, by: User) -> ExitCase:
    """Withdraw the bank's own application, until consent is signed (exit （一）); other grounds go on.

    Raises:
        NotAllowed: the role.
        WrongState: consent is signed, or the application is withdrawn, or the case is closed.
        Refused: the bureau opened the case, and the bank did not apply.
    """
    wish = case.wish
    if wish is None:
        raise WrongState.moved_on()
    _end(wish, Fallen.WITHDRAWN)
    body = gettext_lazy("The case is closed; nothing is left to do.")
    then = gettext_lazy("The qualification stays in force.")
    if case.grounds.filter(ended_at=None).exists():
        body = gettext_lazy("The case goes on, on the other grounds.")
        then = gettext_lazy("The exit case goes on, on the other grounds.")
    else:
        case.withdraw()
        case.save(update_fields=["state"])
    record(data={"ground": wish.kind} | held(Verb.WITHDRAW_EXIT_APPLICATION, wish))
    notify_officers_of_change(
        case, gettext_lazy("A bank withdrew its application to exit"), body, f"ended:{wish.pk}"
    )
    what = gettext_lazy("the withdrawal of the application to exit")
    confirm_to_bank(case, by, f"withdrawn:{wish.pk}", what, then)
    return case


@action(
    Verb.OPEN_EXIT_CASE,
    on="determination",
    states=frozenset({DeterminationState.MADE}),
    rule=may_open_from,
    makes=True,
)
def open_exit_case(*, determination: Determination, by: User) -> ExitCase:
    """Open a case from a serious breach, which has no rectification stage, or add it to the open one (exit （二）1).

    Raises:
        NotAllowed: the role.
        WrongState: it is proposed only, or was not made.
        Refused: the determination is not a serious breach or has led to a case, or the qualification has ended.
    """
    facts = facts_of_breach(determination)
    ground = _enter(determination.bank, ExitGround.SERIOUS_BREACH, facts, by, determination=determination)
    _record(ground)
    notify_bank_of_ground(ground, event=_event(ground))
    return ground.case


def _waits_for_case(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that a lapsed order of a qualification in force is no ground of a case yet."""
    if lapsed_without_case().filter(pk=order.pk).exists():
        return ALLOWED
    return Verdict.no("wrong_state", WrongState.moved_on().reason, WrongState)


@action(Verb.OPEN_EXIT_CASE, on="order", rule=_waits_for_case, makes=True, by_clock=True)
def open_for_lapsed_order(*, order: RectificationOrder, by: User | None = None) -> ExitCase:
    """Open a case from a lapsed order, or add it to the open one, with the letter drafted (exit （二）2, 3).

    A person proposes it, and another signs it.

    Raises:
        NotAllowed: the role.
        WrongState: the order has not lapsed or has a case, or the qualification has ended.
    """
    kind = GROUND_OF_ORDER[OrderGround(order.ground)]
    ground = _enter(order.bank, kind, facts_of_lapse(order), by, on=order.closed_on, order=order)
    case = ground.case
    if stands(ground):
        case.draft = letter_of(case, bar_from_today(case.qualification)).to_json()
        case.save(update_fields=["draft"])
    _record(ground, effective_on=order.closed_on)
    title = gettext_lazy("An order lapsed: an exit case is open and drafted")
    notify_officers(case, Verb.PROPOSE_EXIT, title, event=_event(ground))
    notify_bank_of_ground(ground, event=_event(ground))
    return case


@action(Verb.END_EXIT_GROUND, on="ground", within="case", states=OPEN, rule=has_fallen, by_clock=True)
def end_fallen_ground(*, ground: Ground, by: User | None = None) -> Ground:
    """Record that the facts of a ground no longer hold, and tell the bank and the officers; run by the sweep.

    A person then closes the case, or goes on with it on the grounds that are left.

    Raises:
        WrongState: the ground stands, or its end is on record.
    """
    why = Fallen(stands(ground).reasons[0].code)
    case = ground.case
    _end(ground, why)
    record(
        subject=case, reason=str(why.label), data={"ground": ground.kind} | held(Verb.END_EXIT_GROUND, ground)
    )
    notify_bank_of_fallen_ground(ground, goes_on=bool(standing_grounds(case)))
    title = gettext_lazy("A ground of an exit case no longer stands")
    body = gettext_lazy("Close the case, or go on with it on the grounds that still stand.")
    notify_officers_of_change(case, title, body, f"ended:{ground.pk}")
    return ground


@action(Verb.SEND_BACK_EXIT, on="case", moves=ExitCase.send_back, inner=True)
def send_back_exit(*, case: ExitCase, by: User | None, on: dt.date | None = None) -> ExitCase:
    """Let a proposed case be proposed again, because a ground joined of which the bank has no prior notice.

    Args:
        on: the day on which the ground arose (local date), if not today.

    Raises:
        WrongState: it is not proposed.
    """
    case.send_back()
    case.save(update_fields=["state"])
    record(effective_on=on)
    return case


def _enter(
    bank: Bank,
    kind: ExitGround,
    statement: str,
    by: User | None,
    *,
    on: dt.date | None = None,
    **source: Any,
) -> Ground:
    """Create a ground in the open case of the bank's qualification, or in a new one."""
    held_now = bank.qualifications.get(cancelled_on=None)
    case = open_case_of(held_now)
    if case is None:
        case = ExitCase.objects.create(
            bank=bank,
            qualification=held_now,
            case_number=banks.next_case_number("TC"),
            opened_at=clock.now(),
            opened_by=by,
        )
    elif case.state == ExitState.PROPOSED and kind != ExitGround.VOLUNTARY:
        case = send_back_exit(case=case, by=by, on=on)
    else:
        _remember(case)
    ground: Ground = Ground.objects.create(
        case=case, kind=kind, statement=statement, joined_at=clock.now(), joined_by=by, **source
    )
    return ground


def _remember(case: ExitCase) -> None:
    """Let the journal entry know that the case was there before."""
    running = current()
    if running is not None:
        running.remember(case)


def _record(ground: Ground, data: dict[str, Any] | None = None, **about: Any) -> None:
    """Write the entry of a ground that joined, with its facts."""
    running = current()
    facts = held(running.verb, ground) if running is not None else {}
    record(subject=ground.case, data={"ground": ground.kind} | (data or {}) | facts, **about)


def _end(ground: Ground, why: Fallen) -> None:
    ground.ended_at, ground.ended_why = clock.now(), why
    ground.save(update_fields=["ended_at", "ended_why"])


def _event(ground: Ground) -> str:
    """Return what identifies the messages about a ground that joined: the opening of the case, or the ground."""
    first = not ground.case.grounds.exclude(pk=ground.pk).exists()
    return str(ExitState.OPENED) if first else f"joined:{ground.pk}"
