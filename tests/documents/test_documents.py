"""docs/security/ says what the program does: names and numbers in it are those that are set."""

import json
import logging
import re
from importlib import metadata
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string

from tests.program.test_connections import SPEAKS, secrets  # noqa: F401 a fixture
from zsbank.base.accounts.actions import AT_THE_DOOR
from zsbank.base.files import pdf, scanner
from zsbank.base.pages import words
from zsbank.logs import Line

ROOT = settings.BASE_DIR
MEGABYTE = 1024 * 1024


def document(name: str) -> str:
    """A document's text."""
    return (ROOT / "docs/security" / name).read_text(encoding="utf-8")


def rows_of(text: str) -> list[list[str]]:
    """The rows of its tables, heads included."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_secret_the_settings_read_is_in_the_list_of_keys() -> None:
    read = set()
    for name in ("settings.py", "environment.py"):
        read |= set(re.findall(r'\bsecret\("(\w+)"\)', (ROOT / "zsbank" / name).read_text(encoding="utf-8")))
    assert len(read) >= 6
    assert [name for name in read if name not in document("keys.md")] == []


def test_every_key_has_its_use_its_holders_and_its_change() -> None:
    head, *keys = [row for row in rows_of(document("keys.md")) if len(row) == 5]
    assert head == ["Key", "Protects", "Must not be used for", "Who has it", "Changed"]
    assert len(keys) >= 9
    assert all(row[1] and row[3] and row[4] for row in keys)


def test_every_file_of_secrets_that_compose_gives_out_is_made_by_the_script(secrets: Path) -> None:  # noqa: F811
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    given = set(re.findall(r"\./secrets/(\w+)", compose))
    assert {path.name for path in secrets.iterdir()} == given | {"ca_key"}


def test_every_program_spoken_to_has_its_row_with_limits_and_what_happens_without_it() -> None:
    rows = {row[0]: row for row in rows_of(document("connections.md")) if len(row) == 5}
    assert {"PostgreSQL", "Redis", "mail server", "ClamAV"} <= set(rows)
    assert all(all(row) for row in rows.values())
    assert f"{settings.EMAIL_TIMEOUT} s" in rows["mail server"][3]
    times = (scanner.CONNECTING, scanner.PINGING, scanner.SCANNING)
    assert rows["ClamAV"][3] == "{:.0f} s to connect, {:.0f} s for a ping, {:.0f} s a file".format(*times)
    assert all((ROOT / name).exists() for name in SPEAKS)


def test_levels_of_data_each_have_their_requirements() -> None:
    tables = rows_of(document("data.md"))
    levels = [row[0] for row in tables if re.match(r"\d ", row[0])]
    assert levels == ["1 secret", "2 personal", "3 of a case", "4 public by nature"]
    required = {row[0] for row in tables if len(row) == 5 and not re.match(r"\d |Level", row[0])}
    assert {
        "on the way",
        "at rest",
        "integrity",
        "in a browser",
        "in the program's log",
        "to others",
    } <= required


def test_what_a_line_holds_is_what_the_list_of_logs_says() -> None:
    error = RuntimeError("x")
    record = logging.LogRecord("zsbank", logging.ERROR, "", 1, "x", (), (RuntimeError, error, None))
    record.request, record.status_code = RequestFactory().get("/"), 500
    line = json.loads(Line().format(record))
    assert [name for name in line if f"`{name}`" not in document("logs.md")] == []
    assert set(AT_THE_DOOR) <= set(words.WORDS)
    handlers = {name: handler["class"] for name, handler in settings.LOGGING["handlers"].items()}
    assert handlers == {"console": "logging.StreamHandler", "day": "zsbank.logs.DayFile"}


def test_what_costs_much_is_held_by_the_numbers_that_are_set() -> None:
    said, pages = document("load.md"), import_string(str(settings.REST_FRAMEWORK["DEFAULT_PAGINATION_CLASS"]))
    assert f"{settings.UPLOAD_MAX_BYTES // MEGABYTE} MB, unpacking {pdf.WORK // MEGABYTE} MB of a PDF" in said
    assert f"{settings.CELERY_TASK_TIME_LIMIT} s at most" in said
    assert f"{pages.page_size} rows a page, {pages.max_page_size} by the API" in said
    assert settings.ACCOUNT_RATE_LIMITS["login"].partition("/")[0] + " a minute an address" in said
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"].endswith("5/300s/key")


def test_weak_components_are_mended_within_days_that_are_written_down() -> None:
    times = [row[1] for row in rows_of(document("components.md")) if len(row) == 2]
    assert times[1:5] == ["2 days: upgrade, or take the function off", "7 days", "30 days", "90 days"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements/test.txt"])
def test_every_component_has_one_version_and_comes_from_no_address(name: str) -> None:
    lines = [
        line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.match(r"[^\s#]", line)
    ]
    assert len(lines) > 30
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ;.*)?", line)] == []


def test_what_is_installed_is_what_is_listed() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("==") for line in lines if "==" in line and ";" not in line)
    here = {name: metadata.version(name.partition("[")[0]) for name in listed}
    assert here == {name: version.strip() for name, version in listed.items()}


def test_security_page_leads_to_all_of_them() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    names = {path.name for path in (ROOT / "docs/security").glob("*.md")}
    assert len(names) == 6
    assert [name for name in names if f"docs/security/{name}" not in page] == []
