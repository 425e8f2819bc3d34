"""Checks of PDF files by their bytes, not by their structure.

PDF viewers repair damaged files, each in its own way: what one rejects another shows and runs. Therefore no
structure is trusted and no reference is followed. All bytes are searched for active content; object streams,
the only place where objects are compressed, are unpacked and searched too. The time needed is limited by the
size of the file.
"""

import re
import zlib
from collections.abc import Iterator

from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

MAX_PAGES, MAX_NAMES = 2000, 5_000_000
MAX_STREAM_BYTES = 96 * 1024 * 1024
"""Maximum bytes of object streams, packed and unpacked together."""

TAIL, BLOCK, COMMENT_WINDOW, MAX_COMMENTS = 1024, 4096, 4096, 10_000
WHITESPACE = b"\0\t\n\f\r "

ACTIONS = (
    *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound"),
    "RichMediaExecute",
)
PARTS = ("RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D")
HOLDERS = ("JavaScript", "EmbeddedFiles", "XFA", "RichMediaContent", "RichMediaSettings")
"""Types of action (/S), kinds of annotation (/Subtype), and keys that hold scripts and files."""

BLANK = rb"[\0\t\n\f\r ]"
"""Whitespace; possessive quantifiers (*+, ++) after it prevent backtracking."""
NUMBERS = rb"\d{1,10}" + BLANK + rb"++\d{1,5}"
REFERENCE = BLANK + rb"*+" + NUMBERS + BLANK + rb"++R"
DELIMITED = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"


def _name(*words: str) -> bytes:
    """Return a pattern for any of these names, each letter as itself or as a hexadecimal escape (#4a)."""
    spelled = (
        b"".join(b"(?:%c|#%02X|#%02x)" % (code, code, code) for code in word.encode()) for word in words
    )
    return b"/(?:" + b"|".join(spelled) + b")" + DELIMITED + BLANK + b"*+"


def _any(*patterns: bytes) -> re.Pattern[bytes]:
    return re.compile(b"|".join(patterns))


ACTIVE = _any(
    _name("S") + b"(?:" + _name(*ACTIONS) + b"|" + REFERENCE + b")",
    _name("Subtype") + b"(?:" + _name(*PARTS) + b"|" + REFERENCE + b")",
    _name("S", "Subtype") + rb"(?:\([ -~]{4,99}?\)|<(?:[0-9A-Fa-f]" + BLANK + rb"*+){8})",
    _name(*HOLDERS) + rb"(?:\[|<<|" + REFERENCE + b")",
    _name("EF") + rb"(?:<<|" + REFERENCE + b")",
    _name("URI") + rb"\(" + BLANK + rb"*+(?i:javascript|vbscript|file|data):",
)
"""A reference as the value, or a string instead of a name, is suspicious: no program writes that."""

ENCRYPTED = _any(_name("Encrypt") + b"(?:<<|" + REFERENCE + b")")
ROOT = _any(_name("Root") + REFERENCE)
PAGE = _any(_name("Type") + _name("Page"))
PACKED = _any(_name("ObjStm"), _name("First") + rb"\d++(?!" + BLANK + rb"++\d{1,5}" + BLANK + rb"++R)")
OBJECT_STREAM = re.compile(
    rb"\d"
    + BLANK
    + rb"*+obj"
    + BLANK
    + rb"*+<<([\w#.+\-/\[\]\0\t\n\f\r ]{1,999}+)>>"
    + BLANK
    + rb"*+stream\r?\n"
)
UNPACKS = _name("FlateDecode", "Fl")
FLATE = _any(_name("Filter") + rb"(?:\[" + BLANK + b"*+" + UNPACKS + rb"\]|" + UNPACKS + b")")
OTHER_FILTER = _any(_name("Filter", "DecodeParms", "DP", "F", "FFilter", "FDecodeParms"))
OBJECTS = re.compile(BLANK + rb"*+" + NUMBERS + BLANK)

