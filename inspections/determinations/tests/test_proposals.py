"""Proposed determinations: decided by another person's own act, declined, withdrawn, confirmed from paper."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition
from banks.hearings.rules import notice_on
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from conftest import make_officer
from inspections.determinations.actions.proposals import (
    declare_conflict,
    decline_determination,
    withdraw_determination,
)
from inspections.determinations.models import Determination
from inspections.determinations.queries import (
    to_be_made_by,
)
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import proposal
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DAY, DETERMINED, HEARD, at, proposed
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


def titles(person: User) -> set[str]:
    return set(Message.objects.filter(recipient=person).values_list("title", flat=True))


def test_only_a_prior_notice_follows_from_a_proposal(
    bank: Bank, clerk: User, administrator: User, open_proposal: Determination
) -> None:
    bank.refresh_from_db()
    assert open_proposal.state == DeterminationState.PROPOSED
    assert (open_proposal.determination_date, open_proposal.decided_by, open_proposal.made_at) == (
        None,
        None,
        None,
    )
    assert bank.standing == Standing.QUALIFIED
    assert not RectificationOrder.objects.exists()
    notice = notice_on(open_proposal)
    assert notice is not None
    assert Letter.objects.get() == notice.letter
    assert titles(clerk) == titles(administrator) == {"可以陈述、申辩"}


def test_day_is_that_on_which_the_decider_makes_it(open_proposal: Determination, people: "People") -> None:
    later = DETERMINED + 4 * DAY
    with clock.playing(at(later, 23, 59)):
        made = make_determination(determination=open_proposal, by=people.decider)
    order = RectificationOrder.objects.get()
    assert (made.determination_date, order.start_date) == (later, later)
    assert (made.decided_by, made.confirmed_by) == (people.decider, None)
    assert str(order.due_date) == "2025-09-08"  # the 7th is a Sunday


def test_day_is_local_after_midnight(open_proposal: Determination, people: "People") -> None:
    with clock.playing(at(dt.date(2025, 3, 8), 0, 1)):
        made = make_determination(determination=open_proposal, by=people.decider)
    assert made.determination_date == dt.date(2025, 3, 8)


def test_proposer_is_told_that_it_was_made(open_proposal: Determination, people: "People") -> None:
    with clock.playing(DETERMINED):
        make_determination(determination=open_proposal, by=people.decider)
    assert "已作出认定" in titles(people.inspector)
    assert "已作出认定" not in titles(people.decider)


def test_deciders_are_asked_and_the_proposer_is_not(bank: Bank, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)
    with clock.playing(clock.today() - HEARD):
        found = proposed(bank, by=both)
    for person in (people.decider, people.second_decider):
        assert "认定待决定" in titles(person)
        assert to_be_made_by(person) == [found]
    assert "认定待决定" not in titles(both)
    assert to_be_made_by(both) == []


def test_work_item_is_gone_after_the_decision(open_proposal: Determination, people: "People") -> None:
    with clock.playing(DETERMINED):
        assert to_be_made_by(people.decider) == [open_proposal]
        make_determination(determination=open_proposal, by=people.second_decider)
        assert to_be_made_by(people.decider) == []


def test_made_determination_is_made_once(open_proposal: Determination, people: "People") -> None:
    stale = Determination.objects.get(pk=open_proposal.pk)
    with clock.playing(DETERMINED):
        make_determination(determination=open_proposal, by=people.decider)
        with pytest.raises(WrongState):
            make_determination(determination=stale, by=people.second_decider)
        with pytest.raises(WrongState):
            decline_determination(determination=stale, by=people.second_decider, reason="不成立")
        with pytest.raises(WrongState):
            withdraw_determination(determination=stale, by=people.inspector, reason="不成立")
    assert RectificationOrder.objects.count() == 1


def test_criteria_are_judged_again(open_proposal: Determination, people: "People") -> None:
    other = make_edition("newer", dt.date(2024, 1, 1))
    open_proposal.criteria.set(other.criteria.filter(number=5))
    PolicyEdition.objects.filter(pk=other.pk).update(valid_from=dt.date(2099, 1, 1))
    with clock.playing(DETERMINED):
        assert to_be_made_by(people.decider) == []
        with pytest.raises(Refused) as refused:
            make_determination(determination=open_proposal, by=people.decider)
        assert refused.value.code == "edition"
        open_proposal.criteria.clear()
        with pytest.raises(Incomplete):
            make_determination(determination=open_proposal, by=people.decider)
    assert Determination.objects.get().state == DeterminationState.PROPOSED


def test_declared_conflict_keeps_out(open_proposal: Determination, people: "People") -> None:
    with clock.playing(DETERMINED):
        declare_conflict(determination=open_proposal, by=people.decider, reason="配偶在该行任职。")
        assert to_be_made_by(people.decider) == []
        assert to_be_made_by(people.second_decider) == [open_proposal]
        for verb in (make_determination, declare_conflict, decline_determination):
            given = {} if verb is make_determination else {"reason": "理由"}
            with pytest.raises(NotAllowed) as refused:
                verb(determination=open_proposal, by=people.decider, **given)
            assert refused.value.code == "conflict"


def test_only_who_could_decide_declares_a_conflict(
    client: Client, open_proposal: Determination, people: "People"
) -> None:
    with pytest.raises(WrongState):
        declare_conflict(determination=open_proposal, by=people.reviewer, reason="配偶在该行任职。")
    client.force_login(people.reviewer)
    assert "声明" not in client.get(case_page(open_proposal)).content.decode()


def test_declined_proposal_tells_the_proposer_why(open_proposal: Determination, people: "People") -> None:
    declined = decline_determination(determination=open_proposal, by=people.decider, reason="仅停办一日。")
    row = Message.objects.get(recipient=people.inspector, title="未作出认定")
    entry = last_transition(declined)
    assert "仅停办一日。" in row.body
    assert row.link == case_page(declined)
    assert (declined.state, declined.closed_reason) == (DeterminationState.NOT_MADE, "仅停办一日。")
    assert entry is not None
    assert (entry.verb, entry.reason) == ("decline_determination", "仅停办一日。")
    assert not RectificationOrder.objects.exists()


def test_declining_needs_reason(open_proposal: Determination, people: "People") -> None:
    with pytest.raises(Incomplete):
        decline_determination(determination=open_proposal, by=people.decider, reason=" \n")


def test_proposer_withdraws_and_proposes_again(
    open_proposal: Determination, bank: Bank, people: "People"
) -> None:
    withdrawn = withdraw_determination(determination=open_proposal, by=people.inspector, reason="补充事实。")
    assert (withdrawn.state, withdrawn.closed_reason) == (DeterminationState.WITHDRAWN, "补充事实。")
    assert "认定建议已撤回" in titles(people.decider)
    assert to_be_made_by(people.decider) == []
    assert proposed(bank, by=people.inspector).is_proposed


def test_colleague_withdraws_when_the_proposer_left(open_proposal: Determination, people: "People") -> None:
    colleague = make_officer("inspector2", Role.INSPECTOR)
    with pytest.raises(NotAllowed) as refused:
        withdraw_determination(determination=open_proposal, by=colleague, reason="重复")
    assert refused.value.code == "not_own"
    people.inspector.groups.clear()
    with clock.playing(DETERMINED):
        assert withdraw_determination(
            determination=Determination.objects.get(), by=colleague, reason="重复"
        ).state == (DeterminationState.WITHDRAWN)


def test_same_is_proposed_once(open_proposal: Determination, bank: Bank, people: "People") -> None:
    colleague = make_officer("inspector2", Role.INSPECTOR)
    with clock.playing(DETERMINED):
        with pytest.raises(WrongState) as refused:
            proposed(bank, by=colleague)
        assert refused.value.code == "open"
        assert str(people.inspector) in str(refused.value)
        other_kind = proposed(bank, by=colleague, kind=DeterminationKind.SERIOUS_BREACH, criteria=())
        assert other_kind.is_proposed


def test_proposal_of_an_ended_qualification_is_not_made(
    open_proposal: Determination, qualification: Qualification, people: "People"
) -> None:
    Qualification.objects.filter(pk=qualification.pk).update(cancelled_on=DETERMINED)
    with clock.playing(DETERMINED), pytest.raises(Refused) as refused:
        make_determination(determination=open_proposal, by=people.decider)
    assert refused.value.code == "ended"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "made"}, "determination_made_is_dated"),
        ({"determination_date": DETERMINED}, "determination_made_is_dated"),
        ({"paper_date": DETERMINED}, "determination_paper_is_whole"),
        ({"state": "withdrawn"}, "determination_closed_with_reason"),
        ({"state": "not_made"}, "determination_closed_with_reason"),
    ],
)
def test_database_refuses_halves(
    open_proposal: Determination, fields: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Determination.objects.update(**fields)


def test_database_refuses_one_person_for_both(open_proposal: Determination, people: "People") -> None:
    made = {"state": "made", "determination_date": DETERMINED, "made_at": clock.now()}
    with (
        pytest.raises(IntegrityError, match="determination_by_another_person"),
        transaction.atomic(),
    ):
        Determination.objects.update(**made, decided_by=people.inspector)
    with (
        pytest.raises(IntegrityError, match="determination_by_another_person"),
        transaction.atomic(),
    ):
        Determination.objects.update(paper_date=DETERMINED, paper_signed_by=people.inspector)


def test_database_refuses_second_open_proposal(qualification: Qualification, people: "People") -> None:
    proposal(qualification, by=people.inspector)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal(qualification, by=people.inspector)
