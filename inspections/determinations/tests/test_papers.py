"""Determinations decided on paper: entered with day and signer, and confirmed by another decider."""

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.determinations.queries import (
    to_be_confirmed_by,
    to_be_made_by,
    to_be_withdrawn_by,
)
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import confirm_determination, make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DAY, DETERMINED, DUE, proposed
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import staff_ever
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition, without_facts
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


def test_papers_of_two_days_are_two_determinations(
    on_paper: Determination, bank: Bank, people: "People"
) -> None:
    with clock.playing(DETERMINED + 31 * DAY):
        other = proposed(
            bank, by=people.inspector, paper_date=DETERMINED + DAY, paper_signed_by=people.decider
        )
        with pytest.raises(WrongState):
            proposed(bank, by=people.inspector, paper_date=DETERMINED + DAY, paper_signed_by=people.decider)
    assert other.is_proposed


def test_paper_of_a_decider_who_left_is_confirmed(
    on_paper: Determination, clerk: User, people: "People"
) -> None:
    people.second_decider.groups.clear()
    User.objects.filter(pk=people.second_decider.pk).update(is_active=False, is_staff=False)
    with clock.playing(DETERMINED + 31 * DAY):
        assert to_be_confirmed_by(people.decider) == [on_paper]
        confirmed = confirm_determination(determination=on_paper, by=people.decider)
    order = RectificationOrder.objects.get()
    entry = last_transition(confirmed)
    assert (confirmed.determination_date, confirmed.decided_by, confirmed.confirmed_by) == (
        DETERMINED,
        people.second_decider,
        people.decider,
    )
    assert clock.local_day(confirmed.made_at) == DETERMINED + 31 * DAY  # type: ignore[arg-type]
    assert (order.start_date, order.due_date) == (DETERMINED, DUE)
    assert order.letter is not None
    assert order.letter.signed_by == people.decider
    assert "2025年3月3日，我局认定" in str(order.letter.data)
    assert entry is not None
    assert (entry.verb, entry.actor) == ("confirm_determination", people.decider)
    assert without_facts(entry) == {
        "kind": DeterminationKind.CRITERIA_NOT_MET,
        "date": DETERMINED.isoformat(),
        "paper_date": DETERMINED.isoformat(),
        "paper_signed_by": people.second_decider.username,
    }
    assert not Entry.objects.filter(verb="make_determination").exists()


def test_own_paper_is_made_not_confirmed(on_paper: Determination, people: "People") -> None:
    with clock.playing(DETERMINED + 31 * DAY):
        assert to_be_made_by(people.second_decider) == [on_paper]
        assert to_be_confirmed_by(people.second_decider) == []
        with pytest.raises(WrongState):
            confirm_determination(determination=on_paper, by=people.second_decider)
        made = make_determination(determination=on_paper, by=people.second_decider)
    assert (made.determination_date, made.decided_by, made.confirmed_by) == (
        DETERMINED,
        people.second_decider,
        None,
    )


def test_nobody_makes_what_another_signed(on_paper: Determination, people: "People") -> None:
    with clock.playing(DETERMINED + 31 * DAY), pytest.raises(WrongState) as refused:
        make_determination(determination=on_paper, by=people.decider)
    assert refused.value.code == "on_paper"


def test_proposer_is_neither_signer_nor_confirmer(bank: Bank, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)
    with clock.playing(DETERMINED + DAY):
        with pytest.raises(NotAllowed) as refused:
            proposed(bank, by=both, paper_date=DETERMINED, paper_signed_by=both)
        assert refused.value.code == "four_eyes"
        found = proposed(bank, by=both, paper_date=DETERMINED, paper_signed_by=people.decider)
        with pytest.raises(NotAllowed) as refused:
            confirm_determination(determination=found, by=both)
        assert refused.value.code == "four_eyes"


def test_paper_needs_both_day_and_signer(bank: Bank, people: "People") -> None:
    with clock.playing(DETERMINED + DAY):
        for given in ({"paper_date": DETERMINED}, {"paper_signed_by": people.decider}):
            with pytest.raises(Incomplete) as refused:
                proposed(bank, by=people.inspector, **given)
            assert refused.value.code == "paper"


def test_paper_can_be_confirmed_until_its_due_date(on_paper: Determination, people: "People") -> None:
    with clock.playing(DUE + DAY):
        assert to_be_confirmed_by(people.decider) == []
        assert to_be_withdrawn_by(people.inspector) == [on_paper]
        with pytest.raises(Refused) as refused:
            confirm_determination(determination=on_paper, by=people.decider)
        assert refused.value.code == "past"
    with clock.playing(DUE):
        [item] = to_be_confirmed_by(people.decider)
        assert item.possible_until == DUE
        assert to_be_withdrawn_by(people.inspector) == []
        confirm_determination(determination=on_paper, by=people.decider)
    assert RectificationOrder.objects.get().due_date == DUE


def test_everybody_of_the_bureau_may_have_signed(people: "People", clerk: User) -> None:
    people.second_decider.groups.clear()
    User.objects.filter(pk=people.second_decider.pk).update(is_active=False, is_staff=False)
    assert {people.decider, people.second_decider} <= set(staff_ever())
    assert clerk not in staff_ever()


def test_database_refuses_another_day_than_that_of_the_paper(
    on_paper: Determination, people: "People"
) -> None:
    made = {"state": "made", "made_at": clock.now(), "decided_by": people.second_decider}
    with pytest.raises(IntegrityError, match="determination_as_on_paper"), transaction.atomic():
        Determination.objects.update(**made, determination_date=DETERMINED + DAY)
