"""A DOCX, XLSX or OFD looked through: no macros, no files inside, nothing that is fetched from elsewhere."""

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
from zsbank.base.files.kinds import INSIDE
from zsbank.base.files.models import FileKind
from zsbank.base.files.unacceptable import Ground, Unfit

FIELDS, TEXTS, LISTS = 100_000, 96 * 1024 * 1024, 4 * 1024 * 1024
"""Pieces of fields in one part; bytes of all parts in XML, and of those that list what there is and is taken in."""

ACTING_PARTS = ("vbaproject", "vbadata", "/activex/", "/embeddings/", "/macrosheets/", "/externallinks/")
RUNNABLE = (
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
ACTING_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex")
ACTING_LINKS = frozenset(
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


def check_archive(file: IO[bytes], kind: FileKind, size: int) -> None:
    """Look through an office file: its directory, its lists of what it takes in, and its text for fields that fetch.

    Raises:
        Unfit: damaged, with a password, packed too tightly, or with what acts or takes in other files.
    """
    archive = archives.opened(file)
    if archive is None:
        raise Unfit(Ground.DAMAGED)
    with archive:
        archives.check_entries(archive, size)
        names = archive.namelist()
        if sum(name in names for name, _kind in INSIDE) > 1:
            raise Unfit(Ground.TWO_KINDS)
        if any(_acts(f"/{name.lower()}") for name in names):
            raise Unfit(Ground.ACTIVE)
        try:
            for name, part in _texts(archive):
                _check_text(name, part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ParseError, NotImplementedError) as error:
            raise Unfit(Ground.DAMAGED) from error
        if kind != FileKind.OFD and "[Content_Types].xml" not in names:
            raise Unfit(Ground.DAMAGED)


def _acts(name: str) -> bool:
    return name.endswith(RUNNABLE) or any(part in name for part in ACTING_PARTS)


def _texts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts in XML, each unpacked by itself, together no longer than a document needs."""
    texts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    lists = [entry for entry in texts if _is_list(entry.filename.lower())]
    if sum(one.file_size for one in texts) > TEXTS or sum(one.file_size for one in lists) > LISTS:
        raise Unfit(Ground.BOMB)
    for entry in texts:
        yield entry.filename.lower(), archive.read(entry)


def _is_list(name: str) -> bool:
    return name == "[content_types].xml" or name.endswith(".rels")


def _check_text(name: str, part: bytes) -> None:
    encoding = ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in part or (encoding and encoding[1].lower() not in READ_AS_ASCII) or DECLARED.search(part):
        raise Unfit(Ground.HIDDEN)
    if _is_list(name):
        _check_list(part)
    elif name.startswith("word/"):
        _check_fields(part)


def _check_list(part: bytes) -> None:
    """What kinds of part there are, and what each takes in: only what people click may lie outside."""
    try:
        rows = list(fromstring(part, forbid_dtd=True).iter())
    except DefusedXmlException as error:
        raise Unfit(Ground.HIDDEN) from error
    if any(sort in row.get("ContentType", "").lower() for row in rows for sort in ACTING_TYPES):
        raise Unfit(Ground.ACTIVE)
    if any(_takes_in(row) for row in rows if row.tag.endswith("}Relationship")):
        raise Unfit(Ground.ACTIVE)


def _takes_in(row: Element) -> bool:
    sort = row.get("Type", "").rsplit("/", 1)[-1].lower()
    if row.get("TargetMode", "").lower() != "external":
        return sort in ACTING_LINKS
    if sort == "attachedtemplate":
        return LOCAL_TEMPLATE.fullmatch(row.get("Target", "")) is None
    return sort != "hyperlink"


def _check_fields(part: bytes) -> None:
    """Fields of a text: their instructions may be cut into pieces, so the pieces of each field are joined."""
    pieces: list[str] = []
    for found in FIELD.finditer(part):
        if len(pieces) > FIELDS:
            raise Unfit(Ground.BOMB)
        if found[1] is not None and found[2] is None:
            raise Unfit(Ground.HIDDEN)
        if found[1] is not None:
            pieces.append(_plain(found[1]))
        else:
            pieces.append(f"\n{_plain(found[3][1:-1])}\n" if found[3] else "\n")
    if FETCHING_FIELD.search("".join(pieces)):
        raise Unfit(Ground.ACTIVE)


def _plain(text: bytes) -> str:
    return html.unescape(text.decode(errors="replace"))
