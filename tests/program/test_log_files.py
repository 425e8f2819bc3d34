"""Log files: one a day, whole lines, changes and refusals, kept for at least six months."""

import datetime as dt
import json
import logging
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from zsbank import environment
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.logs import DayFileHandler, JsonFormatter, days_with_log, log_file_of
from zsbank.site.operations import runner

PASSWORD = "correct horse battery"
LINES, LENGTH = 300, 9000


@contextmanager
def handler(folder: Path) -> Iterator[DayFileHandler]:
    """A handler as made by the settings."""
    day = DayFileHandler(folder)
    day.setFormatter(JsonFormatter())
    yield day
    day.close()


@pytest.fixture
def logged(tmp_path: Path) -> Any:
    """The log lines of the register during the test, as objects."""
    logger = logging.getLogger("zsbank")
    with handler(tmp_path) as day:
        logger.addHandler(day)
        yield lambda: [
            json.loads(line) for path in tmp_path.glob("*.jsonl") for line in path.read_text().splitlines()
        ]
        logger.removeHandler(day)


def record(text: str, created: float | None = None) -> logging.LogRecord:
    """A log record created at a given time."""
    made = logging.LogRecord("zsbank", logging.INFO, "", 0, text, None, None)
    made.created = created or made.created
    return made


def test_each_local_day_has_a_log_file(tmp_path: Path) -> None:
    before_midnight = dt.datetime.fromisoformat("2026-11-24T23:59:59+08:00").timestamp()
    for moment in (before_midnight, before_midnight + 2):
        with handler(tmp_path) as day:
            day.emit(record("示例", moment))
    assert [*days_with_log(tmp_path)] == [dt.date(2026, 11, 24), dt.date(2026, 11, 25)]
    assert log_file_of(tmp_path, dt.date(2026, 11, 24)).stat().st_mode & 0o777 == 0o600


def test_handler_changes_file_at_midnight(tmp_path: Path) -> None:
    before_midnight = dt.datetime.fromisoformat("2026-11-24T23:59:59+08:00").timestamp()
    with handler(tmp_path) as day:
        for moment in (before_midnight, before_midnight, before_midnight + 2):
            day.emit(record("示例", moment))
    days = [dt.date(2026, 11, 24), dt.date(2026, 11, 25)]
    assert [len(log_file_of(tmp_path, one).read_text().splitlines()) for one in days] == [2, 1]


def test_removed_log_file_is_created_again(tmp_path: Path) -> None:
    with handler(tmp_path) as day:
        day.emit(record("示例"))
        [path] = tmp_path.iterdir()
        path.rename(tmp_path / "collected")
        day.emit(record("示例"))
    assert [len(one.read_text().splitlines()) for one in (path, tmp_path / "collected")] == [1, 1]


def append(folder: Path, who: int) -> None:
    """Log many long lines."""
    with handler(folder) as day:
        for _number in range(LINES):
            day.emit(record(f"{who}" * LENGTH))


def test_concurrent_processes_write_whole_lines(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=append, args=(tmp_path, who)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    [path] = tmp_path.glob("*.jsonl")
    messages = [json.loads(line)["message"] for line in path.read_text().splitlines()]
    assert sorted(messages) == sorted(f"{who}" * LENGTH for who in range(4) for _number in range(LINES))


def test_full_disk_does_not_stop_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    with handler(tmp_path / "nowhere") as day:
        day.emit(record("示例"))
    assert [*tmp_path.iterdir()] == []


@pytest.mark.django_db
def test_sign_in_is_logged_without_secrets(clerk: User, logged: Any) -> None:
    clerk.set_password(PASSWORD)
    clerk.save()
    for password in ("a wrong one", PASSWORD):
        Client().post(f"{reverse('account_login')}?next=/exit/", {"login": clerk.email, "password": password})
    lines = logged()
    answered = [line for line in lines if line["message"] == "answered"]
    path = reverse("account_login")
    assert [(line["path"], line["status"], line.get("person")) for line in answered] == [
        (path, 200, None),
        (path, 302, clerk.pk),
    ]
    assert all(isinstance(line["ms"], int) for line in answered)
    assert {"a sign-in was refused", "signed in"} <= {line["message"] for line in lines}
    text = json.dumps(lines)
    for secret in (PASSWORD, "a wrong one", clerk.email, "next="):
        assert secret not in text


@pytest.mark.django_db
def test_reading_is_logged_only_when_refused(clerk: User, logged: Any) -> None:
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("banks:outlets"))
    assert logged() == []
    client.get("/bank/outlets/999999/")
    [line] = logged()
    assert (line["status"], line["person"]) == (404, clerk.pk)


@pytest.mark.django_db
def test_secret_address_is_logged_as_its_route(logged: Any) -> None:
    Client().post("/bank/invitation/a-secret-token/")
    [line] = logged()
    assert (line["path"], line["status"]) == ("/bank/invitation/<str:token>/", 405)


@pytest.mark.parametrize(("given", "days"), [("", 184), ("184", 184), ("3650", 3650)])
def test_log_is_kept_for_six_months(monkeypatch: pytest.MonkeyPatch, given: str, days: int) -> None:
    monkeypatch.setenv("ZSBANK_LOG_DAYS", given)
    assert environment.integer("ZSBANK_LOG_DAYS", 184, at_least=184) == days


@pytest.mark.parametrize("given", ["183", "0", "-1", "a year"])
def test_shorter_retention_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_LOG_DAYS", given)
    with pytest.raises(ImproperlyConfigured, match=r"ZSBANK_LOG_DAYS is .*at least 184"):
        environment.integer("ZSBANK_LOG_DAYS", 184, at_least=184)


@pytest.mark.django_db
@pytest.mark.parametrize("played", [None, dt.timedelta(days=4000)])
def test_sweep_removes_expired_log_files_only(
    tmp_path: Path, settings: Settings, played: dt.timedelta | None
) -> None:
    settings.LOGS_DIR, settings.LOG_DAYS = tmp_path, 184
    today = clock.machine_day()
    kept = [today - dt.timedelta(days=days) for days in (184, 1, 0)]
    for day in (today - dt.timedelta(days=185), today - dt.timedelta(days=900), *kept):
        log_file_of(tmp_path, day).touch()
    (tmp_path / "notes.txt").touch()
    runner.run(on=today + played if played else None)
    assert [*days_with_log(tmp_path)] == sorted(kept)
    assert (tmp_path / "notes.txt").exists()
