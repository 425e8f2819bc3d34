"""A lock that another person holds, and a page that breaks: who it is, what to do, and the text back."""

import datetime as dt
import json
import logging
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client, RequestFactory

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from exit.cases.actions.cases import close_exit_case
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.actions import door
from zsbank.base.actions.holders import holding, in_use
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.urls import action_page
from zsbank.base.refusals import InUse
from zsbank.logs import NUMBER, JsonFormatter
from zsbank.site.portal.errors import server_error

if TYPE_CHECKING:
    from conftest import People

REASON = "经核对，该行已书面撤回终止合作的申请。"


@pytest.fixture
def case(bank: Bank, administrator: User, people: "People", edition: PolicyEdition) -> ExitCase:
    """An exit case that can be closed."""
    return filed(qualified(bank, people.decider, dt.date(2020, 1, 6)), administrator)


@pytest.fixture
def locked(case: ExitCase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every row be locked by another for longer than one waits."""

    def wait_in_vain(*_given: object) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(door, "lock_in_order", wait_in_vain)


def post(client: Client, case: ExitCase, by: User, **more: str) -> Any:
    """Close the case at the desk."""
    client.force_login(by)
    return client.post(action_page(case, close_exit_case), {"reason": REASON, **more})


@pytest.mark.django_db
@pytest.mark.usefixtures("locked")
def test_holder_is_named_and_text_is_kept(client: Client, case: ExitCase, people: "People") -> None:
    with holding(case, case.bank, people.second_decider):
        answer = post(client, case, people.decider)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"{people.second_decider}正在办理" in page
    assert f">\n{REASON}</textarea>" in page
    assert ExitCase.objects.get(pk=case.pk).state == case.state


@pytest.mark.django_db
@pytest.mark.usefixtures("locked")
def test_unknown_holder_is_another_person(client: Client, case: ExitCase, people: "People") -> None:
    page = post(client, case, people.decider).content.decode()
    assert "他人正在办理" in page
    assert REASON in page


@pytest.mark.django_db
def test_bank_is_told_its_own_people_only(
    case: ExitCase,
    bank: Bank,
    people: "People",
    clerk: User,
    administrator: User,
    stranger: User,
    other_bank: Bank,
) -> None:
    def said(holder: User, of: Bank, asker: User, at: Bank) -> str:
        with holding(None, of, holder):
            return str(in_use(None, at, asker))

    assert str(administrator) in said(administrator, bank, clerk, bank)
    assert str(people.decider) not in said(people.decider, bank, clerk, bank)
    assert str(stranger) not in said(stranger, other_bank, clerk, bank)
    assert str(stranger) in said(stranger, other_bank, people.decider, other_bank)


@pytest.mark.django_db
def test_other_faults_of_the_database_are_no_lock(
    case: ExitCase, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> Any:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(door, "lock_in_order", broken)
    with pytest.raises(OperationalError):
        close_exit_case(case=case, by=people.decider, reason=REASON)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_row_locked_by_another_is_said_on_postgresql(case: ExitCase, people: "People") -> None:
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        def wait(*, case: ExitCase, by: User) -> None:
            inside.set()
            done.wait(20)

        slow = door.Action(wait, verb=close_exit_case.verb, on="case", recorded=False)
        slow(case=ExitCase.objects.get(pk=case.pk), by=people.second_decider)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert inside.wait(20)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        with pytest.raises(InUse, match=f"{people.second_decider}"):
            close_exit_case(case=case, by=people.decider, reason=REASON)
    finally:
        done.set()
        holder.join()
        connection.close()
    close_exit_case(case=case, by=people.decider, reason=REASON)


@pytest.mark.django_db
def test_broken_page_has_a_number_and_gives_the_text_back(
    case: ExitCase, people: "People", monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object) -> None:
        raise ValueError("示例错误")

    monkeypatch.setattr(Offer, "carry_out", broken)
    answer = post(
        Client(raise_request_exception=False), case, people.decider, password="Secret-123", code="123456"
    )
    page = answer.content.decode()
    assert answer.status_code == 500
    assert REASON in page
    assert "请稍后重试" in page
    assert not {word for word in ("示例错误", "Secret-123", "123456", "ValueError") if word in page}
    number = re.search(r"编号 <strong>([0-9A-F]{8})</strong>", page)
    assert number
    lines = [
        json.loads(JsonFormatter().format(record))
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]
    assert number[1] in {line.get("request_number") for line in lines}


def test_broken_api_has_the_number_too() -> None:
    request = RequestFactory().get("/api/v1/banks/")
    setattr(request, NUMBER, "0123ABCD")
    assert "0123ABCD" in json.loads(server_error(request).content)["detail"]
