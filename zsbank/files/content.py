"""What a file holds, looked through before it is kept: whole, open to read, without anything that acts by itself.

Nothing is decoded that could grow: sizes are read from what the file declares.
"""

import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from zsbank.files.models import FileKind
from zsbank.refusals import Refused

PAGES, OBJECTS, PIXELS = 2000, 200_000, 100_000_000
ENTRIES, UNPACKED, TIMES_SMALLER = 10_000, 500 * 1024 * 1024, 200
TAIL = 1024
ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA"})
ACTING_TYPES = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/Movie", "/GoToE"}
)
ACTING_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/", ".exe", ".js", ".vbs")


def check_content(file: IO[bytes], kind: FileKind, name: str) -> None:
    """Look through a file whose kind is known by its first bytes; it is read from its start again afterwards.

    Raises:
        Refused: damaged, protected by a password, too many pages or pixels, packed too tightly, or with active
            content; the reason names the file and says what to do.
    """
    try:
        _CHECKS[kind](file, name)
    finally:
        file.seek(0)


def _pdf(file: IO[bytes], name: str) -> None:
    _check_end(file, name)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise _refused(_("%(name)s is protected by a password. Save it without one."), name, "encrypted")
        pages = _declared_pages(reader)
        objects = list(_objects(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise _damaged(name) from error
    if not pages:
        raise _damaged(name)
    if pages > PAGES or len(objects) > OBJECTS:
        raise _refused(_("%(name)s has too many pages. Split it."), name, "too_many_pages")
    if any(_acts(one) for one in objects):
        raise _refused(
            _("%(name)s has content that acts by itself (scripts, files inside). Print it to a new PDF."),
            name,
            "active",
        )


def _check_end(file: IO[bytes], name: str) -> None:
    """A PDF that was cut off has no end; programs open it all the same and show what is left."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - TAIL))
    if b"%%EOF" not in file.read():
        raise _damaged(name)
    file.seek(0)


def _declared_pages(reader: PdfReader) -> int:
    root: Any = reader.trailer["/Root"]
    return int(root["/Pages"].get("/Count", 0))


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the document, those in object streams too, up to one more than is allowed."""
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers)[: OBJECTS + 1]:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _acts(value: Any, depth: int = 0) -> bool:
    """Whether an object, or what lies directly in it, does something when the file is opened or clicked."""
    if depth > 50:
        return True
    if isinstance(value, DictionaryObject):
        if (
            ACTING_KEYS & value.keys()
            or value.get("/S") in ACTING_TYPES
            or value.get("/Subtype") in ACTING_TYPES
        ):
            return True
        return any(_acts(value.raw_get(key), depth + 1) for key in value)
    if isinstance(value, ArrayObject):
        return any(_acts(one, depth + 1) for one in value)
    return False


def _picture(file: IO[bytes], name: str) -> None:
    try:
        with Image.open(file) as picture:
            width, height = picture.size
            if width * height > PIXELS:
                raise _refused(_("%(name)s has too many pixels. Make it smaller."), name, "too_many_pixels")
            picture.verify()
    except Image.DecompressionBombError as error:
        raise _refused(
            _("%(name)s has too many pixels. Make it smaller."), name, "too_many_pixels"
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _damaged(name) from error


def _archive(file: IO[bytes], name: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(_("%(name)s is protected by a password. Save it without one."), name, "encrypted")
    unpacked, packed = (
        sum(sizes) for sizes in zip(*((e.file_size, e.compress_size) for e in entries), strict=True)
    )
    if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked > max(packed, 50_000) * TIMES_SMALLER:
        raise _refused(_("%(name)s unpacks to far more than a document needs. Save it anew."), name, "bomb")
    if any(part in f"/{entry.filename.lower()}" for entry in entries for part in ACTING_PARTS):
        raise _refused(
            _("%(name)s has macros or files inside. Save it without them, or as PDF."), name, "active"
        )


def _refused(words: str, name: str, code: str) -> Refused:
    return Refused(words % {"name": name}, code)


def _damaged(name: str) -> Refused:
    return _refused(
        _("%(name)s is damaged or cut off. Open it, save it anew and try again."), name, "damaged"
    )


_CHECKS: dict[FileKind, Callable[[IO[bytes], str], None]] = {
    FileKind.PDF: _pdf,
    FileKind.JPEG: _picture,
    FileKind.PNG: _picture,
    FileKind.OFD: _archive,
    FileKind.DOCX: _archive,
    FileKind.XLSX: _archive,
}
