"""Actions on exit cases: file, open, propose, sign, close."""

from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from banks.hearings.actions import give_prior_notice
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from exit.cases.actions.messages import confirm_to_bank, notify_bank, notify_bank_of_exit, notify_officers
from exit.cases.letters import facts_of_lapse, letter_of, prior_notice_letter
from exit.cases.models import ExitCase
from exit.cases.queries import lapsed_without_case
from exit.cases.rules import may_close, may_open, may_open_from, may_sign_now, may_withdraw
from exit.cases.terms import GROUND_OF_ORDER, ExitGround
from inspections.determinations.models import Determination
from inspections.determinations.rules import edition_of
from inspections.rectification.actions import orders as rectification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, calculate
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.files.actions import store_upload
from zsbank.base.letters import actions as letters
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

    Args:
        statement: the bank's reasons.
        document: the signed application.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role.
        Incomplete: the statement is empty.
        Refused: the bank holds no qualification, or has an open exit case.
        FileRefused: the document's content is not accepted.
    """
    statement = filled(statement, _("State that the bank wishes to exit, and why."))
    file = store_upload(content=document, name=document_name, by=by)
    case = _open(bank, ExitGround.VOLUNTARY, statement, by, document=file)
    record(subject=case, data={"ground": case.ground, "file": file.name, "sha256": file.sha256})
    notify_officers(case, Verb.PROPOSE_EXIT, "银行申请终止合作")
    then = "我局书面同意之前，发卡资格不变，你行可以撤回申请。"
    confirm_to_bank(case, by, "filed", "终止合作申请", then)
    return case


@action(Verb.WITHDRAW_EXIT_APPLICATION, on="case", moves=ExitCase.withdraw, rule=may_withdraw)
def withdraw_exit_application(*, case: ExitCase, by: User) -> ExitCase:
    """Withdraw the bank's own application, until consent is signed (exit （一）).

    Raises:
        NotAllowed: the role.
        WrongState: consent is signed, or the case is withdrawn or closed.
        Refused: the bureau opened the case.
    """
    case.withdraw()
    case.save(update_fields=["state"])
    record(data={"ground": case.ground})
    notify_officers(case, Verb.PROPOSE_EXIT, "银行撤回终止合作申请", "退出案已办结，不必再办理。")
    confirm_to_bank(case, by, "withdrawn", "撤回终止合作申请的意见", "发卡资格不变。")
    return case


@action(Verb.OPEN_EXIT_CASE, on="determination", rule=may_open_from, makes=True)
def open_exit_case(*, determination: Determination, by: User) -> ExitCase:
    """Open a case from a serious breach, which has no rectification stage (exit （二）1).

    Raises:
        NotAllowed: the role.
        Refused: the determination is not a serious breach or has led to a case, another case is open, or the
            qualification has ended.
    """
    day = chinese_date(determination.determination_date)
    facts = f"{day}，我局认定你行存在以下严重违反合作协议的情况：{determination.facts}"
    case = _open(determination.bank, ExitGround.SERIOUS_BREACH, facts, by, determination=determination)
    record(subject=case, data={"ground": case.ground})
    return case


def _waits_for_case(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that a lapsed order has no case yet and the bank has no other open case."""
    if lapsed_without_case().filter(pk=order.pk).exists():
        return ALLOWED
    return Verdict.no("wrong_state", WrongState.moved_on().reason, WrongState)


@action(Verb.OPEN_EXIT_CASE, on="order", rule=_waits_for_case, makes=True, by_clock=True)
def open_for_lapsed_order(*, order: RectificationOrder, by: User | None = None) -> ExitCase:
    """Open a case from a lapsed order, with its notice drafted (exit （二）2, 3); a person signs it.

    Raises:
        NotAllowed: the role.
        WrongState: the order has not lapsed or has a case, another case is open, or the qualification has ended.
    """
    ground = GROUND_OF_ORDER[OrderGround(order.ground)]
    case = _open(order.bank, ground, facts_of_lapse(order), by, order=order)
    _draft(case)
    case.save(update_fields=["draft"])
    record(subject=case, data={"ground": case.ground})
    notify_officers(case, Verb.PROPOSE_EXIT, "整改逾期，已立退出案并拟稿")
    return case


