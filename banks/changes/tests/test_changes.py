"""Changes of a bank's data: request, decision, and what stays as it is."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from banks.changes.actions import changes as actions
from banks.changes.checks import data_match_journal, former_values_are_kept
from banks.changes.models import BankChange
from banks.changes.queries import warnings_of
from banks.changes.states import ChangeState
from banks.changes.tests.factories import entered, given, new_code, requested
from banks.hearings.tests.factories import given_notice
from banks.register.models import Bank, FormerValue
from banks.register.rules import may_apply
from banks.register.states import Standing
from banks.register.tests.examples import set_standing
from banks.tests.factories import OutletFactory, admit, leave
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.cases.registry import cases
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import without_facts
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tasks import make_file
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

TOMORROW = dt.timedelta(days=1)


def barred(bank: Bank, by: User, years: int = 5) -> Bank:
    """Let a bank be admitted and leave today, with a bar of some years."""
    return leave(admit(bank, by), by, calculate(clock.today(), years, Unit.YEAR, roll=False))


def found_by(query: str) -> dict[str, list[str]]:
    """Return what each kind of case finds at the desk."""
    found = {}
    for kind in cases():
        if kind.search is not None:
            found[kind.key] = [str(row) for row in kind.search.find(kind.model._default_manager.all(), query)]
    return found


def test_accepted_change_is_written_and_former_value_kept(bank: Bank, clerk: User, people: "People") -> None:
    day = clock.today() - TOMORROW
    change = actions.request_change(
        bank=bank, by=clerk, values={"name": "示例银行新名", "address": "示例路2号"}, **given(day)
    )
    assert Bank.objects.get(pk=bank.pk).name == "示例银行甲"
    actions.accept_change(change=change, by=people.decider)
    now = Bank.objects.get(pk=bank.pk)
    assert (now.name, now.address, now.former_names) == ("示例银行新名", "示例路2号", "示例银行甲")
    kept = FormerValue.objects.get()
    assert (kept.field, kept.value, kept.until) == ("name", "示例银行甲", day)
    assert kept.case_number == change.case_number
    entry = Entry.objects.get(verb=Verb.ACCEPT_BANK_CHANGE)
    assert without_facts(entry) == {
        "changed": {"name": ["示例银行甲", "示例银行新名"], "address": ["", "示例路2号"]}
    }
    assert (entry.effective_on, entry.actor) == (day, people.decider)
    told = Message.objects.get(recipient=clerk, title="银行信息已变更")
    assert "示例银行甲 → 示例银行新名" in told.body
    assert told.by_mail
    assert [*data_match_journal(), *former_values_are_kept()] == []


def test_former_names_are_listed_latest_first(bank: Bank, people: "People") -> None:
    for name in ("示例银行二名", "示例银行三名"):
        row = Bank.objects.get(pk=bank.pk)
        actions.accept_change(change=entered(row, people.intake, name=name), by=people.decider)
    assert Bank.objects.get(pk=bank.pk).former_names.splitlines() == ["示例银行二名", "示例银行甲"]
    assert [*data_match_journal(), *former_values_are_kept()] == []


def test_change_of_data_leaves_bar_and_standing(bank: Bank, people: "People") -> None:
    left = barred(bank, people.decider)
    change = entered(left, people.intake)
    assert any("禁入期继续计算" in words for words in warnings_of(change))
    actions.accept_change(change=change, by=people.decider)
    now = Bank.objects.get(pk=bank.pk)
    assert (now.standing, now.may_apply_from) == (left.standing, left.may_apply_from)
    assert may_apply(now, on=clock.today()).has("barred")


def test_bank_is_found_by_new_and_old_name(bank: Bank, clerk: User, people: "People") -> None:
    OutletFactory.create(bank=bank, name="东区支行")
    actions.accept_change(change=requested(bank, clerk), by=people.decider)
    for query in ("示例银行甲", "示例银行新名"):
        found = found_by(query)
        assert found["banks.bank"] == ["示例银行新名"]
        assert found["banks.outlet"] == ["东区支行"]
        assert len(found["banks.bankchange"]) == 1


def test_old_letter_keeps_its_text(bank: Bank, clerk: User, people: "People") -> None:
    notice = given_notice(bank, people.reviewer)
    before = Letter.objects.get().data
    actions.accept_change(change=requested(bank, clerk), by=people.decider)
    letter = Letter.objects.get()
    assert (letter.data, letter.addressee) == (before, "示例银行甲")
    notice.refresh_from_db()
    assert notice.bank.name == "示例银行新名"


def test_new_code_keeps_bar_letters_messages_and_history(
    bank: Bank, clerk: User, people: "People", client: Client
) -> None:
    given_notice(bank, people.reviewer)
    left = barred(bank, people.decider)
    change = new_code(left, people.intake)
    actions.accept_change(change=change, by=people.decider)
    now = Bank.objects.get(pk=bank.pk)
    assert now.codes == ["91442000MADEM0054K", "91442000MADEM00116"]
    assert (now.standing, now.bar_last_day) == (left.standing, left.bar_last_day)
    letter = Letter.objects.get()
    client.force_login(clerk)
    assert str(letter) in client.get("/bank/letters/").content.decode()
    make_file(letter.pk)
    file = client.get(f"/bank/letters/{letter.pk}/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "可以陈述、申辩" in client.get("/messages/").content.decode()
    client.force_login(people.decider)
    page = client.get(f"/admin/banks/bank/{bank.pk}/change/").content.decode()
    assert "91442000MADEM00116" in page
    assert found_by("91442000MADEM00116")["banks.bank"] == ["示例银行甲"]
    assert [*data_match_journal(), *former_values_are_kept()] == []


def test_journal_is_filtered_by_all_codes_of_the_bank(bank: Bank, people: "People", client: Client) -> None:
    given_notice(bank, people.reviewer)
    actions.accept_change(change=new_code(bank, people.intake), by=people.decider)
    client.force_login(people.auditor)
    for code in ("91442000MADEM00116", "91442000MADEM0054K"):
        page = client.get("/admin/journal/entry/", {"uscc": code}).content.decode()
        shown = Entry.objects.filter(verb__in=(Verb.GIVE_PRIOR_NOTICE, Verb.ACCEPT_BANK_CHANGE))
        assert len(shown) == 2
        assert [entry.pk for entry in shown if f"row-{entry.pk}" not in page] == []


def test_nothing_changed_is_refused(bank: Bank, clerk: User) -> None:
    same = {"name": "示例银行甲 ", "license_institution_code": "b9001h244200001"}
    with pytest.raises(Refused) as refusal:
        actions.request_change(bank=bank, by=clerk, values=same, **given())
    assert refusal.value.code == "unchanged"
    assert not BankChange.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "empty"),
        ({"license_institution_code": "B12"}, "licence_form"),
        ({"category": "示例"}, "category"),
    ],
)
def test_invalid_value_is_refused(values: dict[str, str], code: str, bank: Bank, clerk: User) -> None:
    with pytest.raises(Refused) as refusal:
        actions.request_change(bank=bank, by=clerk, values=values, **given())
    assert refusal.value.code == code


def test_day_after_today_is_refused(bank: Bank, clerk: User) -> None:
    later = given(clock.today() + TOMORROW)
    with pytest.raises(Refused) as refusal:
        actions.request_change(bank=bank, by=clerk, values={"name": "示例"}, **later)
    assert refusal.value.code == "ahead"


@pytest.mark.parametrize("missing", [{"reason": " "}, {"documents": []}])
def test_reason_and_document_are_needed(missing: dict[str, object], bank: Bank, clerk: User) -> None:
    with pytest.raises(Incomplete):
        actions.request_change(bank=bank, by=clerk, values={"name": "示例"}, **given() | missing)


def test_bank_has_one_open_request(bank: Bank, clerk: User, administrator: User, people: "People") -> None:
    first = requested(bank, clerk)
    with pytest.raises(Refused) as refusal:
        requested(bank, administrator, address="示例路8号")
    assert refusal.value.code == "open"
    entered(bank, people.intake, address="示例路9号")
    with pytest.raises(IntegrityError), transaction.atomic():
        BankChange.objects.filter(by_bank=False).update(by_bank=True)
    actions.withdraw_change(change=first, by=administrator)
    assert requested(bank, clerk).state == ChangeState.REQUESTED


def test_person_who_entered_a_change_does_not_decide_it(bank: Bank, people: "People") -> None:
    change = entered(bank, people.intake)
    BankChange.objects.filter(pk=change.pk).update(entered_by=people.decider)
    with pytest.raises(NotAllowed) as accepting:
        actions.accept_change(change=change, by=people.decider)
    with pytest.raises(NotAllowed) as declining:
        actions.decline_change(change=change, by=people.decider, reason="示例")
    assert (accepting.value.code, declining.value.code) == ("four_eyes", "four_eyes")
    actions.accept_change(change=change, by=people.second_decider)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankChange.objects.update(decided_by=people.decider)


def test_value_that_moved_meanwhile_is_refused_with_words(bank: Bank, clerk: User, people: "People") -> None:
    first = requested(bank, clerk)
    actions.accept_change(change=entered(bank, people.intake, name="示例银行他名"), by=people.decider)
    with pytest.raises(Refused) as refusal:
        actions.accept_change(change=first, by=people.decider)
    assert refusal.value.code == "moved"
    assert "示例银行他名" in str(refusal.value)
    assert Bank.objects.get(pk=bank.pk).name == "示例银行他名"
    actions.decline_change(change=first, by=people.decider, reason="示例：已另行变更。")
    assert Message.objects.filter(recipient=clerk, title="银行信息变更申请未予通过").exists()


def test_code_taken_meanwhile_is_refused(bank: Bank, people: "People") -> None:
    change = new_code(bank, people.intake)
    Bank.objects.create(name="示例银行丁", uscc="91442000MADEM0054K", category="city")
    with pytest.raises(Refused) as refusal:
        actions.accept_change(change=change, by=people.decider)
    assert refusal.value.code == "taken"


def test_same_code_is_not_new(bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refusal:
        new_code(bank, people.intake, bank.uscc)
    assert refusal.value.code == "unchanged"


def test_decider_is_warned_of_known_banks(bank: Bank, other_bank: Bank, people: "People") -> None:
    set_standing(other_bank, Standing.LOCKED_OUT)
    change = entered(bank, people.intake, name="示例 银行乙")
    [words] = [words for words in warnings_of(change) if "示例银行乙" in words]
    assert "名称相同" in words
    assert str(Standing.LOCKED_OUT.label) in words


def test_decision_comes_once(bank: Bank, clerk: User, people: "People") -> None:
    change = requested(bank, clerk)
    actions.decline_change(change=change, by=people.decider, reason="示例")
    with pytest.raises(WrongState):
        actions.accept_change(change=change, by=people.decider)
    with pytest.raises(WrongState):
        actions.withdraw_change(change=change, by=clerk)
    assert Bank.objects.get(pk=bank.pk).name == "示例银行甲"


def test_bank_cannot_withdraw_what_the_bureau_entered(bank: Bank, clerk: User, people: "People") -> None:
    with pytest.raises(Refused) as refusal:
        actions.withdraw_change(change=entered(bank, people.intake), by=clerk)
    assert refusal.value.code == "not_own"


def test_integrity_check_finds_a_name_that_no_change_made(bank: Bank, clerk: User, people: "People") -> None:
    actions.accept_change(change=requested(bank, clerk), by=people.decider)
    Bank.objects.filter(pk=bank.pk).update(name="示例银行假名", former_names="")
    assert [line for line in data_match_journal() if "示例银行假名" in line]
    assert len(list(former_values_are_kept())) == 1
