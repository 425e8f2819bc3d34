"""A lapsed order leads to one case with a drafted notice, and no letter."""

from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases import sweep
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import open_for_lapsed_order
from exit.cases.models import ExitCase, Ground
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import filed, lapsed_assessment_order, lapsed_order
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar import clock
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    return qualified(bank, people.decider, clock.today())


@pytest.fixture
def lapsed(qualification: Qualification, people: "People") -> RectificationOrder:
    kind = DeterminationKind.SERIOUS_DEFAULT
    return lapsed_order(
        determination(qualification, by=people.inspector, decided_by=people.decider, kind=kind)
    )


def _sweep() -> int:
    return sum(step.do(pk) for step in sweep.STEPS for pk in list(step.due(clock.today())))


def test_lapsed_order_opens_case_with_drafted_notice(
    lapsed: RectificationOrder, bank: Bank, people: "People"
) -> None:
    assert _sweep() == 1
    case = ExitCase.objects.get()
    ground = case.grounds.get()
    assert (case.state, ground.kind, ground.order, case.opened_by) == (
        ExitState.OPENED,
        ExitGround.RECTIFICATION_FAILED,
        lapsed,
        None,
    )
    assert case.draft is not None
    assert LetterData.from_json(case.draft).kind == "exit_notice"
    assert not Letter.objects.exists()
    bank.refresh_from_db()
    assert bank.standing == Standing.UNDER_RECTIFICATION
    assert Message.objects.filter(recipient=people.inspector, key=f"exit:{case.pk}:opened").count() == 1


def test_lapsed_assessment_order_has_its_own_ground(qualification: Qualification) -> None:
    lapsed_assessment_order(qualification)
    assert _sweep() == 1
    assert Ground.objects.get().kind == ExitGround.ASSESSMENT_FAILED


@pytest.mark.usefixtures("lapsed")
def test_second_sweep_changes_nothing() -> None:
    assert (_sweep(), _sweep()) == (1, 0)
    assert ExitCase.objects.count() == 1


def test_concurrent_sweep_opens_one_case(lapsed: RectificationOrder) -> None:
    once = by_clock(open_for_lapsed_order, RectificationOrder)
    assert [once(lapsed.pk), once(lapsed.pk)] == [True, False]


def test_lapsed_order_joins_the_open_case(
    lapsed: RectificationOrder, qualification: Qualification, administrator: User
) -> None:
    own = filed(qualification, administrator)
    assert (_sweep(), _sweep()) == (1, 0)
    case = ExitCase.objects.get()
    assert case == own
    assert [ground.kind for ground in case.grounds.all()] == [
        ExitGround.VOLUNTARY,
        ExitGround.RECTIFICATION_FAILED,
    ]


@pytest.mark.usefixtures("lapsed")
def test_closed_case_is_not_reopened(people: "People") -> None:
    _sweep()
    close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="考核结果已更正")
    assert _sweep() == 0


def test_closing_case_sets_lapsed_order_aside(
    lapsed: RectificationOrder, bank: Bank, people: "People"
) -> None:
    _sweep()
    close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="认定有误")
    lapsed.refresh_from_db()
    assert lapsed.state == OrderState.SET_ASIDE
    bank.refresh_from_db()
    assert bank.standing == Standing.QUALIFIED


def test_closing_case_sets_aside_all_lapsed_orders_that_joined(
    lapsed: RectificationOrder, bank: Bank, people: "People"
) -> None:
    lapsed_assessment_order(lapsed.qualification)
    assert _sweep() == 2
    close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="认定有误")
    bank.refresh_from_db()
    assert bank.standing == Standing.QUALIFIED
    states = RectificationOrder.objects.values_list("state", flat=True)
    assert set(states) == {OrderState.SET_ASIDE}
    assert _sweep() == 0


@pytest.mark.usefixtures("lapsed")
def test_exited_bank_gets_no_case(
    qualification: Qualification, administrator: User, people: "People"
) -> None:
    own = propose_exit(case=filed(qualification, administrator), by=people.reviewer)
    sign_exit(case=own, by=people.decider)
    assert _sweep() == 0
