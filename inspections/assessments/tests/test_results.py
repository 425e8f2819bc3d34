"""The page on which the results of a year are recorded: all rows or none, reasons at their rows, constant queries."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.register.models import Bank, Qualification
from banks.tests.factories import make_bank
from inspections.assessments.actions.results import finalise_assessment, record_assessments
from inspections.assessments.models import Assessment
from inspections.assessments.queries import years_to_assess
from inspections.assessments.tests.factories import PASSING, result_of, scheme
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, RowsRefused

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
YEAR = 2025
PAGE = f"/admin/inspections/assessment/results/{YEAR}/"


def make_qualified(count: int, *, before: int = 0, since: dt.date = dt.date(2023, 1, 9)) -> list[Bank]:
    """Banks with a qualification, as rows."""
    made = [make_bank(f"示例银行{n:03}", f"TEST{n:014d}") for n in range(before, before + count)]
    Qualification.objects.bulk_create(
        Qualification(bank=bank, effective_from=since, takeover_note="示例") for bank in made
    )
    return made


@pytest.fixture
def banks() -> list[Bank]:
    """Eight qualified banks without a result, in a year with a scheme."""
    scheme(YEAR)
    return make_qualified(8)


def posted(
    banks: list[Bank], scores: dict[int, str], reasons: dict[int, str] | None = None
) -> dict[str, Any]:
    """The submitted table; scores and reasons by the place of the bank."""
    table: dict[str, Any] = {"bank": [bank.pk for bank in banks]}
    for place, bank in enumerate(banks):
        table[f"{bank.pk}-score"] = scores.get(place, "")
        table[f"{bank.pk}-reason"] = (reasons or {}).get(place, "")
    return table


def test_all_rows_are_recorded_with_a_journal_entry_each(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    client.force_login(people.assessor)
    table = posted(banks, {n: f"{60 + n}.5" for n in range(8)}, {3: "扣分：投诉。"})
    answer = client.post(PAGE, table)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/admin/inspections/assessment/?year={YEAR}",
    )
    rows = Assessment.objects.order_by("bank__name")
    assert [row.score for row in rows] == [Decimal(f"{60 + n}.50") for n in range(8)]
    assert {row.recorded_by for row in rows} == {people.assessor}
    assert rows[3].reason == "扣分：投诉。"
    entries = Entry.objects.filter(verb=Verb.RECORD_ASSESSMENT).order_by("pk")
    assert sorted(entry.uscc for entry in entries) == sorted(bank.uscc for bank in banks)
    assert {entry.subject_id for entry in entries} == {row.pk for row in rows}


def test_blank_rows_are_left_out_and_stay_on_the_page(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    client.force_login(people.assessor)
    answer = client.post(PAGE, posted(banks, {0: "88"}), follow=True)
    assert Assessment.objects.get().bank == banks[0]
    assert answer.redirect_chain == [(PAGE, 302)]
    page = answer.content.decode()
    assert f'name="{banks[0].pk}-score"' not in page
    assert f'name="{banks[1].pk}-score"' in page


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("101", "不大于 100"),
        ("80.555", "小数"),
        ("八十", "请用数字填写"),
    ],
)
def test_one_wrong_row_saves_none_and_keeps_what_was_typed(
    wrong: str, reason: str, client: Client, banks: list[Bank], people: "People"
) -> None:
    client.force_login(people.assessor)
    page = client.post(PAGE, posted(banks, {0: "88", 1: wrong}, {0: "示例理由"})).content.decode()
    assert not Assessment.objects.exists()
    assert f'href="#id_{banks[1].pk}-score">{banks[1]}：' in page
    assert reason in page
    assert f'value="{wrong}"' in page
    assert "示例理由" in page
    assert ">良</output>" in page


def test_row_recorded_by_a_colleague_meanwhile_is_named_and_saves_none(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    held = Qualification.objects.get(bank=banks[1])
    result_of(held, YEAR, score=PASSING, recorded_by=people.second_assessor)
    client.force_login(people.assessor)
    page = client.post(PAGE, posted(banks, {0: "88", 1: "90", 2: "70"})).content.decode()
    assert Assessment.objects.count() == 1
    assert f"{banks[1]}：{YEAR} 年已登记考核结果" in page
    assert f"{banks[0]}：" not in page
    assert not Entry.objects.filter(verb=Verb.RECORD_ASSESSMENT, actor=people.assessor).exists()


def test_reason_without_score_and_empty_table_are_refused(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    client.force_login(people.assessor)
    assert "不录入该银行的，请清空理由" in client.post(PAGE, posted(banks, {}, {0: "示例"})).content.decode()
    assert "请至少填写一个评分" in client.post(PAGE, posted(banks, {})).content.decode()
    assert not Assessment.objects.exists()


def test_four_eyes_hold_for_results_recorded_together(banks: list[Bank], people: "People") -> None:
    entered = {bank.pk: (PASSING, "") for bank in banks}
    made = record_assessments(banks=banks, year=YEAR, entered=entered, by=people.assessor)
    with pytest.raises(NotAllowed) as refusal:
        finalise_assessment(assessment=made[0], by=people.assessor)
    assert refusal.value.code == "four_eyes"
    finalise_assessment(assessment=made[0], by=people.second_assessor)


def test_action_refuses_each_row_with_its_reason(banks: list[Bank], people: "People") -> None:
    Qualification.objects.filter(bank=banks[0]).update(effective_from=dt.date(2026, 1, 5))
    entered = {banks[0].pk: (PASSING, ""), banks[1].pk: (Decimal("60.001"), ""), banks[2].pk: (PASSING, "")}
    with pytest.raises(RowsRefused) as refusal:
        record_assessments(banks=banks[:3], year=YEAR, entered=entered, by=people.assessor)
    assert set(refusal.value.reasons) == {banks[0].pk, banks[1].pk}
    assert not Assessment.objects.exists()
    with pytest.raises(Incomplete):
        record_assessments(banks=[], year=YEAR, entered={}, by=people.assessor)


def test_another_role_is_refused_and_recorded(client: Client, banks: list[Bank], people: "People") -> None:
    client.force_login(people.reviewer)
    assert client.get(PAGE).status_code == 404
    assert not Entry.objects.filter(verb=Verb.REFUSE).exists()
    assert client.post(PAGE, posted(banks, {0: "88"})).status_code == 404
    assert Entry.objects.filter(verb=Verb.REFUSE, actor=people.reviewer).count() == 1
    assert not Assessment.objects.exists()


def test_year_without_scheme_says_so_and_year_that_runs_has_no_page(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    client.force_login(people.assessor)
    scheme(clock.today().year)
    before, running = (
        client.get(reverse("admin:inspections_assessment_results_of_year", args=[year]))
        for year in (YEAR - 1, clock.today().year)
    )
    assert f"{YEAR - 1}年尚无考核方案，应由考核人员拟订、决定人员发布" in before.content.decode()
    assert 'href="/admin/inspections/assessmentscheme/"' in before.content.decode()
    assert "data-column" not in before.content.decode()
    assert running.status_code == 404


def test_bank_that_was_not_qualified_yet_is_not_in_the_table(
    client: Client, banks: list[Bank], people: "People"
) -> None:
    late = make_qualified(1, before=900, since=dt.date(YEAR + 1, 1, 5))[0]
    client.force_login(people.assessor)
    page = client.get(PAGE).content.decode()
    assert f'name="{banks[0].pk}-score"' in page
    assert f'name="{late.pk}-score"' not in page


def test_work_item_leads_to_the_year(client: Client, banks: list[Bank], people: "People") -> None:
    scheme(YEAR - 1)
    assert years_to_assess() == [(YEAR - 1, 8), (YEAR, 8)]
    client.force_login(people.assessor)
    page = client.get(reverse("admin:index")).content.decode()
    assert f'href="{PAGE}"' in page
    assert "8家银行尚无结果" in page


def test_table_takes_constant_queries_and_pages(client: Client, people: "People") -> None:
    scheme(YEAR)
    make_qualified(3)
    client.force_login(people.assessor)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    make_qualified(27, before=3)
    with CaptureQueriesContext(connection) as more:
        page = client.get(PAGE).content.decode()
    assert page.count('data-column="score"') == 30
    assert len(more) == len(few)
    make_qualified(30, before=30)
    assert client.get(PAGE).content.decode().count('data-column="score"') == 50
    assert client.get(f"{PAGE}?page=2").content.decode().count('data-column="score"') == 10
