"""Grades: every score has one, without gap or overlap, and one of them fails; each fault is named in plain words."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from inspections.assessments.rules import grade_for
from inspections.schemes.bands import Shown, digest_of, faults, shown, stored
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.tests.factories import BANDS

Rows = list[tuple[str, str]]
GOOD: Rows = [("优秀", "90"), ("良好", "75"), ("合格", "60"), ("不合格", "0")]


def found(rows: Rows, language: str = "zh-hans") -> list[str]:
    """The faults of entered rows."""
    with override(language):
        return list(faults(stored({"grade": grade, "from": bound} for grade, bound in rows)))


def test_good_grades_have_no_fault_in_any_order() -> None:
    assert found(GOOD) == []
    assert found(GOOD[::-1]) == []
    assert found([("合格", "0.01"), ("不合格", "0")]) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "请填写等次"),
        ([("优秀", "90"), ("合格", "60"), ("不合格", "10")], "没有从0分起的等次"),
        ([("优秀", "60"), ("合格", "60.00"), ("不合格", "0")], "有两个等次都从60分起，互相重叠"),
        ([("合格", "90"), ("合格", "60"), ("不合格", "0")], "等次“合格”填写了两次"),
        ([("优秀", "60"), ("差", "0")], "没有不合格的等次"),
        ([("不合格", "0")], "任何分数都将不合格"),
        ([("合格", "0"), ("不合格", "60")], "“不合格”应为最低的等次"),
        ([("优秀", "100.01"), ("不合格", "0")], "“优秀”的最低分应在0至100之间"),
        ([("优秀", "-1"), ("不合格", "0")], "“优秀”的最低分应在0至100之间"),
        ([("优秀", "89.995"), ("不合格", "0")], "最多两位小数"),
        ([("优秀", "NaN"), ("不合格", "0")], "“优秀”的最低分应在0至100之间"),
        ([("", "60"), ("不合格", "0")], "等次名称为1至20个字"),
        ([(f"等次{n}", str(n)) for n in range(1, 13)] + [("不合格", "0")], "最多有12个等次"),
    ],
)
def test_each_fault_is_named(rows: Rows, said: str) -> None:
    assert any(said in fault for fault in found(rows)), found(rows)
    assert not any("分" in fault for fault in found(rows, "en") if "不合格" not in fault)


def test_bounds_are_shown_without_gap() -> None:
    assert shown(stored({"grade": grade, "from": bound} for grade, bound in GOOD)) == [
        Shown("优秀", Decimal(90), None),
        Shown("良好", Decimal(75), Decimal(90)),
        Shown("合格", Decimal(60), Decimal(75)),
        Shown("不合格", Decimal(0), Decimal(60)),
    ]
    assert [one.fails for one in shown(BANDS)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "优秀"),
        ("90", "优秀"),
        ("89.99", "良好"),
        ("60", "合格"),
        ("59.99", "不合格"),
        ("0", "不合格"),
    ],
)
def test_grade_is_found_by_inclusive_bounds_whatever_the_order_of_entry(score: str, grade: str) -> None:
    bands = stored({"grade": grade, "from": bound} for grade, bound in GOOD[::-1])
    assert grade_for(AssessmentScheme(year=2025, bands=bands), Decimal(score)) == grade


def test_decimals_are_stored_plain_and_digests_tell_grades_apart() -> None:
    rows = [{"grade": " 合格 ", "from": Decimal("60.50")}, {"grade": "不合格", "from": Decimal("0E+1")}]
    assert stored(rows) == [{"grade": "合格", "from": "60.5"}, {"grade": "不合格", "from": "0"}]
    assert digest_of(BANDS) != digest_of(BANDS[1:])
