"""Actions on exit cases: opened, proposed, signed, closed."""

from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from banks.hearings.actions import give_prior_notice
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.rules import require
from exit.cases.actions.messages import tell_bank, tell_bank_it_left, tell_officers
from exit.cases.letters import facts_of_lapse, letter_of, prior_notice_letter
from exit.cases.models import ExitCase
from exit.cases.queries import lapsed_without_case
from exit.cases.rules import may_close, may_open, may_open_from, may_sign, may_take_effect, may_withdraw
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import GROUND_OF_ORDER, ExitGround
from inspections.determinations.models import Determination
from inspections.determinations.rules import edition_of
from inspections.rectification.actions import orders as inspections
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, reckon
from zsbank.base.files.actions import take_in
from zsbank.base.journal import actions as journal
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import chinese_date
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def file_exit_application(
    *,
    bank: Bank,
    by: User,
    statement: str,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> ExitCase:
    """File the bank's written application to leave (exit （一）). Nothing changes until consent is signed.

    Args:
        statement: why, in the bank's words.
        document: the signed application; `document_name` is what the person calls the file.

    Raises:
        Incomplete: nothing is stated.
        Refused: the bank holds no qualification, has an open exit case, or the file is not taken.
    """
    require(by, Verb.FILE_EXIT_APPLICATION, bank=bank)
    if not statement.strip():
        raise Incomplete(_("State that the bank wishes to leave, and why."))
    qualification = _lock_qualification(bank)
    file = take_in(content=document, name=document_name, by=by)
    case = _open(qualification, ExitGround.VOLUNTARY, statement.strip(), by, document=file)
    _note(case, Verb.FILE_EXIT_APPLICATION, by, data={"file": file.name, "sha256": file.sha256})
    tell_officers(case, Verb.PROPOSE_EXIT, "银行申请终止合作")
    return case


@transaction.atomic(durable=True)
def withdraw_exit_application(*, case: ExitCase, by: User) -> ExitCase:
    """The bank takes its own application back, until consent is signed.

    Raises:
        WrongState: consent is signed, or the case is closed.
        Refused: the bureau opened the case.
    """
    require(by, Verb.WITHDRAW_EXIT_APPLICATION, bank=case.bank)
    case = _lock(case)
    _require_state(case, *OPEN)
    may_withdraw(case).require()
    before = case.state
    case.withdraw()
    case.save(update_fields=["state"])
    _note(case, Verb.WITHDRAW_EXIT_APPLICATION, by, before)
    tell_officers(case, Verb.PROPOSE_EXIT, "银行撤回终止合作申请")
    return case


@transaction.atomic(durable=True)
def open_exit_case(*, determination: Determination, by: User) -> ExitCase:
    """Open a case from a serious breach, which has no rectification stage (exit （二）1).

    Raises:
        Refused: another kind of determination, a case was opened from it, or another one is open.
    """
    require(by, Verb.OPEN_EXIT_CASE, bank=determination.bank)
    may_open_from(determination).require()
    qualification = _lock_qualification(determination.bank)
    day = chinese_date(determination.determination_date)
    facts = f"{day}，我局认定你行存在以下严重违反合作协议的情况：{determination.facts}"
    case = _open(qualification, ExitGround.SERIOUS_BREACH, facts, by, determination=determination)
    _note(case, Verb.OPEN_EXIT_CASE, by)
    return case


def open_for_lapsed_order(order_id: int) -> bool:
    """The daily run: open a case from a lapsed order, notice drafted (exit （二）2, 3). It never signs.

    Returns:
        Whether a case was opened; not when one was in the meantime, or the qualification has ended.
    """
    with transaction.atomic(durable=True):
        banks.lock(RectificationOrder.objects.values_list("bank_id", flat=True).get(pk=order_id))
        order = lapsed_without_case().filter(pk=order_id).select_related("bank", "determination").first()
        if order is None:
            return False
        ground = GROUND_OF_ORDER[OrderGround(order.ground)]
        case = _open(_lock_qualification(order.bank), ground, facts_of_lapse(order), None, order=order)
        _draft(case)
        case.save(update_fields=["draft"])
        _note(case, Verb.OPEN_EXIT_CASE, None)
        tell_officers(case, Verb.PROPOSE_EXIT, "整改逾期，已立退出案并拟稿")
    return True


@transaction.atomic(durable=True)
def propose_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Propose the case's letter for signature; its draft is written from what the case says now.

    On every ground but its own wish the bank is told beforehand and may state its case (law.md §2).
    """
    require(by, Verb.PROPOSE_EXIT, bank=case.bank)
    case = _lock(case)
    _require_state(case, ExitState.OPENED)
    before = case.state
    case.propose()
    case.proposed_at, case.proposed_by = clock.now(), by
    _draft(case)
    case.save(update_fields=["state", "proposed_at", "proposed_by", "draft"])
    _note(case, Verb.PROPOSE_EXIT, by, before)
    if case.ground != ExitGround.VOLUNTARY:
        days = edition_of(case.qualification).statement_days
        give_prior_notice(bank=case.bank, case=case, data=prior_notice_letter(case, days), days=days, by=by)
    tell_officers(case, Verb.SIGN_EXIT, "退出函待签发")
    return case


@transaction.atomic(durable=True)
def sign_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Sign consent or notice: letter, end of the qualification, bar, record and messages in one transaction.

    From this moment the bank may not issue; the five years are counted from today, which is their day zero
    (exit （三）, （四）). Open orders are withdrawn with it. The letter's dates are those of today, not
    the draft's; its file is made right after, and if that fails the exit stands.

    Raises:
        NotAllowed: the person proposed it, or made or recorded the determination (four eyes).
        Incomplete: the bank may still state its case, or was not answered.
        WrongState: not proposed, or another decider was first.
    """
    require(by, Verb.SIGN_EXIT, bank=case.bank)
    case = _lock(case)
    _require_state(case, ExitState.PROPOSED)
    may_sign(by, case).require(NotAllowed)
    may_take_effect(case).require(Incomplete)
    bar = bar_from_today(case.qualification)
    letter = letters.sign(data=letter_of(case, bar), case=case, by=by)
    before = case.state
    case.sign()
    case.signed_at, case.signed_by, case.letter = clock.now(), by, letter
    case.save(update_fields=["state", "signed_at", "signed_by", "letter"])
    reason = f"{case.case_number} {letter}"
    inspections.withdraw_orders(qualification=case.qualification, by=by, reason=reason)
    banks.leave(qualification=case.qualification, by=by, reason=reason, bar=bar)
    _note(case, Verb.SIGN_EXIT, by, before, data={"letter": str(letter), "bar_last_day": bar.last_day})
    tell_bank_it_left(case, bar)
    return case


@transaction.atomic(durable=True)
def close_exit_case(*, case: ExitCase, by: User, reason: str) -> ExitCase:
    """Close a case without an exit, such as one whose ground is gone; its lapsed order binds the bank no longer.

    Raises:
        Incomplete: without a reason.
        WrongState: signed, withdrawn or closed already.
        NotAllowed: wrong role, or it is proposed by the same person.
    """
    require(by, Verb.CLOSE_EXIT_CASE, bank=case.bank)
    if not reason.strip():
        raise Incomplete(_("Give the reason for closing the case."))
    case = _lock(case)
    _require_state(case, *OPEN)
    may_close(by, case).require(NotAllowed)
    before = case.state
    case.close()
    case.closed_reason = reason.strip()
    case.save(update_fields=["state", "closed_reason"])
    _note(case, Verb.CLOSE_EXIT_CASE, by, before, reason.strip())
    if case.order:
        inspections.set_aside(order=case.order, by=by, reason=f"{case.case_number} {case.closed_reason}")
    tell_bank(
        case,
        "closed",
        "退出案件已结束",
        f"{case.case_number} 已结束，发卡资格不变。理由：{case.closed_reason}",
    )
    return case


def bar_from_today(qualification: Qualification) -> Period:
    """The bar of a qualification that is cancelled today, by the edition it was given under (exit （四）)."""
    edition = edition_of(qualification)
    return reckon(clock.today(), edition.bar_years, Unit.YEAR, roll=edition.roll_bar)


def _lock(case: ExitCase) -> ExitCase:
    """The case as it stands now, the bank's row locked first and its own until the verb is done."""
    banks.lock(case.bank_id)
    row: ExitCase = ExitCase.objects.select_for_update(no_key=True).get(pk=case.pk)
    return row


def _lock_qualification(bank: Bank) -> Qualification:
    """The qualification that a new case is to end; the bank's row is locked, so no two are opened at once."""
    bank = banks.lock(bank.pk)
    may_open(bank).require()
    return bank.qualifications.get(cancelled_on=None)


def _require_state(case: ExitCase, *states: ExitState) -> None:
    if case.state not in states:
        raise WrongState.moved_on()


def _open(
    qualification: Qualification, ground: ExitGround, statement: str, by: User | None, **grounds: Any
) -> ExitCase:
    case: ExitCase = ExitCase.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=ground,
        case_number=banks.next_case_number("TC"),
        statement=statement,
        opened_at=clock.now(),
        opened_by=by,
        **grounds,
    )
    return case


def _draft(case: ExitCase) -> None:
    case.draft = letter_of(case, bar_from_today(case.qualification)).to_json()


def _note(
    case: ExitCase,
    verb: Verb,
    by: User | None,
    before: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    journal.record(
        verb=verb,
        by=by,
        subject=case,
        uscc=case.bank.uscc,
        from_state=before,
        to_state=case.state,
        reason=reason,
        data={"ground": case.ground} | (data or {}),
    )
