"""Checks of a file's content before it is stored: intact, not encrypted, without active content.

Every kind is looked through by a program of its own with the same limits of time and memory, and so many at once.
"""

import logging
from typing import IO

from django.conf import settings

from zsbank.base.files import archives
from zsbank.base.files.confined import Failed, Limits, Stopped, output_of
from zsbank.base.files.formats import FileKind
from zsbank.base.files.pdf import SECONDS, SOUND, WAIT_SECONDS, check_pdf
from zsbank.base.files.pdf_reader import MAX_MEMORY_BYTES, MAX_SECONDS
from zsbank.base.files.places import NoPlace, place
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

LIMITS = Limits(SECONDS, MAX_SECONDS, MAX_MEMORY_BYTES)

logger = logging.getLogger(__name__)


def check_content(file: IO[bytes], kind: FileKind, name: str) -> None:
    """Check a file of a known kind, and rewind it.

    Raises:
        FileRefused: the message names the file and says what to do.
    """
    file.seek(0)
    try:
        _check(file, kind)
    except UnacceptableFile as unfit:
        raise unfit.refusal(name) from unfit
    finally:
        file.seek(0)


def _check(file: IO[bytes], kind: FileKind) -> None:
    data = file.read()
    if kind == FileKind.PDF:
        if archives.open_archive(file):
            raise UnacceptableFile(FileFault.TWO_KINDS)
        check_pdf(data)
        return
    try:
        word = answer(data, kind)
    except NoPlace as error:
        raise UnacceptableFile(FileFault.BUSY) from error
    if word != SOUND:
        raise UnacceptableFile(FileFault(word) if word in set(FileFault) else FileFault.HIDDEN)


def answer(data: bytes, kind: FileKind) -> str:
    """Return the reader's verdict on a file: one word, empty if there is none.

    Raises:
        NoPlace: too many are looked through on this machine.
    """
    with place(settings.PDF_CHECKS_DIR, settings.PDF_CHECKS, WAIT_SECONDS):
        try:
            return output_of("zsbank.base.files.reader", data, LIMITS, kind.value).decode(errors="replace")
        except (Stopped, Failed) as error:
            logger.warning("a %s file could not be looked through: %s", kind.value, type(error).__name__)
            return ""
