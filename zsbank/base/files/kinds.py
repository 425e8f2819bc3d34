"""The kind of a file, determined by its content."""

import re
from pathlib import Path
from typing import IO

from zsbank.base.files import archives
from zsbank.base.files.formats import FileKind

CONTENT_TYPES: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.OFD: "application/ofd",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXTENSIONS: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.OFD: (".ofd",),
    FileKind.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    FileKind.PNG: (".png",),
    FileKind.DOCX: (".docx",),
    FileKind.XLSX: (".xlsx",),
}
"""File name extensions of each kind; the first is added to a name without an extension."""

PAPERS = (FileKind.PDF, FileKind.OFD)
"""The kinds of a signed and sealed document."""

SCANS = (*PAPERS, FileKind.JPEG, FileKind.PNG)
"""The kinds of a signed document or a scan of it."""
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
PICTURE_EXTENSIONS = frozenset(
    {*EXTENSIONS[FileKind.JPEG], *EXTENSIONS[FileKind.PNG], ".heic", ".heif", ".webp"}
)
"""Telephones and chat programs convert pictures to another kind without renaming them."""

LEADING: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)
PDF = re.compile(rb"(?:\xef\xbb\xbf|%%EOF|[\0\t\n\f\r ])*+%PDF-")
"""Scanners and mail programs put blanks, a byte order mark, or the end of the page before in front."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
HEIC = re.compile(rb"(?s)....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)")
OTHER_PICTURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (HEIC, "HEIC"),
    (re.compile(rb"(?s)....ftypavi[fs]"), "AVIF"),
    (re.compile(rb"(?s)RIFF....WEBP"), "WebP"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"(?s)BM....\0\0\0\0"), "BMP"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
)
"""Pictures that people have and that are not accepted."""
INSIDE: tuple[tuple[str, FileKind], ...] = (
    ("OFD.xml", FileKind.OFD),
    ("word/document.xml", FileKind.DOCX),
    ("xl/workbook.xml", FileKind.XLSX),
)


def kind_of(file: IO[bytes]) -> FileKind | None:
    """Return the kind by leading bytes, or by the parts of a zip container; None for other files."""
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    if PDF.match(head):
        return FileKind.PDF
    for leading, kind in LEADING:
        if head.startswith(leading):
            return kind
    return _kind_in_zip(file) if head.startswith(b"PK\x03\x04") else None


def _kind_in_zip(file: IO[bytes]) -> FileKind | None:
    archive = archives.open_archive(file)
    names = set(archive.namelist()) if archive else set()
    file.seek(0)
    return next((kind for name, kind in INSIDE if name in names), None)


def is_old_office(file: IO[bytes]) -> bool:
    """Return whether it is an OLE container: an old Office file, or an encrypted new one."""
    head = file.read(len(OLD_OFFICE))
    file.seek(0)
    return head == OLD_OFFICE


def other_picture(file: IO[bytes]) -> str:
    """Return the name of the format of a picture that is not accepted; empty for other files."""
    head = file.read(16)
    file.seek(0)
    return next((name for leading, name in OTHER_PICTURES if leading.match(head)), "")


def matching_name(name: str, kind: FileKind) -> str | None:
    """Return the name with the extension of its kind, so that the right program opens a download.

    Returns:
        None if the extension is that of another kind; extensions of pictures are corrected.
    """
    ending, right = Path(name).suffix.lower(), EXTENSIONS[kind]
    if ending in right:
        return name
    if ending and not (kind in PICTURES and ending in PICTURE_EXTENSIONS):
        return None
    stem = name[: len(name) - len(ending)]
    return f"{stem[: 200 - len(right[0])]}{right[0]}"