COMMENT_AFTER_KEY = _any(
    _name("S", "Subtype", "URI", "EF", "Encrypt", "First", *HOLDERS)
    + rb"(?:\d{1,10}"
    + BLANK
    + rb"++(?:\d{1,5}"
    + BLANK
    + rb"++)?)?+%"
)
COMMENT = re.compile(rb"%[^\r\n]*+")
END = re.compile(rb"startxref" + BLANK + rb"*+(\d{1,10})" + BLANK + rb"*+(?:%%EOF" + BLANK + rb"*+)++\Z")
TABLE = re.compile(rb"(?<!start)xref|" + NUMBERS + BLANK + rb"++obj")


def check_pdf(data: bytes) -> None:
    """Check a PDF.

    Raises:
        UnacceptableFile: it is truncated or encrypted, has active or unreadable content, or too many pages.
    """
    _check_end(data)
    if ENCRYPTED.search(data):
        raise UnacceptableFile(FileFault.ENCRYPTED)
    pages = names = 0
    for part in _parts(data):
        names += part.count(b"/")
        if names > MAX_NAMES:
            raise UnacceptableFile(FileFault.BOMB)
        if ACTIVE.search(part):
            raise UnacceptableFile(FileFault.ACTIVE)
        _check_comments(part)
        pages += _count(PAGE, part)
    if pages > MAX_PAGES:
        raise UnacceptableFile(FileFault.TOO_MANY_PAGES)
    if not pages or not ROOT.search(data):
        raise UnacceptableFile(FileFault.DAMAGED)


def _check_end(data: bytes) -> None:
    """Check that the file ends with a valid reference to its table: it is neither truncated nor extended."""
    tail = data.rstrip(WHITESPACE)[-TAIL:]
    end = END.match(tail, max(0, tail.rfind(b"startxref")))
    if end is None:
        raise UnacceptableFile(FileFault.DAMAGED)
    table = int(end[1])
    if not TABLE.search(data[max(0, table - 16) : table + 64]):
        raise UnacceptableFile(FileFault.DAMAGED)


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the file itself, then the content of each object stream."""
    yield data
    streams = [one for one in OBJECT_STREAM.finditer(data) if PACKED.search(one[1])]
    if _count(PACKED, data) != sum(_count(PACKED, stream[1]) for stream in streams):
        raise UnacceptableFile(FileFault.HIDDEN)
    left = MAX_STREAM_BYTES
    for stream in streams:
        if OTHER_FILTER.search(FLATE.sub(b"", stream[1], count=1)) or not FLATE.search(stream[1]):
            raise UnacceptableFile(FileFault.HIDDEN)
        unpacked, left = _unpacked(data, stream.end(), left)
        if not OBJECTS.match(unpacked):
            raise UnacceptableFile(FileFault.HIDDEN)
        yield unpacked


def _count(pattern: re.Pattern[bytes], data: bytes) -> int:
    return sum(1 for _one in pattern.finditer(data))


def _unpacked(data: bytes, start: int, left: int) -> tuple[bytes, int]:
    """Unpack a stream up to its own end, whatever its declared length; return it with the remaining budget."""
    unpacking, found = zlib.decompressobj(), bytearray()
    while not unpacking.eof:
        block = data[start : start + BLOCK]
        try:
            more = unpacking.decompress(unpacking.unconsumed_tail + block, left + 1)
        except zlib.error as error:
            raise UnacceptableFile(FileFault.HIDDEN) from error
        found += more
        start, left = start + BLOCK, left - len(more) - len(block)
        if left < 0:
            raise UnacceptableFile(FileFault.BOMB)
        if not block:
            raise UnacceptableFile(FileFault.HIDDEN)
    return bytes(found), left


def _check_comments(part: bytes) -> None:
    """Refuse comments between a key and its value if they could hide active content."""
    for number, found in enumerate(COMMENT_AFTER_KEY.finditer(part)):
        plain = COMMENT.sub(b"", part[found.start() : found.start() + COMMENT_WINDOW])
        nothing_else = plain[found.end() - found.start() - 1 :].strip(WHITESPACE) == b""
        if (
            nothing_else
            or number > MAX_COMMENTS
            or any(one.match(plain) for one in (ACTIVE, ENCRYPTED, PACKED))
        ):
            raise UnacceptableFile(FileFault.HIDDEN)
