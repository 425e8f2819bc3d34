"""Virus scans in the sweep, and their health and integrity checks."""

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
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.site.operations import health, integrity, queries, runner

pytestmark = pytest.mark.django_db
PDF = small_pdf()
BAD = holding(eicar())
Committed = Callable[..., Any]


def integrity_findings() -> list[str]:
    """Return the findings of the integrity check after the commit."""
    run_deferred_triggers()
    return list(integrity.findings())


@pytest.fixture
def clamd(tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    """The configured scanner."""
    with clamd_on_unix(tmp_path / "clamd.sock") as running:
        settings.CLAMAV_SOCKET = running.address
        yield running


def submitted_file(content: bytes = PDF) -> StoredFile:
    """A submitted file."""
    return store_upload(content=ContentFile(content), name="材料.pdf", by=None)


def scan_state_of(file: StoredFile) -> tuple[str, str]:
    """Return state and result of a file's scan."""
    return StoredFile.objects.values_list("scan", "scan_result").get(pk=file.pk)


def test_integrity_check_covers_quarantine(clamd: Clamd, committed: Committed) -> None:
    with committed():
        file = submitted_file(BAD)
        runner.deliver()
    assert integrity_findings() == []
    stray = store.quarantine_path("ab" * 16)
    stray.write_bytes(b"x")
    store.quarantine_path(file.stored_name).unlink()
    assert integrity_findings() == [
        f"files.storedfile {file.pk}: cannot be read (FileNotFoundError)",
        f"file quarantine/{stray.name}: lies there without a row",
    ]


def test_files_are_scanned_after_outage(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "PING_SECONDS", 0.2)
    clamd.manner = "hangs"
    files = [submitted_file(), submitted_file(BAD)]
    run = runner.deliver()
    assert [(one["step"], one["id"], one["error"]) for one in run.failed] == [("scan", None, "ScannerOutage")]
    assert {scan_state_of(file) for file in files} == {(ScanState.BEING_CHECKED, "")}
    clamd.manner = "well"
    assert runner.deliver().done["scan"] == 2
    assert [scan_state_of(file)[0] for file in files] == [ScanState.CLEAN, ScanState.QUARANTINED]


def test_removed_scanner_leaves_files_waiting(clamd: Clamd, settings: Settings) -> None:
    file = submitted_file()
    settings.CLAMAV_SOCKET = ""
    assert [one["error"] for one in runner.deliver().failed] == ["ScannerOutage"]
    assert scan_state_of(file)[0] == ScanState.BEING_CHECKED


def test_scan_waiting_15_minutes_is_reported(clamd: Clamd) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC), tick=False) as now:
        file = submitted_file()
        now.shift(dt.timedelta(minutes=15))
        assert not queries.stuck_scans().exists()
        now.shift(dt.timedelta(seconds=1))
        assert list(queries.stuck_scans()) == [file]
        said = f"files.storedfile {file.pk}: has not been scanned for viruses since 2026-11-23 04:00 UTC"
        assert said in integrity_findings()


def test_restored_file_is_scanned_again(clamd: Clamd) -> None:
    file = submitted_file(BAD)
    store.quarantine(file.stored_name)
    assert StoredFile.objects.get().scan == ScanState.BEING_CHECKED
    runner.deliver()
    assert scan_state_of(file) == (ScanState.QUARANTINED, SIGNATURE)
    assert integrity_findings() == []


def test_next_run_completes_move_to_quarantine(clamd: Clamd) -> None:
    file = submitted_file(BAD)
    scan(file.pk)
    assert f"files.storedfile {file.pk}: is quarantined, but lies outside quarantine" in integrity_findings()
    assert runner.deliver().done == {"move_to_quarantine": 1}
    assert store.quarantine_path(file.stored_name).exists()
    assert runner.deliver().done == {}


@pytest.mark.parametrize("left_alone", [True, False])
def test_health_reports_waiting_scans_and_missing_scanner(
    clamd: Clamd, settings: Settings, left_alone: bool
) -> None:
    submitted_file()
    assert queries.stuck_scans().count() == 0
    StoredFile.objects.update(at=clock.now() - dt.timedelta(hours=1))
    settings.CLAMAV_SOCKET = clamd.address if left_alone else ""
    scans = next(finding for finding in health.check() if finding.part == "scans")
    assert not scans.well
    assert scans.says.startswith("1份超过15分钟未查毒")
    assert scans.says.endswith("未设置查毒程序") is not left_alone
