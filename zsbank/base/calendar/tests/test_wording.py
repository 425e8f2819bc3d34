"""One function words a due date, on pages, in letters, messages and mails."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import translation

from zsbank.base.calendar import wording

DAY = dt.date(2026, 12, 10)
ROOT = Path(settings.BASE_DIR)
WORDING = "zsbank/base/calendar/wording.py"
BESIDE = re.compile(r"^ ?(（含当日）|之?前|前|内|以前|止)|(期限|截至|不晚于|不迟于|请在|应在) ?$")
"""What stands beside a date that is a due date."""

DUE = re.compile(r"(due_date|accept_by|decide_by|last_day|limit_day|tender_until)$")
"""Attributes that are due dates."""


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of the program's modules, without tests and migrations."""
    for app in ("admission", "banks", "exit", "inspections", "zsbank"):
        for path in (ROOT / app).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if "/tests/" not in name and "/migrations/" not in name and name != WORDING:
                yield name, path.read_text(encoding="utf-8")


def dates_worded_otherwise(source: str) -> list[str]:
    """The lines of a module that put words beside a date to make a due date of it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            found += [ast.unparse(node) for _place in _beside_a_date(node)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict):
            found += [ast.unparse(value) for value in node.right.values if _is_bare_due_date(value)]
    return found


def _beside_a_date(text: ast.JoinedStr) -> Iterator[int]:
    for place, part in enumerate(text.values):
        if not isinstance(part, ast.FormattedValue) or not _is_a_date(part.value):
            continue
        sides = text.values[max(place - 1, 0) : place], text.values[place + 1 : place + 2]
        before, after = ("".join(str(getattr(one, "value", "")) for one in side) for side in sides)
        if BESIDE.search(after) or BESIDE.search(before) or _is_bare_due_date(part.value):
            yield place


def _is_a_date(node: ast.expr) -> bool:
    named = ast.unparse(node)
    return (
        named.startswith(("chinese_date(", "in_words(")) or ".isoformat(" in named or _is_bare_due_date(node)
    )


def _is_bare_due_date(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and bool(DUE.search(node.attr))


def test_due_date_is_worded_alike_in_both_languages() -> None:
    with translation.override("zh-hans"):
        assert wording.by_day(DAY) == wording.until(DAY) == "2026年12月10日（含当日）前"
        assert wording.through(DAY) == wording.last_day(DAY) == "2026年12月10日（含当日）"
    with translation.override("en"):
        assert wording.by_day(DAY) == "by 10 December 2026 (that day included)"
        assert wording.through(DAY) == "10 December 2026 (that day included)"


def test_no_module_words_a_due_date_itself() -> None:
    found = {name: lines for name, source in sources() if (lines := dates_worded_otherwise(source))}
    assert found == {}


def test_no_template_words_a_due_date_itself() -> None:
    beside = re.compile(r"\|date:\"[^\"]+\"\s*\}\}\s*(（含当日）|之?前|以前|止)")
    pages = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
    assert [name for name, page in pages.items() if beside.search(page)] == []


COLUMNS = {"due_cell.html", "work_when.html", "index.html", "home.html"}
"""Columns of tables, of the work list and of what a bank missed, where dates are written as numbers (law.md §7)."""
BARE = re.compile(r"(?:due|due_date|accept_by|decide_by|bar_last_day|may_apply_from)\|date:")


def test_due_dates_outside_of_tables_are_in_words() -> None:
    """Sentences, chips and side columns use the one wording; a chip is what `due_chip` shows."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
    assert {name for name, page in pages.items() if BARE.search(page)} <= COLUMNS
    for name in ("due.html", "asked.html"):
        assert "day|date:" not in pages[name], f"{name} shows a bare date"
    assert BARE.search('with day=message.due|date:"Y-m-d"')


def test_no_translation_words_a_due_date_itself() -> None:
    text = (ROOT / "locale/zh_Hans/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    beside = re.compile(r"%\((day|until|last|last_day|due|date)\)s ?(（含当日）|之?前|以前)")
    assert [line for line in text.splitlines() if line.startswith("msgstr") and beside.search(line)] == []


def test_other_wordings_are_found() -> None:
    for wrong in (
        'f"请于{chinese_date(day)}前补正"',
        'f"期限{chinese_date(day)}已过"',
        'f"可于{chinese_date(period.last_day)}（含当日）前提出"',
        'f"至{day.isoformat()}止"',
        'f"应于{order.due_date}完成"',
        '_("until %(day)s") % {"day": notice.due_date}',
    ):
        assert dates_worded_otherwise(wrong), wrong
    for right in (
        'f"请于{until(day)}补正"',
        'f"{chinese_date(day)}，我局认定"',
        '_("%(day)s") % {"day": by_day(x.due_date)}',
    ):
        assert not dates_worded_otherwise(right), right
