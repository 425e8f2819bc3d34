"""The hearing of a bank before a determination is made: notice, statement, answer, letters, and what is refused."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.queries import to_be_answered_by
from banks.hearings.rules import notice_on
from banks.register.models import Bank, Qualification
from inspections.determinations.actions.proposals import (
    decline_determination,
    void_proposals,
    withdraw_determination,
)
from inspections.determinations.models import Determination
from inspections.determinations.queries import to_be_made_by, to_be_withdrawn_by
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.rectification.actions.determinations import confirm_determination, make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DETERMINED, HEARD, proposed
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import list_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]
GIVEN = dt.date(2025, 3, 3)
LAST, AFTER = dt.date(2025, 3, 10), dt.date(2025, 3, 11)
"""A Monday, the fifth working day after it, and the day on which a decider may decide if the bank was silent."""


@pytest.fixture
def proposal(bank: Bank, clerk: User, people: "People") -> Determination:
    """What the inspector proposed on `GIVEN`; the clerk has the prior notice."""
    with clock.playing(GIVEN):
        return proposed(bank, by=people.inspector)


def notice_of(determination: Determination) -> PriorNotice:
    notice = notice_on(determination)
    assert notice is not None
    return notice


def stated(determination: Determination, clerk: User, on: dt.date = GIVEN) -> PriorNotice:
    with clock.playing(on):
        return state_case(notice=notice_of(determination), text="仅停办一日，已公告。", by=clerk)


def text_of(letter: Letter | None) -> str:
    assert letter is not None
    return str(letter.data)


def test_bank_has_its_days_before_a_decider_decides(proposal: Determination, people: "People") -> None:
    notice = notice_of(proposal)
    assert (notice.told_on, notice.due_date) == (GIVEN, LAST)
    with clock.playing(LAST):
        assert to_be_made_by(people.decider) == []
        with pytest.raises(Incomplete) as refused:
            make_determination(determination=proposal, by=people.decider)
        assert refused.value.code == "not_over"
    assert not RectificationOrder.objects.exists()
    with clock.playing(AFTER):
        assert to_be_made_by(people.decider) == [proposal]
        made = make_determination(determination=proposal, by=people.decider)
    assert made.determination_date == RectificationOrder.objects.get().start_date == AFTER


def test_statement_is_answered_by_another_before_it_is_made(
    proposal: Determination, people: "People", clerk: User
) -> None:
    notice = stated(proposal, clerk)
    with clock.playing(AFTER):
        assert to_be_made_by(people.decider) == []
        with pytest.raises(Incomplete) as refused:
            make_determination(determination=proposal, by=people.decider)
        assert refused.value.code == "not_answered"
        assert to_be_answered_by(people.inspector) == []
        with pytest.raises(NotAllowed) as not_allowed:
            answer_statement(notice=notice, text="经复核属实。", by=people.inspector)
        assert not_allowed.value.code == "four_eyes"
        assert to_be_answered_by(people.reviewer) == [notice]


def test_answered_statement_ends_the_hearing_at_once(
    proposal: Determination, people: "People", clerk: User
) -> None:
    notice = stated(proposal, clerk)
    with clock.playing(GIVEN):
        answer_statement(notice=notice, text="经复核属实。", by=people.reviewer)
        made = make_determination(determination=proposal, by=people.decider)
    text = text_of(made.letter)
    assert "你行于2025年3月3日提出陈述、申辩，我局已进行复核并于2025年3月3日答复你行。" in text
    assert notice.number in text


def test_letter_says_facts_criteria_basis_and_consequence(proposal: Determination, people: "People") -> None:
    with clock.playing(AFTER):
        made = make_determination(determination=proposal, by=people.decider)
    assert made.letter is not None
    assert (made.letter.kind, made.letter.signed_by) == ("determination", people.decider)
    text = text_of(made.letter)
    for words in (
        proposal.facts,
        proposal.criteria.get().official_text.strip(),
        "（二）第2项",
        "认定之日为2025年3月11日",
        "你行在规定期限内未提出陈述、申辩",
        "自认定之日起6个月内完成整改",
    ):
        assert words in text, words
    assert str(made.letter) in text_of(RectificationOrder.objects.get().letter)


def test_bank_is_told_that_it_was_made(proposal: Determination, people: "People", clerk: User) -> None:
    with clock.playing(AFTER):
        made = make_determination(determination=proposal, by=people.decider)
    told = Message.objects.get(recipient=clerk, title="市人社局已作出认定")
    assert str(made.letter) in told.body
    assert told.link == reverse("inspections:determination", args=[made.pk])


@pytest.mark.parametrize("verb", [decline_determination, withdraw_determination])
def test_bank_is_told_by_letter_that_it_is_not_made(
    proposal: Determination,
    people: "People",
    clerk: User,
    verb: Action[..., Determination],
) -> None:
    by = people.decider if verb is decline_determination else people.inspector
    with clock.playing(GIVEN):
        verb(determination=proposal, by=by, reason="仅停办一日，已公告。")
    letter = Letter.objects.get(kind="determination_dropped")
    assert letter.signed_by == by
    text = text_of(letter)
    assert notice_of(proposal).number in text
    assert "仅停办一日，已公告。" in text
    told = Message.objects.get(recipient=clerk, title="市人社局不作出认定")
    assert str(letter) in told.body


def test_end_of_the_qualification_needs_no_further_letter(
    proposal: Determination, qualification: Qualification, people: "People"
) -> None:
    with clock.playing(GIVEN), inside(Verb.SIGN_EXIT, people.decider):
        void_proposals(qualification=qualification, by=people.decider, reason="退出")
    assert Determination.objects.get().state == DeterminationState.WITHDRAWN
    assert [letter.kind for letter in Letter.objects.all()] == ["prior_notice"]


def test_proposal_without_notice_can_only_be_withdrawn(proposal: Determination, people: "People") -> None:
    PriorNotice.objects.all().delete()
    with clock.playing(DETERMINED + HEARD):
        assert to_be_made_by(people.decider) == []
        assert to_be_withdrawn_by(people.inspector) == [proposal]
        with pytest.raises(Incomplete) as refused:
            make_determination(determination=proposal, by=people.decider)
        assert refused.value.code == "not_told"
        withdraw_determination(determination=proposal, by=people.inspector, reason="重新提出")
    assert not Letter.objects.filter(kind="determination_dropped").exists()


def test_letter_is_not_signed_on_facts_that_were_changed(proposal: Determination, people: "People") -> None:
    rows = Determination.objects.filter(pk=proposal.pk)
    rows.update(facts="三乡支行停止受理全部业务。")
    with clock.playing(AFTER):
        with pytest.raises(Refused) as refused:
            make_determination(determination=rows.get(), by=people.decider)
        assert refused.value.code == "contradicted"
        assert not Letter.objects.filter(kind="determination").exists()
        rows.update(facts=proposal.facts)
        assert make_determination(determination=rows.get(), by=people.decider).letter


def test_decision_does_not_rest_on_a_statement_that_was_changed(
    proposal: Determination, people: "People", clerk: User
) -> None:
    notice = stated(proposal, clerk)
    with clock.playing(AFTER):
        answer_statement(notice=notice, text="经复核属实。", by=people.reviewer)
        PriorNotice.objects.update(statement="无异议。")
        with pytest.raises(Refused) as refused:
            make_determination(determination=proposal, by=people.decider)
    assert refused.value.code == "contradicted"


def test_paper_is_not_heard_again(on_paper: Determination, people: "People") -> None:
    assert notice_on(on_paper) is None
    with clock.playing(DETERMINED + HEARD * 2):
        confirmed = confirm_determination(determination=on_paper, by=people.decider)
    assert confirmed.letter is None
    assert [letter.kind for letter in Letter.objects.all()] == ["rectification_order"]


def test_bank_reads_what_it_knows_and_nothing_else(
    client: Client, proposal: Determination, on_paper: Determination, clerk: User, stranger: User
) -> None:
    def status(of: Determination, name: str = "determination") -> int:
        answer = client.get(reverse(f"inspections:{name}", args=[of.pk]))
        assert not answer.streaming or b"".join(answer)
        return answer.status_code

    client.force_login(clerk)
    page = client.get(reverse("inspections:determination", args=[proposal.pk])).content.decode()
    assert proposal.facts in page
    assert notice_of(proposal).number in page
    assert status(proposal, "determination_document") == 200
    assert (status(on_paper), status(on_paper, "determination_document")) == (404, 404)
    client.force_login(stranger)
    assert (status(proposal), status(proposal, "determination_document")) == (404, 404)


def test_notice_on_which_the_bank_was_silent_is_not_overdue(
    client: Client, proposal: Determination, people: "People"
) -> None:
    client.force_login(people.reviewer)
    with clock.playing(LAST):
        assert LAST.isoformat() in client.get(list_page(PriorNotice)).content.decode()
    with clock.playing(AFTER):
        page = client.get(list_page(PriorNotice)).content.decode()
    assert proposal.bank.name in page
    assert LAST.isoformat() not in page
    assert "逾期" not in page


def test_home_leads_to_the_hearing_and_then_to_the_case(
    client: Client, proposal: Determination, clerk: User
) -> None:
    client.force_login(clerk)
    with clock.playing(LAST):
        home = client.get("/").content.decode()
        assert reverse("banks:notice", args=[notice_of(proposal).pk]) in home
    with clock.playing(AFTER):
        home = client.get("/").content.decode()
        assert reverse("inspections:determination", args=[proposal.pk]) in home
        assert "决定是否作出认定" in home


def test_serious_breach_names_its_effects(bank: Bank, people: "People") -> None:
    both = [BreachEffect.ECONOMIC_LOSS, BreachEffect.SOCIAL_EFFECT]
    breach = DeterminationKind.SERIOUS_BREACH
    with clock.playing(GIVEN):
        with pytest.raises(Incomplete) as refused:
            proposed(bank, by=people.inspector, kind=breach, criteria=(), effects=[])
        assert refused.value.code == "effects"
        found = proposed(bank, by=people.inspector, kind=breach, criteria=(), effects=both)
    assert found.effects == ["economic_loss", "social_effect"]
    with clock.playing(AFTER):
        made = make_determination(determination=found, by=people.decider)
    text = text_of(made.letter)
    assert "严重违反合作协议、造成重大经济损失、产生不良社会影响" in text
    assert "（二）第1项" in text
    assert "整改" not in text


def test_other_kinds_name_no_effects(bank: Bank, people: "People") -> None:
    with clock.playing(GIVEN), pytest.raises(Refused) as refused:
        proposed(bank, by=people.inspector, effects=[BreachEffect.SAFETY_ACCIDENT])
    assert refused.value.code == "effects"
    assert not Determination.objects.exists()
