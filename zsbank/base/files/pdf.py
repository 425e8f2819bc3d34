"""A PDF looked through by a program of its own, `pdf_reader.py`, which is stopped when it takes too much."""

import logging
import subprocess
import sys
from pathlib import Path

from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

SOUND, SECONDS = "sound", 30
"""Seconds on the clock; those of the processor, and memory, are limited by the program itself."""

PACKAGE = Path(__file__).resolve().parents[2]
START = """
import runpy, sys, types
package = types.ModuleType("zsbank")
package.__path__ = [sys.argv[1]]
sys.modules["zsbank"] = package
runpy.run_module("zsbank.base.files.pdf_reader", run_name="__main__")
"""
"""The package as a mere folder: its own start would load the settings, with the secrets in them."""

logger = logging.getLogger(__name__)


def check_pdf(data: bytes) -> None:
    """Look through a PDF.

    Raises:
        UnacceptableFile: cut off, with a password, with active content, too large when unpacked, or of too many
            pages. A file for which the program fails or takes too long cannot be inspected.
    """
    word = answer(data)
    if word != SOUND:
        raise UnacceptableFile(FileFault(word) if word in set(FileFault) else FileFault.HIDDEN)


def answer(data: bytes) -> str:
    """What the program says of a PDF: one word, empty when it says nothing."""
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
