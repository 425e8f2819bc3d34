"""What is open of a bank that was divided goes with the qualification to the bank that the document names, or stays."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from banks.changes.actions.changes import accept_change
from banks.changes.queries import rows_under, warnings_of
from banks.changes.tests.factories import division
from banks.register.models import Bank, Qualification
from banks.register.rules import may_apply
from banks.register.states import Standing
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from exit.cases.tests.factories import heard_until
from inspections.assessments.models import Assessment
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import (
    determined,
    failing_results,
    ordered,
    qualified,
    reported,
    swept,
)
from inspections.setting_aside.tests.factories import proposed
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.journal.facts import facts_match_journal
from zsbank.base.letters.actions import make_file
from zsbank.base.letters.models import Letter

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def held(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


def now(bank: Bank) -> Bank:
    return Bank.objects.get(pk=bank.pk)


def divided(bank: Bank, other: Bank, people: "People", *, carrier: Bank | None) -> None:
    change = division(now(bank), [other], people.intake, carrier=carrier)
    accept_change(change=change, by=people.decider)


@pytest.mark.usefixtures("held")
def test_order_goes_on_with_the_carrier_until_it_is_accepted(
    client: Client, bank: Bank, other_bank: Bank, stranger: User, clerk: User, people: "People"
) -> None:
    order = ordered(bank, people, on=clock.today())
    change = division(now(bank), [other_bank], people.intake, carrier=other_bank)
    assert [words for words in warnings_of(change) if str(order) in words and "示例银行乙" in words]
    accept_change(change=change, by=people.decider)
    order = RectificationOrder.objects.get()
    assert order.bank == other_bank
    assert (now(bank).standing, now(other_bank).standing) == (
        Standing.APPLICANT,
        Standing.UNDER_RECTIFICATION,
    )
    assert order.letter is not None
    make_file(order.letter.pk)
    pages = (f"/rectification/{order.pk}/", f"/bank/letters/{order.letter.pk}/?look")
    client.force_login(stranger)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert str(order.letter) in client.get("/bank/letters/").content.decode()
    client.force_login(clerk)
    assert [client.get(page).status_code for page in pages] == [404, 200]
    reported(order, stranger, clock.now())
    accepted(RectificationOrder.objects.get(), people)
    assert now(other_bank).standing == Standing.QUALIFIED


def test_order_stays_with_the_bank_that_keeps_the_qualification(
    held: Qualification, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    order = ordered(bank, people, on=clock.today())
    divided(bank, other_bank, people, carrier=None)
    order.refresh_from_db()
    held.refresh_from_db()
    assert (order.bank, held.bank, now(bank).standing) == (bank, bank, Standing.UNDER_RECTIFICATION)
    assert now(other_bank).standing == Standing.APPLICANT


def test_exit_case_goes_on_against_the_carrier_whose_bar_begins(
    held: Qualification, bank: Bank, other_bank: Bank, stranger: User, clerk: User, people: "People"
) -> None:
    found = determined(
        bank,
        by=people.inspector,
        decided_by=people.decider,
        on=clock.today(),
        kind=DeterminationKind.SERIOUS_BREACH,
        criteria=(),
    )
    case = propose_exit(case=open_exit_case(determination=found, by=people.inspector), by=people.reviewer)
    divided(bank, other_bank, people, carrier=other_bank)
    with clock.playing(heard_until(case)):
        sign_exit(case=ExitCase.objects.get(), by=people.second_decider)
    letter = Letter.objects.get(kind="exit_notice")
    assert (letter.addressee, letter.uscc) == (other_bank.name, other_bank.uscc)
    assert (now(other_bank).standing, now(bank).standing) == (Standing.EXITED, Standing.APPLICANT)
    day = heard_until(case) + dt.timedelta(days=1)
    assert may_apply(now(other_bank), on=day).has("barred")
    held.refresh_from_db()
    assert held.cancelled_on == heard_until(case)


def test_results_and_runs_of_failing_years_go_with_the_qualification(
    held: Qualification, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    failing_results(held, (2024,))
    divided(bank, other_bank, people, carrier=other_bank)
    held.refresh_from_db()
    failing_results(held, (2025,))
    assert swept("open_order", clock.today()) == 1
    assert {row.bank for row in Assessment.objects.all()} == {other_bank}
    assert RectificationOrder.objects.get().bank == other_bank
    assert now(other_bank).standing == Standing.UNDER_RECTIFICATION


def test_everything_under_the_qualification_goes_and_the_journal_says_so(
    held: Qualification, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    ordered(bank, people, on=clock.today())
    proposed(Determination.objects.get(), people.inspector)
    divided(bank, other_bank, people, carrier=other_bank)
    rows = list(rows_under(Qualification.objects.get(pk=held.pk)))
    assert {row._meta.label_lower for row in rows} == {
        "banks.priornotice",
        "inspections.determination",
        "inspections.rectificationorder",
        "inspections.settingaside",
    }
    assert {row.bank for row in rows} == {other_bank}  # type: ignore[attr-defined]
    assert [line for line in facts_match_journal() if ": bank" in line] == []
    RectificationOrder.objects.update(bank=bank)
    assert [line for line in facts_match_journal() if "inspections.rectificationorder" in line]


def test_every_kind_of_case_under_a_qualification_says_how_it_goes_with_it() -> None:
    without = []
    for kind in cases():
        names = {field.name for field in kind.model._meta.fields}
        if {"bank", "qualification"} <= names and not kind.goes_with:
            without.append(kind.key)
    assert without == []
