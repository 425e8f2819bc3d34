"""The clock asks the virus scanner, waits an outage out, and its watchers name what waits and what is misplaced."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from pytest_django import Settings

from zsbank.base.calendar import clock
from zsbank.base.files import scanner, store
from zsbank.base.files.actions import scan, store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.states import ScanState
from zsbank.base.files.tests.clamd import SIGNATURE, Clamd, clamd_on_unix, eicar
from zsbank.base.files.tests.papers import holding, small_pdf
from zsbank.base.journal.tests.tampering import settle
from zsbank.site.operations import health, integrity, queries, runner

pytestmark = pytest.mark.django_db
PDF = small_pdf()
BAD = holding(eicar())
Committed = Callable[..., Any]


def judged() -> list[str]:
    """What the judge says once all is committed."""
    settle()
    return list(integrity.findings())


@pytest.fixture
def clamd(tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    """The scanner that the register has been told of."""
    with clamd_on_unix(tmp_path / "clamd.sock") as running:
        settings.CLAMAV_SOCKET = running.address
        yield running


def handed_in(content: bytes = PDF) -> StoredFile:
    """A file that somebody handed in."""
    return store_upload(content=ContentFile(content), name="材料.pdf", by=None)


def stands(file: StoredFile) -> tuple[str, str]:
    """Where a file stands with the scanner now, and what it said."""
    return StoredFile.objects.values_list("scan", "scan_result").get(pk=file.pk)


def test_the_judge_knows_where_quarantined_files_lie(clamd: Clamd, committed: Committed) -> None:
    with committed():
        file = handed_in(BAD)
        runner.deliver()
    assert judged() == []
    stray = store.quarantine_path("ab" * 16)
    stray.write_bytes(b"x")
    store.quarantine_path(file.stored_name).unlink()
    assert judged() == [
        f"files.storedfile {file.pk}: cannot be read (FileNotFoundError)",
        f"file quarantine/{stray.name}: lies there without a row",
    ]


def test_an_outage_is_waited_out(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "PING_SECONDS", 0.2)
    clamd.manner = "hangs"
    files = [handed_in(), handed_in(BAD)]
    run = runner.deliver()
    assert [(one["step"], one["id"], one["error"]) for one in run.failed] == [("scan", None, "ScannerOutage")]
    assert {stands(file) for file in files} == {(ScanState.BEING_CHECKED, "")}
    clamd.manner = "well"
    assert runner.deliver().done["scan"] == 2
    assert [stands(file)[0] for file in files] == [ScanState.CLEAN, ScanState.QUARANTINED]


def test_a_scanner_taken_away_leaves_files_waiting(clamd: Clamd, settings: Settings) -> None:
    file = handed_in()
    settings.CLAMAV_SOCKET = ""
    assert [one["error"] for one in runner.deliver().failed] == ["ScannerOutage"]
    assert stands(file)[0] == ScanState.BEING_CHECKED


def test_what_waits_for_longer_than_a_quarter_of_an_hour_is_named(clamd: Clamd) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC), tick=False) as now:
        file = handed_in()
        now.shift(dt.timedelta(minutes=15))
        assert not queries.stuck_scans().exists()
        now.shift(dt.timedelta(seconds=1))
        assert list(queries.stuck_scans()) == [file]
        said = f"files.storedfile {file.pk}: has not been scanned for viruses since 2026-11-23 04:00 UTC"
        assert said in judged()


def test_a_copy_restored_from_before_the_scan_is_scanned_again(clamd: Clamd) -> None:
    file = handed_in(BAD)
    store.quarantine(file.stored_name)
    assert StoredFile.objects.get().scan == ScanState.BEING_CHECKED
    runner.deliver()
    assert stands(file) == (ScanState.QUARANTINED, SIGNATURE)
    assert judged() == []


def test_a_stop_before_the_move_is_made_good_by_the_next_round(clamd: Clamd) -> None:
    file = handed_in(BAD)
    scan(file.pk)
    assert f"files.storedfile {file.pk}: is quarantined, but lies outside quarantine" in judged()
    assert runner.deliver().done == {"move_to_quarantine": 1}
    assert store.quarantine_path(file.stored_name).exists()
    assert runner.deliver().done == {}


@pytest.mark.parametrize("left_alone", [True, False])
def test_health_names_what_waits_and_a_scanner_that_was_taken_away(
    clamd: Clamd, settings: Settings, left_alone: bool
) -> None:
    handed_in()
    assert queries.stuck_scans().count() == 0
    StoredFile.objects.update(at=clock.now() - dt.timedelta(hours=1))
    settings.CLAMAV_SOCKET = clamd.address if left_alone else ""
    scans = next(finding for finding in health.look() if finding.part == "scans")
    assert not scans.well
    assert scans.says.startswith("1份超过15分钟未查毒")
    assert scans.says.endswith("未设置查毒程序") is not left_alone
