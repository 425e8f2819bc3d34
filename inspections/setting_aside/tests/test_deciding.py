"""Who decides on a setting aside, what is refused, and what the database and the check hold."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank
from banks.register.states import Standing
from conftest import make_officer
from inspections.determinations.actions.proposals import declare_conflict
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    HEARD,
)
from inspections.rectification.tests.factories import (
    proposed as proposed_determination,
)
from inspections.setting_aside.actions.settings_aside import (
    accept_setting_aside,
    decline_setting_aside,
    withdraw_setting_aside,
)
from inspections.setting_aside.checks import determinations_agree
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.queries import to_be_decided_by
from inspections.setting_aside.states import SettingAsideState
from inspections.setting_aside.tests.factories import proposed
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People
from inspections.setting_aside.tests.test_setting_aside import LATER, behind, done, standing, state

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


def test_who_proposed_it_does_not_decide(order: RectificationOrder, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)
    with clock.playing(LATER):
        case = proposed(behind(order), both)
        assert list(to_be_decided_by(both)) == []
        assert list(to_be_decided_by(people.decider)) == [case]
        for verb, words in ((accept_setting_aside, {}), (decline_setting_aside, {"reason": "成立"})):
            with pytest.raises(NotAllowed) as refused:
                verb(setting_aside=case, by=both, **words)
            assert refused.value.code == "four_eyes"
    assert SettingAside.objects.get().is_open


def test_declared_conflict_keeps_out(bank: Bank, people: "People") -> None:
    with clock.playing(DETERMINED - HEARD):
        found = proposed_determination(bank, by=people.inspector)
    with clock.playing(DETERMINED):
        declare_conflict(determination=found, by=people.decider, reason="配偶在该行任职。")
        made = make_determination(determination=found, by=people.second_decider)
    with clock.playing(LATER):
        case = proposed(made, people.inspector)
        assert list(to_be_decided_by(people.decider)) == []
        with pytest.raises(NotAllowed) as refused:
            accept_setting_aside(setting_aside=case, by=people.decider)
    assert refused.value.code == "conflict"


def test_declined_leaves_everything_and_tells_only_the_proposer(
    order: RectificationOrder, bank: Bank, clerk: User, people: "People"
) -> None:
    with clock.playing(LATER):
        case = proposed(behind(order), people.intake)
        Message.objects.all().delete()
        decline_setting_aside(setting_aside=case, by=people.decider, reason="证据充分。")
    case.refresh_from_db()
    assert (case.state, case.decision, case.letter) == (SettingAsideState.DECLINED, "证据充分。", None)
    assert (state(order), standing(bank)) == (OrderState.OPEN, Standing.UNDER_RECTIFICATION)
    assert [row.recipient for row in Message.objects.all()] == [people.intake]
    assert Determination.objects.get().state == DeterminationState.MADE


def test_withdrawn_by_who_proposed_it_or_if_they_left_by_a_colleague(
    order: RectificationOrder, people: "People"
) -> None:
    colleague = make_officer("inspector2", Role.INSPECTOR)
    with clock.playing(LATER):
        case = proposed(behind(order), people.inspector)
        with pytest.raises(NotAllowed) as refused:
            withdraw_setting_aside(setting_aside=case, by=colleague, reason="重复")
        assert refused.value.code == "not_own"
        people.inspector.groups.clear()
        case = withdraw_setting_aside(setting_aside=SettingAside.objects.get(), by=colleague, reason="重复")
        assert case.state == SettingAsideState.WITHDRAWN
        assert proposed(behind(order), colleague).is_open


def test_only_what_was_made_and_once(order: RectificationOrder, bank: Bank, people: "People") -> None:
    with clock.playing(LATER):
        only_proposed = proposed_determination(bank, by=people.inspector)
        with pytest.raises(WrongState):
            proposed(only_proposed, people.inspector)
        first = proposed(behind(order), people.inspector)
        with pytest.raises(WrongState) as refused:
            proposed(behind(order), people.intake)
        assert refused.value.code == "open"
        assert str(people.inspector) in str(refused.value)
        accept_setting_aside(setting_aside=first, by=people.decider)
        with pytest.raises(WrongState):
            proposed(behind(order), people.inspector)
        with pytest.raises(WrongState):
            accept_setting_aside(setting_aside=first, by=people.second_decider)


@pytest.mark.parametrize(
    ("day", "code"), [(DETERMINED - DAY, "before"), (LATER + DAY, "future")], ids=["older", "ahead"]
)
def test_day_of_the_document_is_possible(
    order: RectificationOrder, day: dt.date, code: str, people: "People"
) -> None:
    with clock.playing(LATER), pytest.raises(Refused) as refused:
        proposed(behind(order), people.inspector, document_date=day)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["document_number", "reason"])
def test_number_and_reason_are_needed(order: RectificationOrder, name: str, people: "People") -> None:
    with clock.playing(LATER), pytest.raises(Incomplete):
        proposed(behind(order), people.inspector, **{name: " "})


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "accepted", "decided_at": clock.now()}, "setting_aside"),
        ({"decided_at": clock.now()}, "setting_aside_decided_by_somebody"),
        ({"state": "declined"}, "setting_aside_decided_by_somebody"),
    ],
)
def test_database_refuses_halves(
    order: RectificationOrder, fields: dict[str, object], constraint: str, people: "People"
) -> None:
    with clock.playing(LATER):
        proposed(behind(order), people.inspector)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SettingAside.objects.update(**fields)


def test_check_finds_what_was_changed_past_the_program(order: RectificationOrder, people: "People") -> None:
    done(order, people)
    Determination.objects.update(state=DeterminationState.MADE)
    assert len(list(determinations_agree())) == 1
    Determination.objects.update(state=DeterminationState.SET_ASIDE)
    SettingAside.objects.update(
        state=SettingAsideState.PROPOSED, letter=None, decided_by=None, decided_at=None
    )
    assert len(list(determinations_agree())) == 1
