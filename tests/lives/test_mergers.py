"""What is open of a bank that was absorbed: listed before the decision, and left to persons after it."""

from typing import TYPE_CHECKING

import pytest

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.states import ApplicationState
from admission.tests.factories import answer_all
from banks.changes.actions.changes import accept_change
from banks.changes.queries import open_cases_of, warnings_of
from banks.changes.tests.factories import succession
from banks.register.models import Bank
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import ordered, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def test_application_of_absorbed_bank_is_listed_and_cannot_be_submitted(
    bank: Bank, other_bank: Bank, clerk: User, people: "People"
) -> None:
    application = start_application(bank=bank, by=clerk)
    answer_all(application, clerk)
    change = succession(bank, other_bank, people.intake)
    assert any(application.case_number in words for words in warnings_of(change))
    accept_change(change=change, by=people.decider)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    with pytest.raises(Refused) as refusal:
        submit_application(application=application, by=clerk)
    assert "示例银行乙" in str(refusal.value)


def test_order_of_absorbed_bank_is_listed_and_stays(bank: Bank, other_bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=clock.today())
    assert [words for words in open_cases_of(bank) if str(order) in words]
    change = succession(Bank.objects.get(pk=bank.pk), other_bank, people.intake)
    accept_change(change=change, by=people.decider)
    order.refresh_from_db()
    assert (order.bank_id, order.state) == (bank.pk, OrderState.OPEN)
    assert list(open_cases_of(other_bank)) == []
