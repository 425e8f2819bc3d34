"""The program that looks through PDFs: what it is kept from, and what happens when it fails or is stopped."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zsbank.base.files import pdf
from zsbank.base.files.pdf import PACKAGE, START, answer, check_pdf
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile


def ends_with(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in place of the one that looks through PDFs."""
    monkeypatch.setattr(pdf, "START", code)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="it crashes"),
        pytest.param("raise MemoryError", id="it runs out of memory"),
        pytest.param("print('something else')", id="it says what nobody expects"),
        pytest.param("", id="it says nothing"),
    ],
)
def test_a_pdf_over_which_the_program_fails_is_refused(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ends_with(code, monkeypatch)
    monkeypatch.setattr(pdf, "answer", answer)
    with pytest.raises(UnacceptableFile) as caught:
        check_pdf(small_pdf())
    assert caught.value.fault == FileFault.HIDDEN


def test_a_pdf_that_takes_too_long_is_refused_and_the_program_ended(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ends_with("while True: pass", monkeypatch)
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with caplog.at_level(logging.WARNING):
        assert answer(small_pdf()) == ""
    assert "given up" in caplog.text


def inside(code: str) -> str:
    """What a piece of code prints where hostile content would have taken the program over."""
    taken_over = START.replace(
        'runpy.run_module("zsbank.base.files.pdf_reader", run_name="__main__")',
        f"from zsbank.base.files import pdf_reader as reader\nreader.look_through = lambda data: exec({code!r})\n"
        "reader.main()",
    )
    words = [sys.executable, "-I", "-B", "-c", taken_over, str(PACKAGE)]
    done = subprocess.run(words, input=b"", capture_output=True, check=False, env={}, cwd="/")
    return done.stdout.decode() + done.stderr.decode()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        pytest.param("bytes(2 * 1024**3)", "MemoryError", id="take memory"),
        pytest.param(
            "import sys; print(sorted({'django', 'celery'} & set(sys.modules)))", "[]", id="see settings"
        ),
        pytest.param("import os; print(os.environ.get('DATABASE_URL', 'none'))", "none", id="see variables"),
    ],
)
def test_the_program_cannot(code: str, said: str) -> None:
    assert said in inside(code)


def test_the_program_writes_no_file(tmp_path: Path) -> None:
    written = tmp_path / "written"
    assert "OSError" in inside(f"open({str(written)!r}, 'w').write('x' * 100_000)")
    assert not written.exists() or written.stat().st_size == 0


def test_the_program_is_started_without_variables_of_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def run(words: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        given.update(how)
        return subprocess.CompletedProcess(words, 0, b"sound", b"")

    monkeypatch.setattr(subprocess, "run", run)
    assert answer(b"") == "sound"
    assert given["env"] == {}
