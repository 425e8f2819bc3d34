"""Typed numbers and names are compared in one form."""

import pytest

from zsbank.base.cases.search import YearNumber, normalised, year_number


@pytest.mark.parametrize(
    "typed", ["〔2026〕4号", "[2026]4", "(2026)4号", "（２０２６）４号", "【2026】4号", " 2026-4 ", "2026－4"]
)
def test_letter_numbers_are_read_whatever_the_brackets(typed: str) -> None:
    assert year_number(normalised(typed)) == YearNumber("", 2026, 4)


@pytest.mark.parametrize("typed", ["zr-2026-7", "ZR-2026-0007", "ＺＲ－２０２６－７"])
def test_case_numbers_are_read_with_prefix(typed: str) -> None:
    assert year_number(normalised(typed)) == YearNumber("ZR", 2026, 7)


@pytest.mark.parametrize("typed", ["", "示例银行", "2026", "ZR-26-7", "2026-7-8"])
def test_other_queries_are_no_numbers(typed: str) -> None:
    assert year_number(normalised(typed)) is None


def test_long_queries_are_cut() -> None:
    assert len(normalised("银" * 1000)) <= 120
