"""Changes of a bank's data, for tests."""

import datetime as dt
from io import BytesIO
from typing import Any

from django.core.files import File

from banks.changes.actions import changes as actions
from banks.changes.actions.divisions import enter_division
from banks.changes.models import BankChange
from banks.changes.terms import ChangeKind
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import small_pdf

PDF = small_pdf()
NEW_CODE = "91442000MADEM0054K"


def documents() -> list[tuple[Any, str]]:
    """One document that shows the change."""
    return [(File(BytesIO(PDF), name="批复.pdf"), "批复.pdf")]


def given(day: dt.date | None = None) -> dict[str, Any]:
    """What every change has."""
    return {"changed_on": day or clock.today(), "reason": "示例变更。", "documents": documents()}


def requested(bank: Bank, by: User, **values: str) -> BankChange:
    """A change that the bank asked for; by default a new name."""
    values = values or {"name": "示例银行新名"}
    return actions.request_change(bank=bank, by=by, values=values, **given())


def entered(bank: Bank, by: User, **values: str) -> BankChange:
    """A change that an officer entered; by default a new name."""
    return actions.enter_change(bank=bank, by=by, values=values or {"name": "示例银行新名"}, **given())


def new_code(bank: Bank, by: User, code: str = NEW_CODE) -> BankChange:
    """A new unified social credit code that an officer entered."""
    return actions.enter_new_uscc(bank=bank, by=by, uscc=code, **given())


def succession(bank: Bank, successor: Bank, by: User) -> BankChange:
    """A merger that an officer entered."""
    return actions.enter_succession(bank=bank, successor=successor, by=by, **given())


def division(
    bank: Bank,
    successors: list[Bank],
    by: User,
    *,
    carrier: Bank | None = None,
    kind: ChangeKind = ChangeKind.SPLIT_OFF,
    day: dt.date | None = None,
) -> BankChange:
    """A division that an officer entered; by default the bank goes on."""
    return enter_division(bank=bank, successors=successors, carrier=carrier, kind=kind, by=by, **given(day))
