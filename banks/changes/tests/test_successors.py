"""Mergers: the bar passes to the successor, once and for good."""

from typing import TYPE_CHECKING

import pytest

from banks.changes.actions import changes as actions
from banks.changes.checks import data_match_journal
from banks.changes.queries import warnings_of
from banks.changes.tests.factories import succession
from banks.register.models import Bank
from banks.register.rules import may_apply
from banks.register.states import Standing
from banks.tests.factories import admit, leave
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People
from banks.changes.tests.test_changes import TOMORROW, barred

pytestmark = pytest.mark.django_db


def test_bar_passes_to_the_successor(bank: Bank, other_bank: Bank, people: "People") -> None:
    left = barred(bank, people.decider)
    assert may_apply(other_bank, on=clock.today())
    change = succession(left, other_bank, people.intake)
    assert may_apply(other_bank, on=clock.today())
    actions.accept_change(change=change, by=people.decider)
    absorbed, successor = Bank.objects.get(pk=bank.pk), Bank.objects.get(pk=other_bank.pk)
    assert (absorbed.succeeded_by, absorbed.succeeded_on) == (successor, clock.today())
    first = left.may_apply_from
    assert first is not None
    verdict = may_apply(successor, on=first - TOMORROW)
    assert verdict.has("barred")
    assert "示例银行甲" in verdict.why_not
    assert may_apply(successor, on=first)
    assert may_apply(absorbed, on=first).has("succeeded")
    assert list(data_match_journal()) == []


def test_later_of_two_bars_counts_and_both_are_shown(bank: Bank, other_bank: Bank, people: "People") -> None:
    left, own = barred(bank, people.decider, 5), barred(other_bank, people.decider, 3)
    actions.accept_change(change=succession(left, own, people.intake), by=people.decider)
    successor = Bank.objects.get(pk=own.pk)
    assert len(may_apply(successor, on=clock.today()).reasons) == 2
    assert own.may_apply_from is not None
    assert left.may_apply_from is not None
    assert len(may_apply(successor, on=own.may_apply_from).reasons) == 1
    assert may_apply(successor, on=left.may_apply_from)


def test_bar_passes_on_through_two_mergers(bank: Bank, other_bank: Bank, people: "People") -> None:
    last = Bank.objects.create(name="示例银行丁", uscc="91442000MADEM0046Q", category="city")
    left = barred(bank, people.decider)
    actions.accept_change(change=succession(left, other_bank, people.intake), by=people.decider)
    middle = Bank.objects.get(pk=other_bank.pk)
    actions.accept_change(change=succession(middle, last, people.intake), by=people.decider)
    assert may_apply(last, on=clock.today()).has("barred")


def test_bar_that_begins_after_the_merger_passes_too(bank: Bank, other_bank: Bank, people: "People") -> None:
    qualification = admit(bank, people.decider)
    change = succession(Bank.objects.get(pk=bank.pk), other_bank, people.intake)
    assert any("持有发卡资格" in words for words in warnings_of(change))
    actions.accept_change(change=change, by=people.decider)
    assert Bank.objects.get(pk=bank.pk).standing == Standing.QUALIFIED
    qualification.refresh_from_db()
    leave(qualification, people.decider, calculate(clock.today(), 5, Unit.YEAR, roll=False))
    assert may_apply(Bank.objects.get(pk=other_bank.pk), on=clock.today()).has("barred")


def test_banks_do_not_succeed_each_other(bank: Bank, other_bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refusal:
        succession(bank, bank, people.intake)
    assert refusal.value.code == "same"
    back = succession(other_bank, bank, people.intake)
    actions.accept_change(change=succession(bank, other_bank, people.intake), by=people.decider)
    with pytest.raises(Refused) as late:
        actions.accept_change(change=back, by=people.decider)
    assert late.value.code == "circle"
    with pytest.raises(Refused) as again:
        succession(Bank.objects.get(pk=bank.pk), other_bank, people.intake)
    assert again.value.code == "succeeded"
    third = Bank.objects.create(name="示例银行丁", uscc="91442000MADEM0046Q", category="city")
    with pytest.raises(Refused) as absorbed:
        succession(third, Bank.objects.get(pk=bank.pk), people.intake)
    assert absorbed.value.code == "absorbed"


def test_merger_is_told_to_both_banks_and_only_when_accepted(
    bank: Bank, other_bank: Bank, clerk: User, stranger: User, people: "People"
) -> None:
    change = succession(barred(bank, people.decider), other_bank, people.intake)
    assert not Message.objects.filter(recipient__in=[clerk, stranger]).exists()
    actions.accept_change(change=change, by=people.decider)
    assert Message.objects.filter(recipient=clerk, title="银行信息已变更").exists()
    assert "禁入期" in Message.objects.get(recipient=stranger, title="已登记银行承继").body
