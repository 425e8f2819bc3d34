"""The kind of a file, determined by its content."""

from typing import IO

from zsbank.base.files import archives
from zsbank.base.files.models import FileKind

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
LEADING: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
INSIDE: tuple[tuple[str, FileKind], ...] = (
    ("OFD.xml", FileKind.OFD),
    ("word/document.xml", FileKind.DOCX),
    ("xl/workbook.xml", FileKind.XLSX),
)


def kind_of(file: IO[bytes]) -> FileKind | None:
    """Return the kind by leading bytes, or by the parts of a zip container; None for other files."""
    file.seek(0)
    head = file.read(8)
    file.seek(0)
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
