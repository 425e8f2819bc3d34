"""The pages of a bank's data: what the register holds, request, receipt, withdrawal, and the desk's pages."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banks.changes.actions import changes as actions
from banks.changes.models import BankChange
from banks.changes.states import ChangeState
from banks.changes.tests.factories import PDF, entered, requested, succession
from banks.register.models import Bank
from banks.tests.factories import admit, leave
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.files.models import ChosenFile
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
INFORMATION, REQUEST = "/bank/information/", "/bank/information/change/"


@pytest.fixture
def own(client: Client, bank: Bank, clerk: User) -> Client:
    """A clerk of 示例银行甲, which has an address."""
    Bank.objects.filter(pk=bank.pk).update(address="示例路1号")
    client.force_login(clerk)
    return client


def typed(**changed: Any) -> dict[str, Any]:
    """The form as filled in with the register's values, but for what is changed."""
    return {
        "name": "示例银行甲",
        "address": "示例路1号",
        "category": "city",
        "license_institution_code": "B9001H244200001",
        "changed_on": clock.today().isoformat(),
        "reason": "示例：迁址。",
        "step": "check",
        "documents": [SimpleUploadedFile("批复.pdf", PDF), SimpleUploadedFile("执照.pdf", PDF + b"\n")],
        **changed,
    }


