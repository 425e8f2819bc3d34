"""A PDF looked through by its bytes, not by its structure.

Programs that show a PDF repair it, each in its own way: what one takes for damaged the other shows and runs. So no
structure is trusted and nothing is followed. Every byte is searched for what acts, wherever it lies; object streams,
the only place where objects lie packed, are unpacked and searched too. Page trees, references and pictures are never
walked, so that no file can make this take longer than its size allows.
"""

import re
import zlib
from collections.abc import Iterator

from zsbank.base.files.unacceptable import Ground, Unfit

PAGES, NAMES = 2000, 5_000_000
WORK = 96 * 1024 * 1024
"""Bytes of object streams that are looked at, packed and unpacked together."""

TAIL, BLOCK, REMARKED, REMARKS = 1024, 4096, 4096, 10_000
BLANKS = b"\0\t\n\f\r "

ACTIONS = (
    *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound"),
    "RichMediaExecute",
)
PARTS = ("RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D")
HOLDERS = ("JavaScript", "EmbeddedFiles", "XFA", "RichMediaContent", "RichMediaSettings")
"""Types of action (/S), kinds of annotation (/Subtype), and keys under which scripts and files lie."""

B = rb"[\0\t\n\f\r ]"
"""A blank; what follows it below (*+, ++) takes all of them and gives none back, so that no search starts again."""
NUMBERS = rb"\d{1,10}" + B + rb"++\d{1,5}"
REFERENCE = B + rb"*+" + NUMBERS + B + rb"++R"
DELIMITED = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"


def _name(*words: str) -> bytes:
    """Any of these names, each letter as itself or by its number (#4a): programs read both alike."""
    spelled = (
        b"".join(b"(?:%c|#%02X|#%02x)" % (code, code, code) for code in word.encode()) for word in words
    )
    return b"/(?:" + b"|".join(spelled) + b")" + DELIMITED + B + b"*+"


def _any(*patterns: bytes) -> re.Pattern[bytes]:
    return re.compile(b"|".join(patterns))


ACTING = _any(
    _name("S") + b"(?:" + _name(*ACTIONS) + b"|" + REFERENCE + b")",
    _name("Subtype") + b"(?:" + _name(*PARTS) + b"|" + REFERENCE + b")",
    _name("S", "Subtype") + rb"(?:\([ -~]{4,99}?\)|<(?:[0-9A-Fa-f]" + B + rb"*+){8})",
    _name(*HOLDERS) + rb"(?:\[|<<|" + REFERENCE + b")",
    _name("EF") + rb"(?:<<|" + REFERENCE + b")",
    _name("URI") + rb"\(" + B + rb"*+(?i:javascript|vbscript|file|data):",
)
"""A value that is a reference, or a text in place of a name, is how one hides it: no program writes that."""

ENCRYPTED = _any(_name("Encrypt") + b"(?:<<|" + REFERENCE + b")")
ROOT = _any(_name("Root") + REFERENCE)
PAGE = _any(_name("Type") + _name("Page"))
PACKED = _any(_name("ObjStm"), _name("First") + rb"\d++(?!" + B + rb"++\d{1,5}" + B + rb"++R)")
OBJECT_STREAM = re.compile(
    rb"\d" + B + rb"*+obj" + B + rb"*+<<([\w#.+\-/\[\]\0\t\n\f\r ]{1,999}+)>>" + B + rb"*+stream\r?\n"
)
UNPACKS = _name("FlateDecode", "Fl")
FLATE = _any(_name("Filter") + rb"(?:\[" + B + b"*+" + UNPACKS + rb"\]|" + UNPACKS + b")")
PACKED_OTHERWISE = _any(_name("Filter", "DecodeParms", "DP", "F", "FFilter", "FDecodeParms"))
OBJECTS = re.compile(B + rb"*+" + NUMBERS + B)

