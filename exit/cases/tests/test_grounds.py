"""The grounds of an exit case: several join one case, and each is judged again when the case is proposed and signed."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.hearings.models import PriorNotice
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases import sweep
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from exit.cases.queries import cases, to_be_closed_by, to_be_signed_by, to_propose
from exit.cases.rules import standing_grounds, stands
from exit.cases.states import ExitState
from exit.cases.terms import Fallen
from exit.cases.tests.factories import heard_until, lapsed_order
from inspections.assessments.actions.results import revise_assessment
from inspections.assessments.models import Assessment
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import swept
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page, list_page
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

PASSING = Decimal("72.00")


def run_sweep() -> int:
    """Run the steps of assessments and of exit today; return how much was done."""
    on = clock.today()
    orders = sum(swept(name, on) for name in ("withdraw_order", "rename_order", "open_order"))
    return orders + sum(step.do(pk) for step in sweep.STEPS for pk in list(step.due(on)))


def revise(year: int, by: User, score: Decimal = PASSING) -> None:
    """Change a result on review, with a grade that its scheme gives."""
    row = Assessment.objects.get(year=year)
    revise_assessment(assessment=row, score=score, seen=row.score, reason="投诉件重复计分。", by=by)


@pytest.mark.usefixtures("failed_years")
@pytest.mark.parametrize("year", [2024, 2025])
def test_exit_is_neither_proposed_nor_signed_after_a_year_passed_on_review(
    people: "People", year: int
) -> None:
    run_sweep()
    opened = ExitCase.objects.get()
    revise(year, people.decider)
    with pytest.raises(WrongState, match="复核变更") as refused:
        propose_exit(case=opened, by=people.reviewer)
    assert refused.value.code == "no_ground"
    assert not PriorNotice.objects.exists()


def _proposed(people: "People") -> ExitCase:
    run_sweep()
    return propose_exit(case=ExitCase.objects.get(), by=people.reviewer)


@pytest.mark.usefixtures("failed_years")
def test_signing_is_refused_at_once_and_no_letter_states_the_ground(bank: Bank, people: "People") -> None:
    case = _proposed(people)
    with clock.playing(heard_until(case)):
        revise(2025, people.second_decider)
        with pytest.raises(WrongState) as refused:
            sign_exit(case=case, by=people.decider)
    assert refused.value.code == "no_ground"
    case.refresh_from_db()
    bank.refresh_from_db()
    assert (case.state, bank.standing) == (ExitState.PROPOSED, Standing.UNDER_RECTIFICATION)
    assert not Letter.objects.filter(kind="exit_notice").exists()


def test_sweep_withdraws_the_order_ends_the_ground_and_tells_bank_and_officers(
    failed_years: RectificationOrder, bank: Bank, people: "People", administrator: User
) -> None:
    case = _proposed(people)
    revise(2025, people.second_decider)

    assert (run_sweep(), run_sweep()) == (2, 0)

    failed_years.refresh_from_db()
    bank.refresh_from_db()
    ground = case.grounds.get()
    assert (failed_years.state, bank.standing) == (OrderState.WITHDRAWN, Standing.QUALIFIED)
    assert (ground.ended_why, ground.is_ended) == (Fallen.YEARS, True)
    entry = Entry.objects.get(verb="end_exit_ground")
    assert (entry.actor, entry.subject_id, entry.to_state) == (None, case.pk, "")
    for person in (people.inspector, people.decider, people.reviewer):
        assert Message.objects.filter(recipient=person, key=f"exit:{case.pk}:ended:{ground.pk}").count() == 1
    told = Message.objects.get(recipient=administrator, key=f"exit:{case.pk}:ended:{ground.pk}")
    assert "考核结果经复核变更" in told.body
    assert people.second_decider.name not in told.body
    assert Message.objects.filter(
        recipient=administrator, key=f"rectification:{failed_years.pk}:withdrawn"
    ).exists()
    assert ExitCase.objects.get().state == ExitState.PROPOSED


@pytest.mark.usefixtures("failed_years")
def test_person_closes_the_case_with_a_letter_to_the_bank_that_had_a_notice(people: "People") -> None:
    case = _proposed(people)
    revise(2025, people.second_decider)
    assert (to_propose(), to_be_signed_by(people.decider)) == ([], [])
    assert to_be_closed_by(people.decider) == [case]
    close_exit_case(case=case, by=people.decider, reason="2025年度考核结果经复核变更。")
    letter = Letter.objects.get(kind="exit_dropped")
    text = str(letter.data)
    assert "2025年度考核结果经复核变更。" in text
    assert "不再作出该退出处理" in text
    assert str(PriorNotice.objects.get().letter) in text
    assert to_be_closed_by(people.decider) == []


@pytest.mark.usefixtures("failed_years")
def test_closing_a_case_of_which_the_bank_had_no_notice_signs_no_letter(people: "People") -> None:
    run_sweep()
    close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="依据不再成立。")
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("failed_years")
def test_ground_that_fell_between_two_sweeps_falls_and_returns_with_the_facts(people: "People") -> None:
    run_sweep()
    case = ExitCase.objects.get()
    revise(2025, people.decider)
    assert not standing_grounds(cases().get())
    revise(2025, people.second_decider, Decimal("50.00"))
    assert [ground.pk for ground in standing_grounds(cases().get())] == [case.grounds.get().pk]
    assert run_sweep() == 0


@pytest.mark.usefixtures("failed_years")
def test_years_failing_again_after_the_sweep_get_a_new_order_and_not_the_old_ground(
    people: "People",
) -> None:
    run_sweep()
    revise(2025, people.decider)
    run_sweep()
    revise(2025, people.second_decider, Decimal("50.00"))
    run_sweep()
    orders = RectificationOrder.objects.order_by("pk").values_list("state", flat=True)
    assert list(orders) == [OrderState.WITHDRAWN, OrderState.AWAITING_DEADLINE]
    assert not standing_grounds(cases().get())


@pytest.mark.parametrize("kind", [DeterminationKind.SERIOUS_BREACH, DeterminationKind.CRITERIA_NOT_MET])
def test_ground_falls_with_its_determination(
    qualification: Qualification, people: "People", kind: DeterminationKind
) -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider, kind=kind)
    if kind == DeterminationKind.SERIOUS_BREACH:
        open_exit_case(determination=found, by=people.inspector)
    else:
        lapsed_order(found)
        run_sweep()
    ground = ExitCase.objects.get().grounds.get()
    assert stands(ground)
    Determination.objects.filter(pk=found.pk).update(
        state=DeterminationState.WITHDRAWN,
        closed_reason="认定有误",
        decided_by=None,
        determination_date=None,
        made_at=None,
    )
    ground = ExitCase.objects.get().grounds.get()
    assert stands(ground).reasons[0].code == Fallen.DETERMINATION


@pytest.mark.parametrize("state", [OrderState.SET_ASIDE, OrderState.WITHDRAWN, OrderState.ACCEPTED])
def test_ground_falls_with_its_order(
    failed_years: RectificationOrder, people: "People", state: OrderState
) -> None:
    run_sweep()
    RectificationOrder.objects.filter(pk=failed_years.pk).update(state=state)
    ground = ExitCase.objects.get().grounds.get()
    assert stands(ground).reasons[0].code == Fallen.ORDER


@pytest.mark.usefixtures("failed_years")
def test_pages_say_what_changed_when_and_by_whom(client: Client, people: "People") -> None:
    case = _proposed(people)
    revise(2025, people.second_decider)
    client.force_login(people.decider)
    listed = client.get(list_page(ExitCase)).content.decode()
    assert "已无依据：请办结" in listed
    for page in (case_page(case), action_page(case, sign_exit)):
        shown = client.get(page).content.decode()
        assert "本办件的依据已变更" in shown
        assert f"{people.second_decider}复核变更考核结果" in shown
        assert "72.00" in shown
        assert "投诉件重复计分" in shown
    assert "自本函" not in shown
    assert "告知你行退出发卡资格" not in shown


@pytest.mark.usefixtures("failed_years")
def test_bank_reads_that_the_ground_is_gone_but_no_name(
    client: Client, people: "People", administrator: User
) -> None:
    case = _proposed(people)
    revise(2025, people.second_decider)
    client.force_login(administrator)
    shown = client.get(reverse("exit:case", args=[case.pk])).content.decode()
    assert "考核结果经复核变更" in shown
    assert people.second_decider.name not in shown
    assert "72.00" not in shown
