"""Every list of the desk as a file: the rows of its pages, its columns, its readers, and nothing that runs."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from admission.applications.models import Application
from admission.review.models import Opinion
from banks.register.models import CardVendor, Qualification
from inspections.assessments.models import Assessment
from tests.walk.many import many
from tests.walk.test_walk import client_of, outcome
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import list_page
from zsbank.base.journal.actions import record
from zsbank.base.journal.models import Entry
from zsbank.base.pages.exports.listed import ListFormat
from zsbank.base.pages.exports.values import UNSEEN
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.base.texts import FORMULA_SIGNS
from zsbank.site.operations.models import SweepRun

pytestmark = pytest.mark.django_db
LISTS = [kind for kind in cases() if kind.desk]
MORE = 120
"""More than two pages of a list."""
ROW = re.compile(r'<tr id="row-.*?</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd](?![^>]*class=\"pick\").*?</t[hd]>", re.DOTALL)
HEADING = re.compile(r'<th scope="col".*?</th>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NEXT = re.compile(r'href="([^"]*)" rel="next"|<a href="([^"]*)">下一页</a>')
DECIMALS = re.compile(r"0\.0+")
LEFT_OUT = re.compile(r" · (还剩|已超|今天).*|…$")
"""What a page adds to a due date, and where it cuts off."""

Cells = list[str]


def reader_of(kind: Case, world: World) -> User:
    """Return an officer who may see a list."""
    return next(one for one in world.staff.values() if staff_may(one, kind.seen_with))


def said(markup: str) -> str:
    """Return what a person reads in markup."""
    return " ".join(TAG.sub(" ", UNSEEN.sub("", markup)).replace("&amp;", "&").split())


def pages_of(client: Client, kind: Case) -> tuple[Cells, list[Cells]]:
    """Return the headings and the rows of all pages of a list."""
    query, rows, headings = "?", list[Cells](), Cells()
    while query:
        page = client.get(list_page(kind.model, query)).content.decode()
        headings = [said(UNSEEN.sub("", one)) for one in HEADING.findall(page)]
        rows += [[said(cell) for cell in CELL.findall(row)] for row in ROW.findall(page)]
        following = NEXT.search(page)
        query = (following[1] or following[2]).replace("&amp;", "&") if following else ""
    return headings, rows


def file_of(client: Client, kind: Case, form: str, query: str = "") -> bytes:
    """Return a list as a file."""
    answer = client.get(f"{list_page(kind.model)}list.{form}{query}")
    assert answer.status_code == 200, f"{kind.key}: {answer.status_code} {answer.headers.get('Location')}"
    content: bytes = answer.getvalue()
    return content


def csv_lines(content: bytes) -> list[Cells]:
    """Return the cells of a CSV file as they stand in it."""
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(content: bytes) -> Any:
    """Return the only sheet of a workbook."""
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return sheet


def in_words(cell: Any) -> str:
    """Return the value of a cell as a CSV file says it."""
    value = cell.value
    if DECIMALS.fullmatch(cell.number_format):
        return f"{value:.{len(cell.number_format) - 2}f}"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def is_on_page(cell: str, page: str) -> bool:
    """Return whether a cell says what the page says: without the days left, and reasons that the page cuts off."""
    if cell == "" or page == "—":
        return cell == "" and page in ("", "—")
    try:
        return float(cell) == float(page.replace(",", ""))
    except ValueError:
        shortened = LEFT_OUT.sub("", page)
        return cell.replace(" · ", " ").startswith(shortened.replace(" · ", " "))


def fill(kind: Case, world: World) -> Any:
    """Return a row of a kind; make one if the world has none."""
    now, today = clock.now(), clock.today()
    rows: Any = kind.model._default_manager
    officer, qualification = (
        world.staff[Role.ASSESSOR],
        Qualification.objects.get(pk=world.own["qualification"]),
    )
    made: dict[type[Model], dict[str, Any]] = {
        CardVendor: {"name": "示例制卡公司", "uscc": "TEST00000000000001", "tender_number": "2026-4"}
        | {"tender_from": today, "tender_until": today},
        SweepRun: {"on": today, "started_at": now, "done": {"mail": 2}, "failed": []},
        Assessment: {"bank": qualification.bank, "qualification": qualification, "recorded_by": officer}
        | {
            "scheme_id": world.own["inspections.assessmentscheme"],
            "year": 2024,
            "score": "59.99",
            "grade": "良",
        },
        Opinion: {"application_id": world.own["application"], "criterion_id": world.own["criterion"]}
        | {"asked_at": now, "asked_by": officer},
    }
    if kind.model in made and not rows.exists():
        rows.create(**made[kind.model])
    return rows.earliest("pk") if kind.model is not Application else rows.get(pk=world.own["application"])


def add(kind: Case, world: World, count: int, start: int) -> None:
    """Add rows of a kind, with texts that could be formulas."""
    row = fill(kind, world)
    if isinstance(row, Entry):
        for _number in range(count):
            record(verb=Verb.SAVE_OUTLET, by=None, subject=row, reason=f"{FORMULA_SIGNS[_number % 10]}1+1")
    else:
        many(
            row, count, start, texts={name: attacks(kind, name, count, start) for name in text_columns(kind)}
        )


def attacks(kind: Case, name: str, count: int, start: int) -> list[str]:
    """Return texts that a spreadsheet program would calculate, each beginning with another sign."""
    length = getattr(kind.model._meta.get_field(name), "max_length", None) or 100
    signs = (FORMULA_SIGNS[number % len(FORMULA_SIGNS)] for number in range(count))
    return [f"{sign}1+{number:04}"[:length] for number, sign in enumerate(signs, start=start)]


def text_columns(kind: Case) -> Iterator[str]:
    """Yield the columns with free text of a kind's own table."""
    for name in admin.site._registry[kind.model].list_display:
        try:
            field = kind.model._meta.get_field(name) if isinstance(name, str) else None
        except FieldDoesNotExist:
            continue
        if isinstance(field, CharField | TextField) and not field.choices:
            yield str(name)


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.key)
def test_files_have_rows_and_columns_of_the_pages_and_run_nothing(kind: Case, world: World) -> None:
    person = reader_of(kind, world)
    client = client_of(person)
    add(kind, world, 3, start=0)
    costs = []
    for more in (0, MORE):
        if more:
            add(kind, world, more, start=10)
        for form in ListFormat:
            file_of(client, kind, form)
            with CaptureQueriesContext(connection) as seen:
                file_of(client, kind, form)
            costs.append(len(seen))
    assert costs[:2] == costs[2:], f"{kind.key}: {costs}"

    headings, rows = pages_of(client, kind)
    assert len(rows) > MORE
    sheet, lines = sheet_of(file_of(client, kind, "xlsx")), csv_lines(file_of(client, kind, "csv"))
    values = [[in_words(cell) for cell in row] for row in sheet.iter_rows()]
    if kind.model is Entry:  # the entries of the exports themselves
        lines, values = [lines[0], *lines[2:]], [values[0], *values[1:]]
    assert sheet.freeze_panes == "A2"
    assert [cell for line in lines for cell in line if cell.startswith(FORMULA_SIGNS)] == []
    wanted = {text.strip() for name in text_columns(kind) for text in attacks(kind, name, MORE, 10)}
    assert wanted <= {cell for row in values for cell in row}
    assert values[0] == lines[0] == headings
    assert [[cell.removeprefix("'") for cell in line] for line in lines[1:]] == values[1:]
    assert len(values) - 1 == len(rows)
    for row, page in zip(values[1:], rows, strict=True):
        assert all(is_on_page(*pair) for pair in zip(row, page, strict=True)), f"{kind.key}: {row} {page}"
    kinds = {
        (cell.data_type, DECIMALS.sub("General", cell.number_format))
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value
    }
    assert kinds <= {("s", "@"), ("n", "General"), ("d", "yyyy-mm-dd"), ("d", "yyyy-mm-dd hh:mm")}, kinds


