"""The loser of a race, or of a stale page, reads who did what and when; banks learn no officer's name."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import withdraw_exit_application
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed
from inspections.assessments.actions.results import revise_assessment
from inspections.assessments.tests.factories import FAILING, PASSING, result_of
from inspections.rectification.tests.factories import at, qualified
from tests.actions.stage import Staged, on_stage
from tests.actions.test_every_action import ACTIONS, BY_PEOPLE, row_of, set_another_state
from zsbank.base.accounts.models import User
from zsbank.base.actions.rows import bank_of, case_of
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import MOVED_ON, EditConflict, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
WITH_STATES = sorted(name for name in BY_PEOPLE if ACTIONS[name].moves or ACTIONS[name].states)
DAY = dt.date(2026, 11, 23)


@on_stage(WITH_STATES)
def test_loser_of_every_action_reads_who_was_faster(staged: Staged) -> None:
    one, arguments, scene = staged.action, staged.arguments, staged.scene
    row = row_of(one, arguments)
    assert row is not None
    if not set_another_state(one, row):
        return  # a database constraint allows no other state
    case, deciders = case_of(row, one.within), (scene.people.second_decider, scene.people.decider)
    faster = next(person for person in deciders if person != arguments["by"])
    bank = bank_of(case)
    with clock.playing(at(clock.today(), 10, 42)):
        journal.record(verb=one.verb, by=faster, subject=case, uscc=bank.uscc if bank else "")
        with pytest.raises(WrongState) as refused:
            one(**arguments)
    said = str(refused.value)
    if arguments["by"].roles_at_bureau():
        assert said.startswith(f"{faster.name}已于10:42")
    else:
        assert said == str(MOVED_ON)
    assert refused.value.code == "wrong_state"


@pytest.fixture
def case(bank: Bank, people: "People", administrator: User, edition: PolicyEdition) -> ExitCase:
    """A proposed exit at the bank's request."""
    held = qualified(bank, people.decider, dt.date(2020, 1, 6))
    return propose_exit(case=filed(held, administrator), by=people.reviewer)


def test_second_decider_reads_that_the_first_signed_and_when(
    case: ExitCase, people: "People", client: Client
) -> None:
    stale = ExitCase.objects.get(pk=case.pk)
    with clock.playing(at(DAY, 10, 42)):
        sign_exit(case=case, by=people.decider)
    with clock.playing(at(DAY, 10, 45)), pytest.raises(WrongState) as refused:
        sign_exit(case=stale, by=people.second_decider)
    assert str(refused.value).startswith("decider员已于10:42签发退出")
    with (
        clock.playing(at(DAY + dt.timedelta(days=1), 9, 0)),
        pytest.raises(WrongState, match="2026-11-23 10:42"),
    ):
        close_exit_case(case=stale, by=people.second_decider, reason="理由")
    client.force_login(people.second_decider)
    page = client.post(action_page(case, sign_exit)).content.decode()
    assert "decider员已于2026-11-23 10:42签发退出" in page


def test_who_acts_twice_reads_that_it_was_done_by_themselves(case: ExitCase, people: "People") -> None:
    stale = ExitCase.objects.get(pk=case.pk)
    sign_exit(case=case, by=people.decider)
    with pytest.raises(WrongState, match=r"^您已于"):
        sign_exit(case=stale, by=people.decider)


def test_bank_reads_a_colleague_but_no_officer(case: ExitCase, people: "People", administrator: User) -> None:
    stale = ExitCase.objects.get(pk=case.pk)
    sign_exit(case=case, by=people.decider)
    with pytest.raises(WrongState) as refused:
        withdraw_exit_application(case=stale, by=administrator)
    assert str(refused.value) == str(MOVED_ON)
    assert people.decider.name not in str(refused.value)


def test_edit_conflict_says_who_changed_it(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    row = result_of(
        held, 2024, score=FAILING, recorded_by=people.assessor, finalised_by=people.second_assessor
    )
    revise_assessment(assessment=row, score=PASSING, seen=FAILING, reason="复核。", by=people.decider)
    with pytest.raises(EditConflict) as refused:
        revise_assessment(
            assessment=row, score=PASSING, seen=FAILING, reason="复核。", by=people.second_decider
        )
    assert "60.00" in str(refused.value)
    assert f"{people.decider.name}已于" in str(refused.value)


def test_entries_that_change_nothing_are_not_named(case: ExitCase, people: "People") -> None:
    stale = ExitCase.objects.get(pk=case.pk)
    sign_exit(case=case, by=people.decider)
    journal.record(verb=Verb.OPEN_FILE, by=people.auditor, subject=case, uscc=case.bank.uscc)
    with pytest.raises(WrongState, match=r"^decider员"):
        sign_exit(case=stale, by=people.second_decider)