def hidden_of(page: str) -> dict[str, Any]:
    """Return the hidden inputs of a page."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", page):
        name, value = (re.search(rf'{what}="([^"]*)"', tag) for what in ("name", "value"))
        if name and value and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(value[1])
    return found


def test_form_is_filled_in_with_the_registers_values(own: Client) -> None:
    page = own.get(REQUEST).content.decode()
    for value in ("示例银行甲", "示例路1号", "B9001H244200001"):
        assert f'value="{value}"' in page


def test_request_is_shown_first_and_sent_after_that(own: Client, bank: Bank) -> None:
    answer = own.post(REQUEST, typed(address="示例路2号"))
    page = answer.content.decode()
    assert not BankChange.objects.exists()
    assert "示例路1号" in page
    assert "示例路2号" in page
    assert [line.label for line in answer.context["lines"]] == ["地址"]
    assert ChosenFile.objects.count() == 2
    sent = own.post(REQUEST, hidden_of(page) | {"step": "send"}, follow=True)
    change = BankChange.objects.get()
    assert sent.redirect_chain[-1][0] == f"/bank/information/changes/{change.pk}/"
    assert change.pairs == {"address": ["示例路1号", "示例路2号"]}
    assert set(change.files.values_list("name", flat=True)) == {"批复.pdf", "执照.pdf"}
    receipt = sent.content.decode()
    for words in (change.case_number, "示例：迁址。", "批复.pdf", "执照.pdf", "撤回申请", "clerk员"):
        assert words in receipt


def test_checked_request_can_be_edited_again(own: Client) -> None:
    page = own.post(REQUEST, typed(address="示例路2号")).content.decode()
    again = own.post(REQUEST, hidden_of(page) | {"step": "edit"}).content.decode()
    assert 'value="示例路2号"' in again
    assert again.count("批复.pdf") == 1
    assert not BankChange.objects.exists()


@pytest.mark.parametrize("step", ["check", "send"])
def test_nothing_changed_is_said_and_files_stay(step: str, own: Client) -> None:
    page = own.post(REQUEST, typed(step=step)).content.decode()
    assert "没有任何变更" in page
    assert "批复.pdf" in page
    assert not BankChange.objects.exists()


def test_open_request_is_shown_instead_of_the_form(own: Client, bank: Bank, clerk: User) -> None:
    change = requested(bank, clerk)
    assert 'name="step"' not in own.get(REQUEST).content.decode()
    page = own.get(INFORMATION).content.decode()
    assert change.case_number in page
    assert REQUEST not in page
    assert change.case_number in own.get("/").content.decode()


def test_request_is_withdrawn_on_its_page(own: Client, bank: Bank, clerk: User) -> None:
    change = requested(bank, clerk)
    own.post(f"/bank/information/changes/{change.pk}/withdraw/", {"confirmed": "yes"})
    assert BankChange.objects.get().state == ChangeState.WITHDRAWN
    assert REQUEST in own.get(INFORMATION).content.decode()


def test_document_is_served_and_its_opening_recorded(own: Client, bank: Bank, clerk: User) -> None:
    change = requested(bank, clerk)
    file = change.files.get()
    answer = own.get(f"/bank/information/changes/{change.pk}/files/{file.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb=Verb.OPEN_FILE, actor=clerk).count() == 1


def test_another_banks_change_is_answered_like_none(
    client: Client, bank: Bank, clerk: User, stranger: User
) -> None:
    change = requested(bank, clerk)
    client.force_login(stranger)
    for address in ("", "withdraw/", f"files/{change.files.get().pk}/"):
        assert client.get(f"/bank/information/changes/{change.pk}/{address}").status_code == 404


def test_bank_does_not_see_what_the_bureau_entered_until_it_is_accepted(
    own: Client, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    change = succession(bank, other_bank, people.intake)
    address = f"/bank/information/changes/{change.pk}/"
    assert own.get(address).status_code == 404
    assert change.case_number not in own.get(INFORMATION).content.decode()
    actions.accept_change(change=change, by=people.decider)
    assert own.get(address).status_code == 200
    assert own.get(f"{address}files/{change.files.get().pk}/").status_code == 404
    page = own.get(INFORMATION).content.decode()
    assert "承继银行" in page
    assert other_bank.name in page


def test_successor_sees_what_passes_to_it(
    client: Client, bank: Bank, other_bank: Bank, stranger: User, people: "People"
) -> None:
    left = leave(
        admit(bank, people.decider), people.decider, calculate(clock.today(), 5, Unit.YEAR, roll=False)
    )
    client.force_login(stranger)
    assert bank.name not in client.get(INFORMATION).content.decode()
    actions.accept_change(change=succession(left, other_bank, people.intake), by=people.decider)
    for page in (client.get(INFORMATION), client.get("/")):
        assert bank.name in page.content.decode()
        assert "禁入期由贵行承继" in page.content.decode()
    client.force_login(people.decider)
    for row in (bank, other_bank):
        shown = client.get(f"/admin/banks/bank/{row.pk}/change/").content.decode()
        assert "合并与承继" in shown


def test_decision_page_shows_values_and_warnings(
    client: Client, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    change = entered(bank, people.intake, name=other_bank.name)
    client.force_login(people.decider)
    case, decision = (
        client.get(f"/admin/banks/bankchange/{change.pk}/{page}").content.decode()
        for page in ("change/", "do/accept_bank_change/")
    )
    for page in (case, decision):
        assert "名称相同" in page
        assert other_bank.name in page
        for words in ("批复.pdf", "示例变更。", clock.today().isoformat()):
            assert words in page


def test_officer_enters_a_change_on_the_banks_page(client: Client, bank: Bank, people: "People") -> None:
    Bank.objects.filter(pk=bank.pk).update(address="示例路1号")
    client.force_login(people.intake)
    address = f"/admin/banks/bank/{bank.pk}/do/enter_bank_change/"
    assert 'value="示例银行甲"' in client.get(address).content.decode()
    data = typed(name="示例银行新名")
    answer = client.post(address, data, follow=True)
    change = BankChange.objects.get()
    assert (change.pairs, change.by_bank) == ({"name": ["示例银行甲", "示例银行新名"]}, False)
    assert change.case_number in answer.content.decode()


def test_queries_do_not_grow_with_changes(
    own: Client, bank: Bank, clerk: User, people: "People", django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        row = Bank.objects.get(pk=bank.pk)
        actions.accept_change(change=requested(row, clerk, name=f"示例银行{number}名"), by=people.decider)
    with django_assert_max_num_queries(22):
        own.get(INFORMATION)
