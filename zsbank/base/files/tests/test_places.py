"""Places for programs that take much memory: never more at once than there are, over all processes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from zsbank.base.files import pdf
from zsbank.base.files.pdf import PACKAGE, check_pdf
from zsbank.base.files.places import NoPlace, place
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

PROCESSES, PLACES = 5, 2
HOLD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from base.files.places import place
folder, places, go = Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
print("ready", flush=True)
while not go.exists():
    time.sleep(0.01)
with place(folder, places, 60):
    print(time.monotonic(), flush=True)
    time.sleep(0.3)
    print(time.monotonic(), flush=True)
"""
"""A process that holds a place for a moment; `zsbank` as a folder only, so that nothing else is imported."""


def held_at_once(folder: Path, places: int) -> int:
    """Let several processes take a place at the same moment; return how many held one at once."""
    go = folder / "go"
    words = [sys.executable, "-c", HOLD, str(PACKAGE), str(folder / "places"), str(places), str(go)]
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _number in range(PROCESSES)]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    go.touch()
    spans = [tuple(map(float, one.communicate(timeout=60)[0].split())) for one in started]
    return max(sum(begin <= moment < end for begin, end in spans) for moment, _end in spans)


def test_no_more_processes_hold_a_place_than_there_are(tmp_path: Path) -> None:
    assert held_at_once(tmp_path, PLACES) == PLACES


def test_processes_would_run_at_once_without_the_limit(tmp_path: Path) -> None:
    """The control of the test above."""
    assert held_at_once(tmp_path, PROCESSES) > PLACES


def test_place_of_a_killed_process_is_free(tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    code = HOLD.replace("time.sleep(0.3)", "time.sleep(60)")
    words = [sys.executable, "-c", code, str(PACKAGE), str(tmp_path / "places"), "1", str(tmp_path / "go")]
    holder = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.stdout.readline()
    with pytest.raises(NoPlace), place(tmp_path / "places", 1, 0):
        pass
    holder.kill()
    holder.communicate()
    with place(tmp_path / "places", 1, 0):
        pass


def test_pdf_waits_and_is_refused_as_busy(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF_CHECKS, settings.PDF_CHECKS_DIR = 1, tmp_path
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.2)
    data = small_pdf() + b"\n% another file than that of other tests"
    with place(tmp_path, 1, 0):
        began = time.monotonic()
        with pytest.raises(UnacceptableFile) as caught:
            check_pdf(data)
        assert time.monotonic() - began >= 0.2
    assert caught.value.fault == FileFault.BUSY
    check_pdf(small_pdf())
