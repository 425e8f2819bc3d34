"""Checks of DOCX, XLSX and OFD files: no macros, no embedded files, no external references."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zsbank.base.files import archives
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import INSIDE
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

MAX_FIELD_PIECES, MAX_XML_BYTES, MAX_LIST_BYTES = 100_000, 96 * 1024 * 1024, 4 * 1024 * 1024
"""Maximum pieces of fields in one part; bytes of all XML parts, and of parts that list types and relationships."""

ACTIVE_PARTS = ("vbaproject", "vbadata", "/activex/", "/embeddings/", "/macrosheets/", "/externallinks/")
EXECUTABLE = (
    *(
        ".exe",
        ".dll",
        ".scr",
        ".com",
        ".bat",
        ".cmd",
        ".ps1",
        ".vbs",
        ".vbe",
        ".js",
        ".jse",
        ".wsf",
        ".hta",
        ".lnk",
    ),
    *(".jar", ".msi", ".swf", ".htm", ".html", ".mht", ".chm", ".zip", ".rar", ".7z", ".cab", ".iso"),
    *(".docm", ".dotm", ".xlsm", ".xlam", ".pptm"),
)
ACTIVE_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex")
ACTIVE_RELATIONSHIPS = frozenset(
    {"vbaproject", "wordvbadata", "oleobject", "package", "control", "activexcontrolbinary", "afchunk"}
    | {
        "xlmacrosheet",
        "xlintlmacrosheet",
        "externallink",
        "connections",
        "webextension",
        "webextensiontaskpanes",
    }
)
LOCAL_TEMPLATE = re.compile(r"(?:file:///)?[a-zA-Z]:[\\/].*|[^\\/:]+")
ENCODING = re.compile(rb"\s*+<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
READ_AS_ASCII = frozenset({b"utf-8", b"us-ascii", b"gb2312", b"gbk", b"gb18030"})
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FIELD = re.compile(
    rb"<(?:\w+:)?(?:del)?[iI]nstrText\b[^<>]*+>([^<]*+)(</)?|\binstr\s*=\s*(\"[^\"]*+\"|'[^']*+')|fldCharType\s*=\s*.begin"
)
FETCHING_FIELD = re.compile(r"(?im)^(?:[^\S\n]|[\"'])*+(?:DDE|DDEAUTO|QUOTE\s++\d+)\b")


def check_office_file(file: IO[bytes], kind: FileKind, size: int) -> None:
    """Check an office file: its directory, its lists of parts and relationships, and the fields in its text.

    Raises:
        UnacceptableFile: it is damaged or encrypted, expands too much, or has active content or external
            references.
    """
    archive = archives.open_archive(file)
    if archive is None:
        raise UnacceptableFile(FileFault.DAMAGED)
    with archive:
        archives.check_entries(archive, size)
        names = archive.namelist()
        if sum(name in names for name, _kind in INSIDE) > 1:
            raise UnacceptableFile(FileFault.TWO_KINDS)
        if any(_is_active(f"/{name.lower()}") for name in names):
            raise UnacceptableFile(FileFault.ACTIVE)
        try:
            for name, part in _texts(archive):
                _check_text(name, part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ParseError, NotImplementedError) as error:
            raise UnacceptableFile(FileFault.DAMAGED) from error
        if kind != FileKind.OFD and "[Content_Types].xml" not in names:
            raise UnacceptableFile(FileFault.DAMAGED)


def _is_active(name: str) -> bool:
    return name.endswith(EXECUTABLE) or any(part in name for part in ACTIVE_PARTS)


def _texts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the XML parts, each unpacked separately, within the limits of size."""
    texts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    lists = [entry for entry in texts if _is_list(entry.filename.lower())]
    if (
        sum(one.file_size for one in texts) > MAX_XML_BYTES
        or sum(one.file_size for one in lists) > MAX_LIST_BYTES
    ):
        raise UnacceptableFile(FileFault.BOMB)
    for entry in texts:
        yield entry.filename.lower(), archive.read(entry)


def _is_list(name: str) -> bool:
    return name == "[content_types].xml" or name.endswith(".rels")


def _check_text(name: str, part: bytes) -> None:
    encoding = ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in part or (encoding and encoding[1].lower() not in READ_AS_ASCII) or DECLARED.search(part):
        raise UnacceptableFile(FileFault.HIDDEN)
    if _is_list(name):
        _check_list(part)
    elif name.startswith("word/"):
        _check_fields(part)


def _check_list(part: bytes) -> None:
    """Check types and relationships of parts: only hyperlinks may be external."""
    try:
        rows = list(fromstring(part, forbid_dtd=True).iter())
    except DefusedXmlException as error:
        raise UnacceptableFile(FileFault.HIDDEN) from error
    if any(sort in row.get("ContentType", "").lower() for row in rows for sort in ACTIVE_TYPES):
        raise UnacceptableFile(FileFault.ACTIVE)
    if any(_is_forbidden(row) for row in rows if row.tag.endswith("}Relationship")):
        raise UnacceptableFile(FileFault.ACTIVE)


def _is_forbidden(row: Element) -> bool:
    sort = row.get("Type", "").rsplit("/", 1)[-1].lower()
    if row.get("TargetMode", "").lower() != "external":
        return sort in ACTIVE_RELATIONSHIPS
    if sort == "attachedtemplate":
        return LOCAL_TEMPLATE.fullmatch(row.get("Target", "")) is None
    return sort != "hyperlink"


def _check_fields(part: bytes) -> None:
    """Check the fields of a text, with their instructions joined: they may be split into several pieces."""
    pieces: list[str] = []
    for found in FIELD.finditer(part):
        if len(pieces) > MAX_FIELD_PIECES:
            raise UnacceptableFile(FileFault.BOMB)
        if found[1] is not None and found[2] is None:
            raise UnacceptableFile(FileFault.HIDDEN)
        if found[1] is not None:
            pieces.append(_plain(found[1]))
        else:
            pieces.append(f"\n{_plain(found[3][1:-1])}\n" if found[3] else "\n")
    if FETCHING_FIELD.search("".join(pieces)):
        raise UnacceptableFile(FileFault.ACTIVE)


def _plain(text: bytes) -> str:
    return html.unescape(text.decode(errors="replace"))