@action(Verb.PROPOSE_EXIT, on="case", moves=ExitCase.propose)
def propose_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Propose the letter for signature, drafted from the present data of the case.

    Except on its own application, the bank gets a prior notice and may state its case (law.md §2).

    Raises:
        NotAllowed: the role.
        WrongState: the case is proposed, signed, withdrawn or closed already.
    """
    case.propose()
    case.proposed_at, case.proposed_by = clock.now(), by
    _draft(case)
    case.save(update_fields=["state", "proposed_at", "proposed_by", "draft"])
    record(data={"ground": case.ground})
    if not case.is_voluntary:
        days = edition_of(case.qualification).statement_days
        give_prior_notice(bank=case.bank, case=case, data=prior_notice_letter(case, days), days=days, by=by)
    notify_officers(case, Verb.SIGN_EXIT, "退出函待签发")
    return case


@action(Verb.SIGN_EXIT, on="case", moves=ExitCase.sign, rule=may_sign_now)
def sign_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Sign consent or notice: letter, end of the qualification, bar, entries and messages in one transaction.

    From now on the bank may not issue cards. The bar is counted in calendar years from today as day zero (exit （三）,
    （四）).
    Open orders are withdrawn. The letter uses today's dates, not the draft's; its PDF is rendered afterwards, and the
    exit
    is in effect even if that fails.

    Raises:
        NotAllowed: the role, or the person proposed it, or decided or recorded the determination (four eyes).
        Incomplete: the bank may still state its case, or was not answered (law.md §2).
        WrongState: the case is not, or no longer, proposed.
        Refused: no policy edition is in force.
    """
    bar = bar_from_today(case.qualification)
    letter = letters.sign(data=letter_of(case, bar), case=case, by=by)
    case.sign()
    case.signed_at, case.signed_by, case.letter = clock.now(), by, letter
    case.save(update_fields=["state", "signed_at", "signed_by", "letter"])
    reason = f"{case.case_number} {letter}"
    rectification.withdraw_orders(qualification=case.qualification, by=by, reason=reason)
    banks.leave(qualification=case.qualification, by=by, reason=reason, bar=bar)
    record(data={"ground": case.ground, "letter": str(letter), "bar_last_day": bar.last_day})
    notify_bank_of_exit(case, bar)
    return case


@action(Verb.CLOSE_EXIT_CASE, on="case", moves=ExitCase.close, rule=may_close)
def close_exit_case(*, case: ExitCase, by: User, reason: str) -> ExitCase:
    """Close a case without an exit, for example a groundless one; its lapsed order is set aside.

    Raises:
        NotAllowed: the role, or the person proposed it (four eyes).
        WrongState: the case is signed, withdrawn or closed already.
        Incomplete: the reason is empty.
    """
    case.closed_reason = filled(reason, _("Enter the reason for closing the case."))
    case.close()
    case.save(update_fields=["state", "closed_reason"])
    record(reason=case.closed_reason, data={"ground": case.ground})
    if case.order:
        why = f"{case.case_number} {case.closed_reason}"
        rectification.set_aside(order=case.order, by=by, reason=why)
    body = f"{case.case_number} 已结束，发卡资格不变。理由：{case.closed_reason}"
    notify_bank(case, "closed", "退出案件已结束", body)
    return case


def bar_from_today(qualification: Qualification) -> Period:
    """Return the bar of a qualification cancelled today, by the edition it was given under (exit （四）).

    Raises:
        Refused: no policy edition is in force.
    """
    edition = edition_of(qualification)
    return calculate(clock.today(), edition.bar_years, Unit.YEAR, roll=edition.roll_bar)


def _open(bank: Bank, ground: ExitGround, statement: str, by: User | None, **grounds: Any) -> ExitCase:
    """Create a case to end the bank's qualification in force."""
    case: ExitCase = ExitCase.objects.create(
        bank=bank,
        qualification=bank.qualifications.get(cancelled_on=None),
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