REMARK_AFTER = _any(
    _name("S", "Subtype", "URI", "EF", "Encrypt", "First", *HOLDERS)
    + rb"(?:\d{1,10}"
    + B
    + rb"++(?:\d{1,5}"
    + B
    + rb"++)?)?+%"
)
REMARK = re.compile(rb"%[^\r\n]*+")
END = re.compile(rb"startxref" + B + rb"*+(\d{1,10})" + B + rb"*+(?:%%EOF" + B + rb"*+)++\Z")
TABLE = re.compile(rb"(?<!start)xref|" + NUMBERS + B + rb"++obj")


def check_pdf(data: bytes) -> None:
    """Look through a PDF.

    Raises:
        Unfit: cut off, with a password, with what acts or cannot be looked through, or of too many pages.
    """
    _check_end(data)
    if ENCRYPTED.search(data):
        raise Unfit(Ground.ENCRYPTED)
    pages = names = 0
    for part in _parts(data):
        names += part.count(b"/")
        if names > NAMES:
            raise Unfit(Ground.BOMB)
        if ACTING.search(part):
            raise Unfit(Ground.ACTIVE)
        _check_remarks(part)
        pages += _count(PAGE, part)
    if pages > PAGES:
        raise Unfit(Ground.TOO_MANY_PAGES)
    if not pages or not ROOT.search(data):
        raise Unfit(Ground.DAMAGED)


def _check_end(data: bytes) -> None:
    """A PDF ends by saying where its table lies. One that was cut off, or to which something was added, does not."""
    tail = data.rstrip(BLANKS)[-TAIL:]
    end = END.match(tail, max(0, tail.rfind(b"startxref")))
    if end is None:
        raise Unfit(Ground.DAMAGED)
    table = int(end[1])
    if not TABLE.search(data[max(0, table - 16) : table + 64]):
        raise Unfit(Ground.DAMAGED)


def _parts(data: bytes) -> Iterator[bytes]:
    """The file as it is, then what each of its object streams holds."""
    yield data
    streams = [one for one in OBJECT_STREAM.finditer(data) if PACKED.search(one[1])]
    if _count(PACKED, data) != sum(_count(PACKED, stream[1]) for stream in streams):
        raise Unfit(Ground.HIDDEN)
    left = WORK
    for stream in streams:
        if PACKED_OTHERWISE.search(FLATE.sub(b"", stream[1], count=1)) or not FLATE.search(stream[1]):
            raise Unfit(Ground.HIDDEN)
        unpacked, left = _unpacked(data, stream.end(), left)
        if not OBJECTS.match(unpacked):
            raise Unfit(Ground.HIDDEN)
        yield unpacked


def _count(pattern: re.Pattern[bytes], data: bytes) -> int:
    return sum(1 for _one in pattern.finditer(data))


def _unpacked(data: bytes, start: int, left: int) -> tuple[bytes, int]:
    """What lies packed from here to its own end, whatever length the file declares; and the work that is left."""
    unpacking, found = zlib.decompressobj(), bytearray()
    while not unpacking.eof:
        block = data[start : start + BLOCK]
        try:
            more = unpacking.decompress(unpacking.unconsumed_tail + block, left + 1)
        except zlib.error as error:
            raise Unfit(Ground.HIDDEN) from error
        found += more
        start, left = start + BLOCK, left - len(more) - len(block)
        if left < 0:
            raise Unfit(Ground.BOMB)
        if not block:
            raise Unfit(Ground.HIDDEN)
    return bytes(found), left


def _check_remarks(part: bytes) -> None:
    """A remark between a key and its value is read over by programs: no program writes one there."""
    for number, found in enumerate(REMARK_AFTER.finditer(part)):
        plain = REMARK.sub(b"", part[found.start() : found.start() + REMARKED])
        nothing_else = plain[found.end() - found.start() - 1 :].strip(BLANKS) == b""
        if nothing_else or number > REMARKS or any(one.match(plain) for one in (ACTING, ENCRYPTED, PACKED)):
            raise Unfit(Ground.HIDDEN)
