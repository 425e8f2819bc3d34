"""Export of outlets: an unchanged file imported again changes nothing."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.columns import COLUMNS
from banks.outlets.models import Outlet
from banks.outlets.template import csv_file, xlsx_file
from banks.outlets.terms import CardService
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.texts import FORMULA_SIGNS

NASTY = [
    "=1+1",
    '=HYPERLINK("http://a.example")',
    "+86 760 88880000",
    "-1",
    "@SUM(A1)",
    "'=1+1",
    "''-x",
    "'普通",
    "＝1+1",
    "—",
    "无",
    "清空",
    "1001",
    "007",
    "9.1442E+17",
    "4420E13",
    "2026/1/2",
    "1月2日",
    "9:00",
    "#N/A",
    "####",
    "是",
    "a,b;c|d，e",
    "\"引号\" 'x'",
    "示例  两格",
    "全角ＡＢＣ１２３",
    "（甲）〔乙〕【丙】",
    "_x000D_",
    "<b>&amp;</b>",
    "𠮷野支行",
    "sep=;",
    "nan",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool),
)


def round_trip(bank: Bank, clerk: User, content: bytes, name: str) -> None:
    """Import an exported file and check that nothing changes."""
    before = list(Outlet.objects.order_by("pk").values())
    read = read_import(bank=bank, by=clerk, content=content, name=name)
    assert read.is_settled
    assert len(read.rows) == len(before)
    assert [row["errors"] for row in read.rows if row["errors"]] == []
    assert import_outlets(read=read, by=clerk, left_out=[]) == (0, 0)
    assert list(Outlet.objects.order_by("pk").values()) == before
    assert Entry.objects.filter(verb="import_outlets").latest("pk").data["changed"] == {}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(("name", "address", "opening_hours"), TEXTS)),
    phone=st.one_of(st.just(""), st.sampled_from(NASTY).map(lambda text: text[:30])),
    services=st.lists(st.sampled_from([*(one.value for one in CardService), "unknown"]), unique=True),
    figures=st.tuples(st.integers(0, 30_000), st.integers(0, 30_000), st.booleans()),
)
@example(
    texts=dict.fromkeys(("name", "address", "opening_hours"), "=1+1"),
    phone="",
    services=[],
    figures=(0, 0, True),
)
def test_round_trip_changes_nothing(
    bank: Bank, clerk: User, kind: str, texts: dict[str, str], phone: str, services: list[str], figures: Any
) -> None:
    Outlet.objects.all().delete()
    stored = dict(zip(("windows", "trained_staff", "open_for_card_business"), figures, strict=True))
    OutletFactory.create(bank=bank, **texts, phone=phone, services=services, **stored)
    OutletFactory.create(bank=bank, uscc="", license_institution_code="", opening_hours="", services=[])
    outlets = list(bank.outlets.all())
    content = xlsx_file(outlets) if kind == "xlsx" else csv_file(outlets)
    round_trip(bank, clerk, content, f"网点.{kind}")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_nasty_names_survive_round_trip(bank: Bank, clerk: User, kind: str) -> None:
    for number, text in enumerate(NASTY):
        OutletFactory.create(
            bank=bank, name=f"{text}/{number}", address=text, opening_hours=text, phone=text[:30]
        )
    outlets = list(bank.outlets.all())
    content = xlsx_file(outlets) if kind == "xlsx" else csv_file(outlets)
    round_trip(bank, clerk, content, f"网点.{kind}")


@pytest.mark.django_db
def test_no_exported_cell_is_a_formula(bank: Bank) -> None:
    for number, text in enumerate(NASTY):
        OutletFactory.create(bank=bank, name=f"{text}/{number}", address=text, opening_hours=text)
    outlets = list(bank.outlets.all())
    rows = csv_file(outlets).decode("utf-8-sig").splitlines()
    assert not [row for row in rows if row.lstrip('"').startswith(FORMULA_SIGNS)]
    sheet = load_workbook(io.BytesIO(xlsx_file(outlets))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    titles = [COLUMNS[str(cell.value)] for cell in sheet[1]]
    codes = [
        cell
        for row in sheet.iter_rows(min_row=2)
        for cell, name in zip(row, titles, strict=True)
        if name == "uscc"
    ]
    assert {(cell.data_type, cell.number_format) for cell in codes} == {("s", "@")}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_has_own_outlets_only_and_is_recorded(
    client: Client, clerk: User, bank: Bank, other_bank: Bank, kind: str
) -> None:
    OutletFactory.create(bank=bank, name="甲行网点")
    OutletFactory.create(bank=other_bank, name="乙行网点")
    client.force_login(clerk)
    answer = client.get(reverse(f"banks:export_{kind}"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    entry = Entry.objects.get(verb="export_outlets")
    assert (entry.actor, entry.data) == (clerk, {"format": kind, "outlets": 1})
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "甲行网点" in text
        assert "乙行网点" not in text
