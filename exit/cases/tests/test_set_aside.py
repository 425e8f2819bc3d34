"""Exit cases and determinations that are set aside: no exit on one, and none is set aside behind an exit in effect."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases import sweep
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from exit.cases.queries import breaches_without_case, to_be_closed_by, to_be_signed_by
from exit.cases.states import ExitState
from exit.cases.terms import Fallen
from exit.cases.tests.factories import filed, heard_until, lapsed_order
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import qualified
from inspections.setting_aside.actions.settings_aside import accept_setting_aside, decline_setting_aside
from inspections.setting_aside.tests.factories import proposed, set_aside
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import NotYet, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
KINDS = [DeterminationKind.SERIOUS_BREACH, DeterminationKind.SERIOUS_DEFAULT]


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider, dt.date(2020, 1, 6))


def opened(qualification: Qualification, kind: DeterminationKind, people: "People") -> ExitCase:
    """An exit case on a determination: a serious breach, or an order that lapsed after it."""
    found = determination(qualification, by=people.inspector, decided_by=people.decider, kind=kind)
    if kind == DeterminationKind.SERIOUS_BREACH:
        return open_exit_case(determination=found, by=people.inspector)
    lapsed_order(found)
    run_sweep()
    return ExitCase.objects.get(bank=qualification.bank)


def run_sweep() -> int:
    """Run the steps of exit today; return how much was done."""
    return sum(step.do(pk) for step in sweep.STEPS for pk in list(step.due(clock.today())))


def aside(people: "People") -> None:
    """Set the only determination aside today."""
    set_aside(Determination.objects.get(), by=people.intake, decided_by=people.second_decider)


@pytest.mark.parametrize("kind", KINDS)
def test_ground_falls_bank_and_officers_are_told_and_a_person_closes_with_a_letter(
    qualification: Qualification, kind: DeterminationKind, bank: Bank, administrator: User, people: "People"
) -> None:
    case = propose_exit(case=opened(qualification, kind, people), by=people.reviewer)
    with clock.playing(heard_until(case)):
        aside(people)
        with pytest.raises(WrongState) as refused:
            sign_exit(case=case, by=people.second_decider)
        assert refused.value.code == "no_ground"
        assert (run_sweep(), run_sweep()) == (1, 0)
        ground = case.grounds.get()
        assert ground.ended_why == Fallen.DETERMINATION
        for person in (people.inspector, people.decider, people.reviewer, administrator):
            assert Message.objects.filter(recipient=person, key=f"exit:{case.pk}:ended:{ground.pk}").exists()
        assert to_be_closed_by(people.decider) == [case]
        close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="所依据的认定已撤销。")
    bank.refresh_from_db()
    assert (bank.standing, ExitCase.objects.get().state) == (Standing.QUALIFIED, ExitState.CLOSED)
    assert Letter.objects.filter(kind="exit_dropped").exists()
    assert not Letter.objects.filter(kind="exit_notice").exists()
    orders = RectificationOrder.objects.values_list("state", flat=True)
    assert list(orders) == ([] if kind == DeterminationKind.SERIOUS_BREACH else [OrderState.WITHDRAWN])


def test_case_page_says_at_once_what_has_changed(
    client: Client, qualification: Qualification, people: "People"
) -> None:
    case = opened(qualification, DeterminationKind.SERIOUS_BREACH, people)
    aside(people)
    client.force_login(people.reviewer)
    text = client.get(case_page(case)).content.decode()
    for words in (str(Fallen.DETERMINATION.label), "撤销认定", people.second_decider.name):
        assert words in text, words


def test_breach_that_was_set_aside_opens_no_case(qualification: Qualification, people: "People") -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    aside(people)
    assert list(breaches_without_case()) == []
    with pytest.raises(WrongState):
        open_exit_case(determination=found, by=people.inspector)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_signed_while_it_is_decided_whether_the_ground_falls(
    client: Client, qualification: Qualification, kind: DeterminationKind, people: "People"
) -> None:
    case = propose_exit(case=opened(qualification, kind, people), by=people.reviewer)
    with clock.playing(heard_until(case)):
        assert to_be_signed_by(people.second_decider) == [case]
        waiting = proposed(Determination.objects.get(), people.intake)
        assert to_be_signed_by(people.second_decider) == []
        with pytest.raises(NotYet) as refused:
            sign_exit(case=case, by=people.second_decider)
        assert refused.value.code == "to_be_set_aside"
        client.force_login(people.second_decider)
        assert waiting.case_number in client.get(action_page(case, sign_exit)).content.decode()
        decline_setting_aside(setting_aside=waiting, by=people.decider, reason="证据充分。")
        sign_exit(case=case, by=people.second_decider)
    assert ExitCase.objects.get().state == ExitState.SIGNED


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("kind", KINDS)
def test_determination_behind_an_exit_in_effect_is_not_set_aside(
    qualification: Qualification, kind: DeterminationKind, people: "People"
) -> None:
    case = propose_exit(case=opened(qualification, kind, people), by=people.reviewer)
    with clock.playing(heard_until(case)):
        sign_exit(case=case, by=people.second_decider)
        found = Determination.objects.get()
        with pytest.raises(Refused) as refused:
            proposed(found, people.intake)
    assert refused.value.code == "exit_in_effect"
    assert case.case_number in str(refused.value)
    assert found.state == DeterminationState.MADE


def test_exit_on_the_banks_own_wish_stays_when_another_determination_is_set_aside(
    qualification: Qualification, bank: Bank, administrator: User, people: "People"
) -> None:
    determination(qualification, by=people.inspector, decided_by=people.decider)
    waiting = proposed(Determination.objects.get(), people.intake)
    sign_exit(
        case=propose_exit(case=filed(qualification, administrator), by=people.reviewer), by=people.decider
    )
    accept_setting_aside(setting_aside=waiting, by=people.second_decider)
    bank.refresh_from_db()
    assert (bank.standing, ExitCase.objects.get().state) == (Standing.EXITED, ExitState.SIGNED)
    letter = Letter.objects.get(kind="determination_set_aside")
    assert "本函不改变该结果" in str(letter.data)
