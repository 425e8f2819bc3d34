"""Virus scans: files are served only when clean, and scanned again after an outage."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import record_scan, scan, store_content, store_upload
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.files.scanner import Answer, ScannerOutage
from zsbank.base.files.states import ScanState
from zsbank.base.files.sweep import STEPS
from zsbank.base.files.tests.clamd import SIGNATURE, Clamd, clamd_on_unix, eicar
from zsbank.base.files.tests.papers import holding, small_pdf
from zsbank.base.journal.models import Entry
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import Refused

pytestmark = pytest.mark.django_db
PDF = small_pdf()
BAD = holding(eicar())
Committed = Callable[..., Any]


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


def refused(file: StoredFile) -> str:
    """Return the code of the refusal to serve a file."""
    with pytest.raises(Refused) as caught:
        serve(StoredFile.objects.get(pk=file.pk))
    return caught.value.code


def served(file: StoredFile) -> bytes:
    """Return the served bytes of a file."""
    response = serve(StoredFile.objects.get(pk=file.pk))
    content = b"".join(response)
    if response.file_to_stream:
        response.file_to_stream.close()
    return content


def run_sweep() -> int:
    """Run the sweep of files once and return how much was done."""
    return sum(step.do(pk) for step in STEPS for pk in list(step.due(clock.today())))


def test_files_are_served_unscanned_without_scanner(settings: Settings) -> None:
    settings.CLAMAV_SOCKET = ""
    file = submitted_file()
    assert scan_state_of(file) == (ScanState.NOT_SCANNED, "")
    assert served(file) == PDF
    assert run_sweep() == 0


def test_generated_letter_is_not_scanned(clamd: Clamd) -> None:
    letter = store_content(blocks=[PDF], name="函.pdf", kind=FileKind.PDF, by=None)
    run_sweep()
    assert (scan_state_of(letter)[0], clamd.heard) == (ScanState.NOT_SCANNED, [])
    assert served(letter) == PDF


def test_clean_file_is_served_after_scan(clamd: Clamd) -> None:
    file = submitted_file()
    assert (scan_state_of(file)[0], refused(file)) == (ScanState.BEING_CHECKED, "being_checked")
    assert run_sweep() == 1
    assert scan_state_of(file) == (ScanState.CLEAN, "")
    assert served(file) == PDF
    assert clamd.heard == [PDF]
    assert run_sweep() == 0


def test_infected_file_is_quarantined_and_not_served(clamd: Clamd, committed: Committed) -> None:
    with committed():
        file = submitted_file(BAD)
    with committed():
        assert scan(file.pk)
        assert store.final_path(file.stored_name).exists(), "it moves with the commit, not before"
    assert scan_state_of(file) == (ScanState.QUARANTINED, SIGNATURE)
    assert not store.final_path(file.stored_name).exists()
    assert store.quarantine_path(file.stored_name).read_bytes() == BAD
    entry = Entry.objects.get(verb="quarantine_file", subject_id=file.pk)
    assert entry.data == {"signature": SIGNATURE, "sha256": file.sha256}
    assert refused(file) == "quarantined"
    with pytest.raises(FileNotFoundError):
        store.open_bytes(file.stored_name)


def test_quarantined_file_is_not_served_before_move(clamd: Clamd) -> None:
    file = submitted_file(BAD)
    scan(file.pk)
    assert not store.quarantine_path(file.stored_name).exists()
    assert refused(file) == "quarantined"


def test_second_scan_result_is_ignored(clamd: Clamd) -> None:
    file = submitted_file(BAD)
    assert record_scan(file_id=file.pk, answer=Answer(SIGNATURE))
    assert not record_scan(file_id=file.pk, answer=Answer())
    assert not scan(file.pk)
    assert scan_state_of(file) == (ScanState.QUARANTINED, SIGNATURE)
    assert Entry.objects.filter(verb="quarantine_file").count() == 1


def test_failed_scan_has_reason_and_is_retried_last(clamd: Clamd) -> None:
    troubled = submitted_file()
    clamd.manner = "too_large"
    with pytest.raises(ScannerOutage):
        scan(troubled.pk)
    assert scan_state_of(troubled) == (
        ScanState.BEING_CHECKED,
        "said 'INSTREAM size limit exceeded. ERROR'",
    )
    other = submitted_file()
    clamd.manner = "well"
    run_sweep()
    assert [scan_state_of(file) for file in (troubled, other)] == [(ScanState.CLEAN, "")] * 2
    asked = StoredFile.objects.order_by("scanned_at").values_list("pk", flat=True)
    assert list(asked) == [other.pk, troubled.pk]
