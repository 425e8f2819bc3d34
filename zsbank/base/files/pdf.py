"""A PDF looked through by a program of its own, `pdf_reader.py`, which is stopped when it takes too much."""

import logging
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from zsbank.base.files.places import NoPlace, place
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

SOUND, SECONDS = "sound", 30
"""Seconds of elapsed time; the program itself limits processor time and memory."""
WAIT_SECONDS = 20
"""How long a file waits while as many others are looked through as the machine may at once."""

PACKAGE = Path(__file__).resolve().parents[2]
START = """
import runpy, sys, types
package = types.ModuleType("zsbank")
package.__path__ = [sys.argv[1]]
sys.modules["zsbank"] = package
runpy.run_module("zsbank.base.files.pdf_reader", run_name="__main__")
"""
"""The package as a folder only: importing it would load the settings with their secrets."""

logger = logging.getLogger(__name__)


def check_pdf(data: bytes) -> None:
    """Check a PDF with the reader.

    Raises:
        UnacceptableFile: it is truncated, encrypted, active, too large when unpacked, or has too many
            pages. A file for which the program fails or takes too long cannot be inspected; one that found no
            place in time can be tried again.
    """
    try:
        word = answer(data)
    except NoPlace as error:
        raise UnacceptableFile(FileFault.BUSY) from error
    if word != SOUND:
        raise UnacceptableFile(FileFault(word) if word in set(FileFault) else FileFault.HIDDEN)


def answer(data: bytes) -> str:
    """Return the reader's verdict on a PDF: one word, empty if there is none.

    Raises:
        NoPlace: too many are looked through on this machine.
    """
    with place(settings.PDF_CHECKS_DIR, settings.PDF_CHECKS, WAIT_SECONDS):
        return _answer(data)


def _answer(data: bytes) -> str:
    words = [sys.executable, "-I", "-B", "-c", START, str(PACKAGE)]
    try:
        done = subprocess.run(  # noqa: S603 words of ours
            words, input=data, capture_output=True, timeout=SECONDS, check=False, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        logger.warning("a PDF was given up after %s seconds", SECONDS)
        return ""
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        logger.warning("the program that looks through PDFs ended with %s: %s", done.returncode, last[:200])
        return ""
    return done.stdout.decode(errors="replace")
