"""From what an exit case is opened, and what ends with the qualification."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.rules import may_open, may_open_from
from exit.cases.tests.factories import filed
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import admitted_again, left, order_in, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Verdict

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def test_only_a_serious_breach_leads_to_a_case(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    assert codes(may_open(None, bank)) == []
    for kind in DeterminationKind:
        found = determination(held, by=people.inspector, decided_by=people.decider, kind=kind)
        breach = kind == DeterminationKind.SERIOUS_BREACH
        assert codes(may_open_from(None, found)) == ([] if breach else ["rectifiable"])


def test_a_determination_leads_to_one_case(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    found = determination(held, by=people.inspector, decided_by=people.decider)
    open_exit_case(determination=found, by=people.inspector)
    assert codes(may_open_from(None, found)) == ["used"]
    other = determination(held, by=people.inspector, decided_by=people.decider)
    assert codes(may_open_from(None, other)) == []


def test_determination_of_an_ended_qualification_leads_to_no_case(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    found = determination(held, by=people.inspector, decided_by=people.decider)
    left(held, people.decider, clock.today().replace(year=2020))
    assert codes(may_open_from(None, found)) == ["not_qualified"]
    admitted_again(bank, people.decider)
    assert codes(may_open_from(None, found)) == ["not_qualified"]


@pytest.mark.parametrize("state", [OrderState.OPEN, OrderState.REPORTED, OrderState.AWAITING_DEADLINE])
def test_signed_exit_withdraws_orders_that_are_not_closed(
    bank: Bank, administrator: User, people: "People", state: OrderState
) -> None:
    held = qualified(bank, people.decider)
    order = order_in(state, held)
    bank.refresh_from_db()
    case = propose_exit(case=filed(held, administrator), by=people.reviewer)
    case = sign_exit(case=case, by=people.decider)
    order.refresh_from_db()
    assert (order.state, order.closed_on) == (OrderState.WITHDRAWN, clock.today())
    entry = Entry.objects.get(verb="withdraw_order")
    assert (entry.subject_id, entry.actor, entry.from_state) == (order.pk, people.decider, state)
    assert entry.reason == f"{case.case_number} {case.letter}"
