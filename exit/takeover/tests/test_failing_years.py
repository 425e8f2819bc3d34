"""The preview names the orders an assessor has to open: those, and only those, that the register leaves to a person."""

from typing import TYPE_CHECKING, Any

import pytest

from banks.register.models import Qualification
from exit.takeover.actions.takeovers import confirm_takeover
from exit.takeover.checks.plan import plan_of
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    Cells,
    bank,
    entered,
    order,
    qualification,
    result,
    workbook,
)
from inspections.assessments.rules import left_to_a_person
from zsbank.base.calendar import clock
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def after(second: int, **other: Any) -> dict[str, Any]:
    """The row of an order after two failing years, of which this is the second."""
    return order(
        1,
        None,
        整改依据="连续两年考核不合格",
        认定事实=None,
        不符合的条款=None,
        第二个不合格年度=second,
        整改期限="2026-05-29",
        成文日期=f"{second + 1}-03-10" if second < 2025 else "2026-03-10",
        **other,
    )


ACCEPTED = {
    "状态": "已验收",
    "报告提交日期": "2024-05-06",
    "办结日期": "2024-06-03",
    "整改期限": "2024-05-29",
}


@pytest.mark.parametrize(
    ("failed", "orders", "named"),
    [
        ((2024, 2025), [], [(2024, 2025)]),
        ((2023, 2024, 2025), [], [(2023, 2025)]),
        ((2020, 2021, 2023, 2024), [], [(2020, 2021), (2023, 2024)]),
        ((2023, 2024, 2025), [after(2024)], []),
        ((2023, 2024, 2025), [after(2025)], []),
        ((2022, 2023, 2024, 2025), [after(2023) | ACCEPTED], [(2024, 2025)]),
        ((2022, 2023), [after(2023) | ACCEPTED], []),
        ((2023, 2025), [], []),
    ],
)
def test_preview_names_what_the_register_leaves_to_a_person(
    people: "People", failed: tuple[int, ...], orders: list[Cells], named: list[tuple[int, int]]
) -> None:
    content = workbook(
        banks=[bank(1)],
        qualifications=[qualification(1)],
        results=[result(1, year) for year in failed],
        orders=orders,
    )
    takeover = entered(people, content)
    with clock.playing(GO_LIVE):
        [one] = plan_of(takeover.typed).banks
        heed = [str(said.words) for said in one.heed if said.by == Role.ASSESSOR]
        confirm_takeover(takeover=takeover, by=people.decider)
        left = [(years[0], years[-1]) for years in left_to_a_person(Qualification.objects.get())]
    assert left == named
    assert [words[:9] for words in heed] == [f"{first}至{last}" for first, last in named]
