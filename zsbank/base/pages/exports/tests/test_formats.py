"""Values in CSV and XLSX: nothing runs, codes stay as they are, days are days."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django.utils.safestring import mark_safe
from openpyxl import load_workbook

from zsbank.base.pages.exports.csv_file import csv_parts
from zsbank.base.pages.exports.listed import AT_ONCE, ExportedList
from zsbank.base.pages.exports.values import Value, plain
from zsbank.base.pages.exports.xlsx_file import LONGEST_TEXT, write_xlsx
from zsbank.base.texts import FORMULA_SIGNS

CODES = (
    "442000000000000017",
    "00760",
    "91442000123456E7",
    "2026-4",
    "3/4",
    "1月5日",
    "12:30",
    "１２３",
    "true",
    "(12)",
)
WORDS = ("中人社函〔2026〕4号", "SQ-2026-0007", "91442000MADEM00116", "138****1234", "示例银行", "第3家")


def listed(*rows: list[Value]) -> ExportedList:
    """Return a list with one column for each value."""
    labels = tuple(f"列{number}" for number in range(len(rows[0])))
    return ExportedList("示例[列表]/一", (), labels, len(rows), lambda: iter(rows))


def in_csv(*values: Value) -> list[str]:
    """Return a row as it stands in a CSV file."""
    return list(csv.reader(io.StringIO("".join(csv_parts(listed([*values]))), newline="")))[1]


def in_xlsx(*values: Value) -> list[Any]:
    """Return the cells of a row in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(listed([*values]), file)
    [sheet] = load_workbook(file).worksheets
    return list(sheet[2])


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_text_never_runs_as_a_formula_and_stays_readable(sign: str) -> None:
    attack = f"{sign}1+1"
    assert in_csv(attack, f"'{attack}") == [f"'{attack}", f"''{attack}"]
    [cell] = in_xlsx(attack)
    assert (cell.data_type, cell.number_format) == ("s", "@")
    if sign.strip():
        assert (cell.value, bool(cell.quotePrefix)) == (attack, True)


@pytest.mark.parametrize("sign", ["\t", "\r", "\n", " ", "\x00", "\u2028"])
def test_blank_in_front_of_a_formula_is_no_way_around(sign: str) -> None:
    value = plain(f"{sign}=1+1")
    assert value == "=1+1"
    assert in_csv(value) == ["'=1+1"]


def test_codes_stay_text() -> None:
    assert in_csv(*CODES) == [f"'{code}" for code in CODES]
    assert in_csv(*WORDS) == [*WORDS]
    cells = in_xlsx(*CODES, *WORDS, "#N/A", "#REF!")
    assert [cell.value for cell in cells] == [*CODES, *WORDS, "#N/A", "#REF!"]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_numbers_and_days_are_numbers_and_days() -> None:
    moment = plain(dt.datetime(2026, 1, 5, 1, 30, 59, tzinfo=dt.UTC))
    values: list[Value] = [-3, Decimal("89.99"), dt.date(2026, 1, 5), moment, None, dt.date(1899, 12, 31)]
    assert in_csv(*values) == ["-3", "89.99", "2026-01-05", "2026-01-05 09:30", "", "1899-12-31"]
    cells = in_xlsx(*values)
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d", "n", "s"]
    assert [cell.number_format for cell in cells[:4]] == ["General", "0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert [cell.value for cell in cells[:4]] == [
        -3,
        89.99,
        dt.datetime(2026, 1, 5),  # noqa: DTZ001 spreadsheets know no time zones
        dt.datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001
    ]


def test_amounts_keep_their_decimal_places() -> None:
    values = [Decimal("12345.60"), Decimal("0.5"), Decimal(7), Decimal("1.00")]
    assert in_csv(*values) == ["12345.60", "0.5", "7", "1.00"]
    assert [cell.number_format for cell in in_xlsx(*values)] == ["0.00", "0.0", "0", "0.00"]


def test_markup_says_what_people_read() -> None:
    markup = mark_safe('<span class="tag"><span aria-hidden="true">●</span> A&amp;B</span><div>两行</div>')
    assert plain(markup) == "A&B 两行"
    assert plain("A&amp;B <b>") == "A&amp;B <b>"
    assert plain(True) in ("是", "Yes")
    assert [plain(value) for value in ("—", "", None, " ")] == [None] * 4


def test_characters_that_no_sheet_holds_are_left_out() -> None:
    value = plain("一\x00\x0b\x1f\ufffe\ud800二" + "长" * LONGEST_TEXT)
    [cell] = in_xlsx(value)
    assert cell.value.startswith("一 二长") or cell.value.startswith("一二长")
    assert len(cell.value) == LONGEST_TEXT
    assert cell.value.endswith("…")


def test_separators_inside_texts_begin_no_cell() -> None:
    text = '甲;=1+1\t=2,"乙"'
    lines = "".join(csv_parts(listed([text])))
    assert '"甲;=1+1\t=2,""乙"""' in lines


def test_rows_are_read_in_portions() -> None:
    read = 0

    def rows() -> Iterator[list[Value]]:
        nonlocal read
        for number in range(10 * AT_ONCE):
            read += 1
            yield [number]

    parts = csv_parts(ExportedList("示例", (), ("列",), 10 * AT_ONCE, rows))
    assert next(parts) == '\ufeff"列"\r\n'
    assert read == 0
    assert next(parts).count("\r\n") == AT_ONCE
    assert read == AT_ONCE
    assert sum(part.count("\r\n") for part in parts) == 9 * AT_ONCE


def test_times_are_local() -> None:
    moment = dt.datetime(2026, 1, 5, 20, 0, tzinfo=dt.UTC)
    assert plain(moment) == timezone.localtime(moment).replace(tzinfo=None)
