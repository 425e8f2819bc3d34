"""Exits under way that a workbook gives in part or in contradiction: named, or left to a person."""

from typing import TYPE_CHECKING, Any

import pytest

from exit.cases.models import ExitCase
from exit.takeover.tests.workbooks import (
    left,
    notice,
    order,
    taken_over,
    under_way,
)
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People
from tests.lives.test_takeover_of_exits import (
    ANSWERED,
    ON_BREACH,
    ON_LAPSE,
    OWN,
    STATED,
    judged,
    lapsed,
    one_bank,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("in_chinese"),
]


def test_two_orders_of_one_ground_need_their_numbers(people: "People") -> None:
    orders = [
        order(1, "2025-05-06", 状态="逾期未完成", 文号="示例整改〔2025〕1号"),
        order(1, "2025-07-01", 状态="逾期未完成", 文号="示例整改〔2025〕2号"),
    ]
    one = one_bank(orders=orders, exits=[under_way(1, ON_LAPSE, "2026-02-02")])
    assert "请填写其文号" in "\n".join(map(str, judged(one).faults))
    named = under_way(1, ON_LAPSE, "2026-02-02", 所依据文书文号="示例整改[2025]2号")
    assert "逾期未完成" in "\n".join(map(str, judged(one_bank(orders=orders, exits=[named])).faults))
    both = [named, under_way(1, ON_LAPSE, "2026-02-03", 所依据文书文号="示例整改〔2025〕1号")]
    taken_over(people, one_bank(orders=orders, exits=both))
    grounds = ExitCase.objects.get().grounds.order_by("pk")
    numbers = list(grounds.values_list("order__paper__number", flat=True))
    assert numbers == ["示例整改〔2025〕2号", "示例整改〔2025〕1号"]


@pytest.mark.parametrize(
    ("parts", "where", "words"),
    [
        ({"exits": [under_way(1, ON_LAPSE, "2026-02-02")]}, "《退出》第2行“退出依据”", "请先在“整改”表"),
        (
            {"exits": [under_way(1, ON_BREACH, "2026-02-02")]},
            "《退出》第2行“退出依据”",
            "没有该银行的严重违约",
        ),
        (
            {
                "orders": [order(1, "2025-07-01", 状态="逾期未完成")],
                "exits": [under_way(1, ON_LAPSE, "2026-01-04")],
            },
            "《退出》第2行“成文日期”",
            "2026年1月4日",
        ),
        (
            {
                "orders": [order(1, "2026-01-12", 状态="逾期未完成")],
                "exits": [under_way(1, ON_LAPSE, "2026-02-02")],
            },
            "《整改》第2行“状态”",
            "2026年7月13日",
        ),
        (
            {"exits": [under_way(1, OWN, "2026-02-02"), under_way(1, OWN, "2026-02-03")]},
            "《退出》第3行“退出依据”",
            "第2行已是",
        ),
        (
            {"exits": [left(1, "2026-02-02"), under_way(1, OWN, "2026-02-03")]},
            "《退出》第3行“状态”",
            "第2行载明资格已取消",
        ),
        (
            {"exits": [under_way(1, OWN, "2026-02-02")], "notices": [notice(1, "2026-03-02")]},
            "《事前告知》第2行",
            "办理中",
        ),
        ({"notices": [notice(1, "2026-03-02")]}, "《事前告知》第2行", "办理中"),
    ],
)
def test_what_an_exit_under_way_lacks_is_named(
    parts: dict[str, Any], where: str, words: str, people: "People"
) -> None:
    said = "\n".join(map(str, judged(one_bank(**parts)).faults))
    assert where in said
    assert words in said


@pytest.mark.parametrize(
    ("other", "field", "words"),
    [
        ({"送达日期": "2026-03-01"}, "送达日期", "早于"),
        ({"送达日期": "2026-03-17"}, "送达日期", "尚未到"),
        ({"陈述申辩截止日期": "2026-03-02"}, "陈述申辩截止日期", "不晚于"),
        ({"陈述申辩日期": "2026-03-06"}, "陈述申辩内容", "概括"),
        ({"陈述申辩内容": "示例。"}, "陈述申辩日期", "请填写"),
        (STATED | {"陈述申辩日期": "2026-03-01"}, "陈述申辩日期", "早于"),
        (ANSWERED | {"答复日期": "2026-03-05"}, "答复日期", "早于"),
        ({"答复日期": "2026-03-05", "答复内容": "示例。"}, "陈述申辩日期", "陈述"),
        ({"成文日期": "2026-01-30"}, "成文日期", "早于"),
    ],
)
def test_what_a_notice_contradicts_is_named(
    other: dict[str, Any], field: str, words: str, people: "People"
) -> None:
    faults = judged(lapsed(notices=[notice(1, "2026-03-02", **other)])).faults
    said = [str(one) for one in faults if f"《事前告知》第2行“{field}”" in str(one)]
    assert said, list(map(str, faults))
    assert words in said[0]


def test_lapse_without_an_exit_is_left_to_a_person(people: "People") -> None:
    content = one_bank(orders=[order(1, "2025-07-01", 状态="逾期未完成")])
    assert "整改中" in "\n".join(map(str, judged(content).faults))
    with pytest.raises(Refused):
        taken_over(people, content)
