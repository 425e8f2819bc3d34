"""Reading a notice: errors by row, statutory days, and days of the December before."""

import pytest

from zsbank.base.calendar.holidays import DayKind
from zsbank.base.refusals import FileRefused
from zsbank.site.holidays.reading import NoticeRefused, read_file, read_package
from zsbank.site.holidays.tests.notices import FESTIVAL, WORK, content, lines


def errors_of(*rows: str) -> list[str]:
    """Return the errors of a file with these rows."""
    with pytest.raises(NoticeRefused) as refused:
        read_file("\n".join(rows).encode())
    return refused.value.errors


def test_file_is_read_as_a_spreadsheet_program_writes_it() -> None:
    found = read_file(content())

    assert found.year == 2027
    assert {day for day, nature in found.days.items() if nature.kind is DayKind.MAKEUP_WORKING_DAY} == set(
        WORK
    )
    assert [found.days[day].holiday_zh for day in FESTIVAL] == ["春节"] * 8
    assert found.days[FESTIVAL[0]].holiday_en == "Spring Festival"
    assert {nature.arrangement for nature in found.days.values()} == {2027}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2027-02-30,holiday,春节", "2027-02-30"),
        ("20270213,holiday,春节", "2027-02-05"),
        ("2027-02-13,feast,春节", "feast"),
        ("2027-02-13,holiday,", "40"),
        ("2027-02-15,workday,春节", "2027-02-15"),
        ("2027-02-06,holiday,春节", "4"),
        ("2027-02-13,holiday", "date"),
        ("2026-11-30,holiday,元旦", "2026-11-30"),
    ],
)
def test_wrong_row_is_named(row: str, words: str) -> None:
    (error,) = errors_of(*lines(), row)

    assert "21" in error
    assert words in error


def test_all_wrong_rows_are_named_at_once() -> None:
    assert len(errors_of(*lines(), "x,holiday,春节", "2027-02-13,y,春节")) == 2


def test_days_of_the_december_before_belong_to_the_notice() -> None:
    found = read_file("\n".join([*lines(), "2026-12-31,holiday,元旦"]).encode())

    assert found.year == 2027
    assert len(found.days) == len(lines())


def test_missing_statutory_holiday_is_named() -> None:
    (error,) = errors_of(*[line for line in lines() if not line.startswith("2027-06-09")])

    assert "2027-06-09" in error
    assert "端午" in error


@pytest.mark.parametrize("rows", [[], ["day,kind,name"], ["date,kind,name"]])
def test_file_without_header_or_days_is_refused(rows: list[str]) -> None:
    assert len(errors_of(*rows)) == 1


def test_package_is_read_for_its_years_only() -> None:
    assert len(read_package(2026).days) > 30
    with pytest.raises(FileRefused):
        read_package(2099)
