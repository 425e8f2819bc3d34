"""Typed numbers and names are compared in one form."""

import unicodedata

import pytest

from zsbank.base.cases.folding import folded
from zsbank.base.cases.search import YearNumber, normalised, year_number

QUOTATION_MARKS = "〝〞〟"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "〔2026〕4号",
            "[2026]4",
            "(2026)4号",
            "（２０２６）４号",
            "【2026】4号",
            " 2026-4 ",
            "2026－4",
            "2026 4",
        ),
        *(
            "《2026》4号",
            "｛2026｝4号",
            "〈2026〉4",
            "「2026」4号",
            "〔2026〕 4 号",
            "〔2026〕第4号",
            "2026—4",
            "﹝2026﹞4号",
            "2026年第4号",
            "2026年4号",
        ),
    ],
)
def test_letter_numbers_are_read_with_any_brackets(typed: str) -> None:
    assert year_number(normalised(typed)) == YearNumber("", 2026, 4)


def test_every_bracket_of_chinese_texts_is_the_same() -> None:
    """In punctuation, vertical, small and wide forms: what Unicode calls opening and closing, but quotation marks."""
    blocks = (*range(0x20, 0x7F), *range(0x3000, 0x3040), *range(0xFE30, 0xFE70), *range(0xFF00, 0xFFF0))
    brackets = [chr(code) for code in blocks if chr(code) not in QUOTATION_MARKS]
    kinds = {one: unicodedata.category(one) for one in brackets}
    assert {folded(one) for one, kind in kinds.items() if kind == "Ps"} == {"("}
    assert {folded(one) for one, kind in kinds.items() if kind == "Pe"} == {")"}


@pytest.mark.parametrize(
    "typed", ["zr-2026-7", "ZR-2026-0007", "ＺＲ－２０２６－７", "zr 2026 7", "ZR2026-7"]
)
def test_case_numbers_are_read_with_prefix(typed: str) -> None:
    assert year_number(normalised(typed)) == YearNumber("ZR", 2026, 7)


@pytest.mark.parametrize("typed", ["", "示例银行", "2026", "ZR-26-7", "2026-7-8"])
def test_other_queries_are_no_numbers(typed: str) -> None:
    assert year_number(normalised(typed)) is None


def test_long_queries_are_cut() -> None:
    assert len(normalised("银" * 1000)) <= 120
