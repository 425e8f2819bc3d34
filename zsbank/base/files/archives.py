"""Checks of zip containers that read only the directory, before anything is unpacked."""

import re
import struct
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

MAX_ENTRIES, MAX_DIRECTORY_BYTES, MAX_UNPACKED_BYTES, MAX_RATIO = (
    10_000,
    4 * 1024 * 1024,
    500 * 1024 * 1024,
    200,
)
END, END_LENGTH, MAX_COMMENT = b"PK\x05\x06", 22, 65_535
LINK, FORMAT = 0o120000, 0o170000
BINARY_OR_MARKUP = re.compile(
    rb"(?i)%PDF-|PK[\x01-\x08]{2}|<(?:!doctype|html|script|\?)|\x7fELF|\AMZ|[^\n\r\t -~\x80-\xff]"
)
"""In a comment, which some programs write at the end: another kind of file rather than words."""


def open_archive(file: IO[bytes]) -> zipfile.ZipFile | None:
    """Return the container; None if it is not one, or its directory is too large."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - END_LENGTH - MAX_COMMENT))
    tail = file.read()
    place = tail.rfind(END)
    file.seek(0)
    if (
        place < 0
        or len(tail) - place < END_LENGTH
        or struct.unpack_from("<L", tail, place + 12)[0] > MAX_DIRECTORY_BYTES
    ):
        return None
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError):
        return None


def exceeds(entries: Sequence[zipfile.ZipInfo], *, parts: int, size: int) -> bool:
    """Return whether the directory declares more parts, or more unpacked bytes, than allowed."""
    return len(entries) > parts or sum(entry.file_size for entry in entries) > size


def check_entries(archive: zipfile.ZipFile, size: int) -> None:
    """Check the entries of the directory.

    Raises:
        UnacceptableFile: entries are encrypted, use another compression, expand too much, have unsafe or
            duplicate names, or there is data before or after the container.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnacceptableFile(FileFault.ENCRYPTED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnacceptableFile(FileFault.HIDDEN)
    packed = sum(entry.compress_size for entry in entries)
    most = min(MAX_UNPACKED_BYTES, max(packed, 50_000) * MAX_RATIO)
    if packed > size or exceeds(entries, parts=MAX_ENTRIES, size=most):
        raise UnacceptableFile(FileFault.BOMB)
    if BINARY_OR_MARKUP.search(archive.comment) or min(entry.header_offset for entry in entries) != 0:
        raise UnacceptableFile(FileFault.TWO_KINDS)
    if any(_is_unsafe(entry) for entry in entries) or _has_duplicates(entry.filename for entry in entries):
        raise UnacceptableFile(FileFault.DAMAGED)


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry would be written outside of the target folder."""
    name = entry.filename.replace("\\", "/")
    outside = name.startswith("/") or ":" in name or ".." in name.split("/")
    return outside or "\0" in entry.orig_filename or (entry.external_attr >> 16) & FORMAT == LINK


def _has_duplicates(names: Iterable[str]) -> bool:
    """Return whether a name occurs twice: programs differ in which of the two entries they show."""
    lowered = [name.lower() for name in names]
    return len(set(lowered)) < len(lowered)
