"""A workbook of banks in every standing, taken over, judged clean, and swept over the months that follow."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.hearings.actions import answer_statement
from banks.hearings.models import PriorNotice
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.models import ExitCase
from exit.cases.queries import to_be_signed_by, to_propose
from exit.cases.states import ExitState
from exit.takeover.checks.plan import plan_of
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.models import Takeover
from exit.takeover.states import TakeoverState
from exit.takeover.tests.workbooks import GO_LIVE, code, every_standing, taken_over, workbook
from inspections.assessments.actions.orders import open_orders_after_failing_years
from inspections.assessments.models import Assessment
from inspections.assessments.queries import to_be_opened_by_a_person, years_to_assess
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import to_be_confirmed_as_lapsed
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import DAY
from inspections.schemes.tests.factories import published
from inspections.verification.tests.factories import accepted
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.base.notices.models import Message
from zsbank.base.refusals import WrongState
from zsbank.site.operations import integrity, runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
STANDINGS = {
    1: Standing.APPLICANT,
    2: Standing.QUALIFIED,
    3: Standing.UNDER_RECTIFICATION,
    4: Standing.UNDER_RECTIFICATION,
    5: Standing.UNDER_RECTIFICATION,
    6: Standing.LOCKED_OUT,
    7: Standing.EXITED,
    8: Standing.LOCKED_OUT,
    9: Standing.APPLICANT,
    10: Standing.QUALIFIED,
    11: Standing.QUALIFIED,
    12: Standing.UNDER_RECTIFICATION,
    13: Standing.LOCKED_OUT,
    14: Standing.QUALIFIED,
    15: Standing.QUALIFIED,
    16: Standing.UNDER_RECTIFICATION,
    17: Standing.QUALIFIED,
    18: Standing.UNDER_RECTIFICATION,
}


def of(number: int) -> Bank:
    """The bank of a number."""
    return Bank.objects.get(uscc=code(number))


def order_of(number: int) -> RectificationOrder:
    """Its order."""
    return RectificationOrder.objects.get(bank__uscc=code(number))


def standings() -> dict[int, str]:
    """The standings of all banks, by number."""
    return {number: of(number).standing for number in STANDINGS}


def found(on: dt.date) -> list[str]:
    """The findings of the integrity check on a day, apart from letters without a file."""
    run_deferred_triggers()
    with clock.playing(on):
        return [line for line in integrity.findings() if "letters.letter" not in line]


def swept(on: dt.date) -> None:
    """Run the whole sweep as of a day."""
    with clock.playing(on):
        runner.run()


@pytest.fixture
def takeover(people: "People") -> Takeover:
    """The workbook, taken over on the day of go-live."""
    return taken_over(people, workbook(**every_standing()))


def test_every_bank_is_what_the_preview_said_and_judged_clean(people: "People") -> None:
    content = workbook(**every_standing())
    with clock.playing(GO_LIVE):
        plan = plan_of(read_workbook(content, "接续.xlsx"))
    assert plan.faults == []
    assert {place + 1: one.standing for place, one in enumerate(plan.banks)} == STANDINGS

    takeover = taken_over(people, content)
    assert takeover.state == TakeoverState.CONFIRMED
    assert standings() == STANDINGS
    assert found(GO_LIVE) == []
    assert found(GO_LIVE + DAY) == []


def test_clocks_run_from_the_real_dates(takeover: Takeover) -> None:
    assert (order_of(3).start_date, order_of(3).due_date) == (dt.date(2026, 1, 12), dt.date(2026, 7, 13))
    assert order_of(4).due_date == dt.date(2026, 6, 1)
    assert order_of(5).due_date == dt.date(2026, 1, 4)
    assert order_of(12).due_date == dt.date(2026, 5, 29)
    assert [of(number).bar_last_day for number in (6, 8, 9)] == [
        dt.date(2029, 3, 1),
        dt.date(2026, 4, 10),
        dt.date(2024, 2, 28),
    ]
    assert of(9).standing == Standing.APPLICANT
    released = Entry.objects.get(verb="release", subject_id=of(9).pk)
    assert released.effective_on == dt.date(2024, 2, 29)


def test_everything_is_marked_for_good(takeover: Takeover) -> None:
    assert not Bank.objects.filter(taken_over_on=None).exists()
    for rows in (Qualification, RectificationOrder, Assessment, ExitCase):
        assert not rows.objects.filter(paper=None).exists()
    assert {one.takeover_number for one in PaperLetter.objects.all()} == {takeover.case_number}
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {
        "take_over_bank",
        "take_over_letter",
        "take_over_qualification",
        "take_over_end",
        "take_over_outlets",
        "take_over_member",
        "take_over_determination",
        "take_over_order",
        "take_over_result",
        "take_over_exit",
        "take_over_open_exit",
        "take_over_prior_notice",
        "confirm_takeover",
    }
    assert order_of(3).paper is not None
    assert str(order_of(3).paper) == "示例整改〔2020〕3号 2026-01-12"


def test_what_is_due_already_is_listed_and_left_to_a_person(takeover: Takeover, people: "People") -> None:
    entry = Entry.objects.get(verb="confirm_takeover")
    due = "\n".join(entry.data["due_already"])
    for words in ("示例接续银行5", "示例接续银行9", "示例接续银行10", "示例接续银行14"):
        assert words in due
    for words in ("示例接续银行3：", "示例接续银行11"):
        assert words not in due
    assert "示例接续银行5" in Message.objects.get(recipient=people.intake, key__contains="confirmed").body


def test_nothing_lapses_in_silence(takeover: Takeover, people: "People") -> None:
    for days in (0, 1, 40):
        swept(GO_LIVE + days * DAY)
    late = order_of(5)
    assert late.state == OrderState.OPEN
    assert not RectificationOrder.objects.filter(bank=of(10)).exists()
    with clock.playing(GO_LIVE + 40 * DAY):
        assert list(to_be_confirmed_as_lapsed()) == [late]
        assert [held.bank for held in to_be_opened_by_a_person()] == [of(10)]
        with pytest.raises(WrongState):
            lapse(order=late, by=None)
        lapse(order=late, by=people.inspector)
        open_orders_after_failing_years(qualification=of(10).qualifications.get(), by=people.assessor)
    late.refresh_from_db()
    assert (late.state, late.closed_on) == (OrderState.LAPSED, dt.date(2026, 1, 5))
    swept(GO_LIVE + 40 * DAY)
    assert ExitCase.objects.get(grounds__order=late).state == ExitState.OPENED
    opened = order_of(10)
    assert (opened.state, opened.assessed_year) == (OrderState.AWAITING_DEADLINE, 2025)
    assert opened.start_date == GO_LIVE + 40 * DAY
    assert found(GO_LIVE + 40 * DAY) == []


def test_sweeps_of_the_months_that_follow_do_the_right_things(takeover: Takeover, people: "People") -> None:
    swept(GO_LIVE + DAY)
    assert of(7).standing == Standing.LOCKED_OUT
    swept(dt.date(2026, 4, 10))
    assert of(8).standing == Standing.LOCKED_OUT
    swept(dt.date(2026, 4, 11))
    assert of(8).standing == Standing.APPLICANT
    swept(dt.date(2026, 5, 29))
    assert order_of(12).state == OrderState.OPEN
    swept(dt.date(2026, 5, 30))
    assert order_of(12).state == OrderState.LAPSED
    swept(dt.date(2026, 7, 13))
    assert order_of(3).state == OrderState.OPEN
    swept(dt.date(2026, 7, 14))
    assert order_of(3).state == OrderState.LAPSED
    assert set(ExitCase.objects.exclude(grounds__order=None).values_list("bank__uscc", flat=True)) == {
        code(3),
        code(12),
        code(13),
        code(16),
        code(18),
    }
    assert order_of(4).state == OrderState.REPORTED
    with clock.playing(dt.date(2026, 7, 14)):
        accepted(order_of(4), people)
    assert of(4).standing == Standing.QUALIFIED
    with clock.playing(dt.date(2026, 7, 14)):
        propose_exit(case=ExitCase.objects.get(bank=of(14)), by=people.inspector)
    assert found(dt.date(2026, 7, 14)) == []


def test_exits_under_way_go_on_at_their_step(takeover: Takeover, people: "People") -> None:
    swept(GO_LIVE + DAY)
    with clock.playing(GO_LIVE + DAY):
        waiting = [case.bank for case in to_propose()]
        assert waiting == [of(number) for number in (14, 16, 17, 18)]
        for number in (16, 17, 18):
            propose_exit(case=ExitCase.objects.get(bank=of(number)), by=people.inspector)
        assert PriorNotice.objects.filter(letter__isnull=False).get().bank == of(16)
        assert list(to_be_signed_by(people.decider)) == []
        answer_statement(notice=PriorNotice.objects.get(bank=of(18)), text="示例答复。", by=people.reviewer)
        assert [case.bank for case in to_be_signed_by(people.decider)] == [of(18)]
    with clock.playing(dt.date(2026, 3, 20)):
        assert [case.bank for case in to_be_signed_by(people.decider)] == [of(17), of(18)]
        for number in (17, 18):
            sign_exit(case=ExitCase.objects.get(bank=of(number)), by=people.decider)
    assert of(17).bar_last_day == dt.date(2031, 3, 20)
    assert order_of(18).state == OrderState.ENDED
    assert [line for line in found(dt.date(2026, 3, 20)) if "mailed" not in line] == []


def test_bank_that_was_qualified_twice_has_both(takeover: Takeover) -> None:
    held = of(15).qualifications.order_by("effective_from")
    assert [one.cancelled_on for one in held] == [dt.date(2010, 9, 1), None]
    assert [one.year for one in held[0].assessments.all()] == [2006]
    released = Entry.objects.get(verb="release", subject_id=of(15).pk)
    assert released.effective_on == dt.date(2015, 9, 2)


def test_exit_on_a_lapsed_order_names_it(takeover: Takeover) -> None:
    case = ExitCase.objects.get(bank=of(13))
    assert case.grounds.get().order == order_of(13)
    assert (case.state, order_of(13).state) == (ExitState.SIGNED, OrderState.ENDED)


def test_years_before_the_takeover_are_not_asked_for(takeover: Takeover) -> None:
    for year in range(2020, 2026):
        published(year)
    with clock.playing(GO_LIVE):
        assert [year for year, _n in years_to_assess()] == [2025]
