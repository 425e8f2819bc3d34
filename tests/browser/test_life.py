"""A bank's whole life in a browser: registered, admitted, rectified, exited, barred, and free to apply again.

The line is cut at random moments; nothing is lost, and nothing is done twice.
"""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from banks.register import actions as banks
from banks.register.models import Bank
from banks.register.states import Standing
from banks.register.terms import BankCategory
from tests.browser.conftest import Windows
from tests.browser.life import (
    BANK,
    At,
    On,
    accept_invitation,
    admit,
    answer_statement,
    apply,
    leave,
    make_determination,
    propose,
    propose_determination,
    read_letters,
    rectify,
    register,
    standing,
    state_case,
    verify,
)
from tests.browser.nothing_lost import lost, taken_otherwise
from tests.browser.person import Person
from zsbank.base.accounts.models import User
from zsbank.site.operations import runner
from zsbank.site.operations.integrity import findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers", "edition"),
]


STEPS = {
    "register_bank": 1,
    "invite_member": 1,
    "accept_invitation": 1,
    "register_vendor": 1,
    "save_outlet": 1,
    "start_application": 2,
    "submit_application": 1,
    "accept_application": 1,
    "record_finding": 24,
    "recommend": 1,
    "decide": 1,
    "record_agreement": 1,
    "propose_determination": 2,
    "make_determination": 2,
    "report_rectification": 1,
    "verify_rectification": 1,
    "confirm_verification": 1,
    "accept_rectification": 1,
    "propose_exit": 1,
    "state_case": 2,
    "answer_statement": 2,
    "sign_exit": 1,
}
"""What people do in this life, and how often, whatever became of the line."""


def test_whole_life_of_a_bank(on_bad_lines: Windows, on: On, document: Path, tmp_path: Path) -> None:
    at_desk = on_bad_lines
    on(dt.date(2020, 1, 6))
    register(at_desk("intake"))
    clerk = accept_invitation(at_desk("bank-a"))
    apply(clerk, document)

    on(dt.date(2020, 1, 8))
    admit(at_desk, document)
    assert standing() == Standing.QUALIFIED
    clerk.sign_in()
    assert "有资格" in clerk.open("/")
    clerk.picture("bank-qualified")

    on(dt.date(2021, 2, 26))
    propose_determination(at_desk, document)
    clerk.sign_in().open("/")
    state_case(clerk)
    answer_statement(at_desk("reviewer"))
    make_determination(at_desk)
    assert standing() == Standing.UNDER_RECTIFICATION
    on(dt.date(2021, 8, 26))
    rectify(clerk.sign_in(), document)
    on(dt.date(2021, 9, 6))
    assert runner.run().done.get("lapse", 0) == 0
    verify(at_desk, dt.date(2021, 9, 6), document)
    assert standing() == Standing.QUALIFIED

    on(dt.date(2022, 2, 17))
    propose_determination(at_desk, document)
    on(dt.date(2022, 2, 28))
    make_determination(at_desk)
    on(dt.date(2022, 8, 29))  # the 28th is a Sunday
    assert runner.run().done.get("lapse", 0) == 0
    on(dt.date(2022, 9, 1))
    assert runner.run().done["lapse"] == 1
    propose(at_desk("inspector"))
    clerk.sign_in().open("/")
    state_case(clerk)
    answer_statement(at_desk("reviewer"))
    on(dt.date(2022, 9, 9))
    leave(at_desk)
    assert standing() == Standing.EXITED
    clerk.sign_in()
    assert "2027年9月10日" in clerk.open("/")
    clerk.picture("bank-exited")

    on(dt.date(2022, 9, 10))
    runner.run()
    assert standing() == Standing.LOCKED_OUT
    on(dt.date(2027, 9, 9))
    runner.run()
    clerk.sign_in()
    assert "2027年9月10日" in clerk.open("/applications/start/")
    clerk.picture("bank-barred")
    on(dt.date(2027, 9, 10))
    runner.run()
    assert standing() == Standing.APPLICANT
    clerk.sign_in().open("/applications/start/")
    clerk.press("开始申请")
    assert "ZR-2027-0001" in clerk.text()

    read_letters(at_desk("auditor"), tmp_path)
    assert list(findings()) == []
    assert lost(on_bad_lines.windows) == []
    assert taken_otherwise(STEPS) == {}


def test_bank_is_registered_once(at_desk: At) -> None:
    intake = User.objects.get(username="intake")
    banks.register_bank(**(BANK | {"category": BankCategory.CITY}), by=intake)  # type: ignore[arg-type]
    person = at_desk("intake").sign_in()
    person.open("/admin/banks/bank/do/register_bank/")
    person.fill(**BANK)
    person.press("登记银行")
    assert person.page.locator("[name=uscc]").input_value() == BANK["uscc"]
    person.picture("desk-refused")


def test_control_lost_text_and_repeated_step_are_found(bank: Bank) -> None:
    typed = cast("Person", SimpleNamespace(name="bank-a", typed=[bank.name, "从未保存的话"]))
    assert lost([typed]) == ["bank-a: 从未保存的话"]
    assert taken_otherwise({"start_application": 1}) == {"start_application": 0}
