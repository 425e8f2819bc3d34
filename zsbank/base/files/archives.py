"""What a zip container says that it holds, read from its directory before anything is unpacked."""

import re
import struct
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

from zsbank.base.files.unacceptable import Ground, Unfit

ENTRIES, DIRECTORY, UNPACKED, TIMES_SMALLER = 10_000, 4 * 1024 * 1024, 500 * 1024 * 1024, 200
END, END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
LINK, FORMAT = 0o120000, 0o170000
BEGINS = re.compile(
    rb"(?i)%PDF-|PK[\x01-\x08]{2}|<(?:!doctype|html|script|\?)|\x7fELF|\AMZ|[^\n\r\t -~\x80-\xff]"
)
"""In a comment, which some programs write at the end: another kind of file rather than words."""


def opened(file: IO[bytes]) -> zipfile.ZipFile | None:
    """The container, or None when it is none or its directory is longer than any document's."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - END_LENGTH - LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(END)
    file.seek(0)
    if (
        place < 0
        or len(tail) - place < END_LENGTH
        or struct.unpack_from("<L", tail, place + 12)[0] > DIRECTORY
    ):
        return None
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError):
        return None


def unpacks_to_more(entries: Sequence[zipfile.ZipInfo], *, parts: int, size: int) -> bool:
    """Whether the directory tells of more parts, or of more bytes when they are unpacked, than there may be."""
    return len(entries) > parts or sum(entry.file_size for entry in entries) > size


def check_entries(archive: zipfile.ZipFile, size: int) -> None:
    """Look through what the directory says.

    Raises:
        Unfit: with a password, packed too tightly or oddly, with names that lead elsewhere or come twice, or with
            something in front or behind.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit(Ground.ENCRYPTED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unfit(Ground.HIDDEN)
    packed = sum(entry.compress_size for entry in entries)
    most = min(UNPACKED, max(packed, 50_000) * TIMES_SMALLER)
    if packed > size or unpacks_to_more(entries, parts=ENTRIES, size=most):
        raise Unfit(Ground.BOMB)
    if BEGINS.search(archive.comment) or min(entry.header_offset for entry in entries) != 0:
        raise Unfit(Ground.TWO_KINDS)
    if any(_leads_elsewhere(entry) for entry in entries) or _twice(entry.filename for entry in entries):
        raise Unfit(Ground.DAMAGED)


def _leads_elsewhere(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry would be written outside the folder that the container is unpacked to."""
    name = entry.filename.replace("\\", "/")
    outside = name.startswith("/") or ":" in name or ".." in name.split("/")
    return outside or "\0" in entry.orig_filename or (entry.external_attr >> 16) & FORMAT == LINK


def _twice(names: Iterable[str]) -> bool:
    """Whether a name comes twice: programs differ in which of the two they show."""
    lowered = [name.lower() for name in names]
    return len(set(lowered)) < len(lowered)
