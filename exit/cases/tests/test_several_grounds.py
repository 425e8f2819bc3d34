"""Several grounds on one exit case: joined, each told, each judged, one letter."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.hearings.models import PriorNotice
from banks.register.models import Qualification
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case, withdraw_exit_application
from exit.cases.models import ExitCase
from exit.cases.rules import standing_grounds
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import filed, heard_until, lapsed_assessment_order
from inspections.determinations.tests.factories import determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.facts import facts_match_journal
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People
from exit.cases.tests.test_grounds import _proposed, revise, run_sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def both(failed_years: RectificationOrder, administrator: User) -> ExitCase:
    """The bank asked to leave; the same night its order lapsed."""
    case = filed(failed_years.qualification, administrator)
    run_sweep()
    case.refresh_from_db()
    return case


def test_order_that_lapses_the_same_night_joins_the_banks_own_case(both: ExitCase) -> None:
    assert ExitCase.objects.get() == both
    assert [ground.kind for ground in standing_grounds(both)] == [
        ExitGround.VOLUNTARY,
        ExitGround.ASSESSMENT_FAILED,
    ]
    assert both.state == ExitState.OPENED
    assert both.draft is not None


def test_letter_and_notice_state_both_grounds_and_the_order_ends_with_the_exit(
    both: ExitCase, failed_years: RectificationOrder, people: "People"
) -> None:
    case = propose_exit(case=both, by=people.reviewer)
    notice = str(PriorNotice.objects.get().letter.data)  # type: ignore[union-attr]
    assert "（二）第3项" in notice
    assert "（一）规定" not in notice
    with pytest.raises(Incomplete):
        sign_exit(case=case, by=people.decider)
    with clock.playing(heard_until(case)):
        case = sign_exit(case=case, by=people.decider)
    assert case.letter is not None
    text = "\n".join(paragraph["text"] for paragraph in case.letter.data["paragraphs"])
    assert case.letter.kind == "exit_notice"
    for words in (
        "（一）、（二）第3项",
        "同意你行终止社保卡合作的申请",
        "提交终止社保卡合作书面申请",
        "2024年度、2025年度",
    ):
        assert words in text
    failed_years.refresh_from_db()
    assert failed_years.state == OrderState.ENDED


def test_ground_that_joins_a_proposed_case_sends_it_back_for_a_notice(
    failed_years: RectificationOrder, administrator: User, people: "People"
) -> None:
    case = propose_exit(case=filed(failed_years.qualification, administrator), by=people.reviewer)
    run_sweep()
    with pytest.raises(WrongState):
        sign_exit(case=case, by=people.decider)
    case.refresh_from_db()
    assert case.state == ExitState.OPENED
    entry = Entry.objects.get(verb="send_back_exit")
    assert (entry.from_state, entry.to_state) == (ExitState.PROPOSED, ExitState.OPENED)
    case = propose_exit(case=case, by=people.inspector)
    assert PriorNotice.objects.get().case_id == case.pk


def test_further_adverse_ground_gets_a_further_notice_that_states_both(
    failed_years: RectificationOrder, people: "People"
) -> None:
    case = _proposed(people)
    found = determination(failed_years.qualification, by=people.inspector, decided_by=people.second_decider)
    assert open_exit_case(determination=found, by=people.inspector) == case
    case = propose_exit(case=ExitCase.objects.get(), by=people.reviewer)
    first, second = PriorNotice.objects.order_by("sequence")
    assert (first.sequence, second.sequence) == (1, 2)
    assert found.facts in str(second.letter.data)  # type: ignore[union-attr]
    assert "2024年度" in str(second.letter.data)  # type: ignore[union-attr]
    assert {ground.notice_id for ground in case.grounds.all()} == {second.pk}


def test_withdrawing_the_own_wish_leaves_the_other_ground(
    both: ExitCase, administrator: User, people: "People"
) -> None:
    case = withdraw_exit_application(case=both, by=administrator)
    assert case.state == ExitState.OPENED
    (left,) = standing_grounds(case)
    assert left.kind == ExitGround.ASSESSMENT_FAILED
    case = propose_exit(case=ExitCase.objects.get(), by=people.reviewer)
    assert case.draft is not None
    assert "同意" not in str(case.draft)
    with pytest.raises(WrongState):
        withdraw_exit_application(case=case, by=administrator)


def test_other_ground_falls_and_consent_alone_is_signed(
    both: ExitCase, failed_years: RectificationOrder, people: "People"
) -> None:
    case = propose_exit(case=both, by=people.reviewer)
    revise(2025, people.second_decider)
    run_sweep()
    case = sign_exit(case=ExitCase.objects.get(pk=case.pk), by=people.decider)
    assert case.letter is not None
    assert case.letter.kind == "exit_consent"
    assert "考核" not in str(case.letter.data["paragraphs"])


def test_bank_applies_into_the_case_that_the_bureau_opened_once(
    failed_years: RectificationOrder, administrator: User
) -> None:
    run_sweep()
    case = filed(failed_years.qualification, administrator)
    assert case == ExitCase.objects.get()
    with pytest.raises(Refused) as refused:
        filed(failed_years.qualification, administrator)
    assert refused.value.code == "open"
    withdraw_exit_application(case=case, by=administrator)
    assert filed(failed_years.qualification, administrator) == case


def test_portal_shows_both_grounds(client: Client, both: ExitCase, administrator: User) -> None:
    client.force_login(administrator)
    for address in (reverse("exit:case", args=[both.pk]), reverse("exit:standing"), "/"):
        shown = client.get(address).content.decode()
        assert "自行提出" in shown, address
        assert "连续两年不合格" in shown, address


def test_letter_drafted_anew_for_a_ground_that_joined_is_in_the_journal(
    qualification: Qualification, administrator: User, people: "People"
) -> None:
    """Found by random lives: the draft of the proposal had a fact, the one after it had none."""
    propose_exit(case=filed(qualification, administrator), by=people.reviewer)
    before = ExitCase.objects.get().draft
    lapsed_assessment_order(qualification)
    assert run_sweep() == 1
    assert ExitCase.objects.get().draft != before
    assert [line for line in facts_match_journal() if "draft" in line] == []