def taken_as_file(client: Client, person: User | None, kind: Case, form: str) -> tuple[str, bool, list[Any]]:
    """Return how a file of a list is answered, whether there is one, and the entries that it left."""
    last = Entry.objects.latest("pk").pk
    answer = client.get(f"{list_page(kind.model)}list.{form}")
    given = "Content-Disposition" in answer.headers
    assert not given or answer.getvalue()
    left = Entry.objects.filter(pk__gt=last, verb=Verb.EXPORT_LIST)
    return outcome(answer), given, [(one.actor, one.data["list"], one.data["format"]) for one in left]


def test_files_are_for_those_who_see_the_list_and_each_leaves_one_entry(world: World) -> None:
    wrong, taken = [], 0
    for person in (*world.staff.values(), world.clerk, None):
        client = client_of(person)
        for kind in LISTS:
            fill(kind, world)
            shown = outcome(client.get(list_page(kind.model)))
            for form in ListFormat:
                answered, given, left = taken_as_file(client, person, kind, form)
                taken += given
                if answered != shown:
                    wrong.append(f"{kind.key} {person} {form}: {answered}, but the list {shown}")
                if left != ([(person, kind.key, form)] if given else []):
                    wrong.append(f"{kind.key} {person} {form}: {left}")
    assert not wrong, "\n".join(wrong)
    assert taken > 120


def test_times_are_local_and_words_of_the_language(world: World) -> None:
    [kind] = [one for one in LISTS if one.key == "admission.application"]
    client = client_of(reader_of(kind, world))
    row = Application.objects.exclude(submitted_at=None).latest("pk")
    moment = timezone.localtime(row.submitted_at).strftime("%Y-%m-%d %H:%M")
    assert moment in {cell for line in csv_lines(file_of(client, kind, "csv")) for cell in line}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    headings = csv_lines(file_of(client, kind, "csv"))[0]
    assert "case number" in [one.lower() for one in headings]
