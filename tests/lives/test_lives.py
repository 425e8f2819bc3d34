"""Random lives of three banks, through actions and the sweep only, with invariants checked after every step."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from admission.applications.states import Outcome
from banks.register.models import Bank
from banks.register.states import Standing
from conftest import make_officer
from inspections.determinations.terms import DeterminationKind
from inspections.setting_aside.terms import Basis
from tests.lives.invariants import breaches, still_may
from tests.lives.lives import Lives, drawn
from tests.lives.machine import CODES, Machine, nothing_goes_out, registered
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
OFTEN = frozenset(
    {
        "admit",
        "put_under_rectification",
        "end_rectification",
        "lapse",
        "withdraw_order",
        "make_determination",
        "confirm_determination",
        "void_determination",
        "set_aside_determination",
        "open_exit_case",
        "leave",
        "lock_out",
        "release",
        "revise_assessment",
        "confirm_holidays",
        "recalculate_due",
        "deactivate_person",
        "remove_member",
        "accept_bank_change",
        "confirm_fee_payment",
        "record_fee_overdue",
        "close_complaint",
        "record_complaint_overdue",
        "report_inspection",
        "close_inspection",
    }
)
"""What so many random lives must have met, so that their peace means something."""

SEEDS = range(1, 7)
"""Lives are drawn with these seeds, one after the other, until they have met everything in `OFTEN`."""


@pytest.fixture(autouse=True)
def quiet(settings: Settings) -> Iterator[None]:
    """Let nothing go out; `settings` puts back the folders that each life sets."""
    with nothing_goes_out():
        yield


def live_through_stretches() -> None:
    """Live through what few random lives come to, so that not too many are needed."""
    lives = Lives()
    lives.begin()
    steps: list[Callable[[], None]] = [
        lambda: lives.move_a_due_date(0),
        lambda: lives.inspect(1),
        lambda: lives.ask_for_fees(1, 5),
        lambda: lives.complain(1),
        lambda: lives.treat_complaint(1, 1, "forward"),
        lambda: lives.let_lapse(0),
        lambda: lives.treat_complaint(1, 1, "answer"),
        lambda: lives.treat_complaint(1, 1, "close"),
        lambda: lives.pay(1, 1, arrived=True),
        lambda: lives.treat_visit(1, 1, "close", 5),
        lambda: lives.leave_on_two_grounds(own_first=True, which=1, withdrawn=False),
        lambda: lives.set_aside(0, Basis.RECONSIDERATION, "decider"),
        lambda: lives.rename(1, 2),
        lambda: lives.member_leaves(0),
        lambda: lives.admit(2),
        lambda: lives.propose_determination(2, DeterminationKind.CRITERIA_NOT_MET, 0),
        lambda: lives.go(2),
        lambda: lives.wait(1),
        lives.sweep_twice,
        lambda: lives.wait(5 * 366),
        lives.sweep_twice,
        lambda: lives.deactivate("inspector"),
    ]
    for step in steps:
        step()
        lives.all_is_well()
    lives.teardown()


def test_random_lives_keep_all_invariants(monkeypatch: pytest.MonkeyPatch) -> None:
    live_through_stretches()
    for seed in SEEDS:
        monkeypatch.setattr(Lives, "_hypothesis_internal_use_seed", seed, raising=False)
        run_state_machine_as_test(Lives, settings=drawn(6))
        if Lives.done >= OFTEN:
            return
    assert OFTEN - Lives.done == frozenset()


def test_life_reaches_every_standing() -> None:
    """Check with the steps of a whole life that random lives can reach every standing."""
    lives, stood = Lives(), []

    def step(verb: Callable[..., None], *given: Any) -> None:
        verb(lives, *given)
        lives.all_is_well()
        stood.append(Bank.objects.get(pk=lives.banks[0].pk).standing)

    step(Lives.recommend, 0, Outcome.APPROVE)
    step(Lives.decide, 0, "decider")
    step(Lives.agree, 0)
    step(Lives.determine, 0, DeterminationKind.CRITERIA_NOT_MET, 0)
    step(Lives.wait, 366)
    step(Lives.sweep_twice)
    step(Lives.propose, 0)
    step(Lives.sign, 0, "second_decider")
    step(Lives.wait, 31)
    step(Lives.sign, 0, "second_decider")
    step(Lives.wait, 1)
    step(Lives.sweep_twice)
    step(Lives.wait, 5 * 366)
    step(Lives.sweep_twice)
    step(Lives.recommend, 0, Outcome.APPROVE)
    step(Lives.decide, 0, "decider")
    step(Lives.agree, 0)
    lives.teardown()
    assert list(dict.fromkeys(stood)) == [
        Standing.APPLICANT,
        Standing.QUALIFIED,
        Standing.UNDER_RECTIFICATION,
        Standing.EXITED,
        Standing.LOCKED_OUT,
    ]
    assert stood[-4:] == [*[Standing.APPLICANT] * 3, Standing.QUALIFIED]


def test_order_of_renamed_bank_lapses() -> None:
    lives = Lives()
    lives.begin()
    lives.rename(0, 2)
    try:
        lives.let_lapse(0)
    finally:
        Machine.teardown(lives)


def test_control_manipulated_standing_is_found() -> None:
    """Control: the invariants can fail."""
    bank = registered("示例银行甲", CODES[0], make_officer("intake", Role.INTAKE_OFFICER))
    assert breaches() == []
    Bank.objects.filter(pk=bank.pk).update(standing=Standing.QUALIFIED)
    assert len(breaches()) >= 2


def test_control_officer_who_stays_may_act() -> None:
    """Control: an officer who was not removed is found among those who left."""
    assert still_may([make_officer("intake", Role.INTAKE_OFFICER)])
