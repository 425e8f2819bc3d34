"""The program that looks through one PDF, in a process of its own with little memory and time and nothing to write.

It reads the file from its input and says one word: `sound`, or the ground on which the file is not taken. It imports
neither settings nor database, so there are no secrets in the process that hostile content reaches.

Programs that show a PDF repair it, each in its own way. So what acts is looked for twice: in every byte as it lies in
the file, and in every object as qpdf reads it (decrypted, unpacked, names and texts in their plain form).
"""

import io
import resource
import sys

import pikepdf
from pikepdf import settings

from zsbank.base.files.pdf_patterns import (
    ACTING,
    ADDRESS,
    BLANKS,
    END,
    FETCHING,
    FIRST,
    FIRST_REMARKED,
    PACKED,
    PAGE,
    TABLE,
    TRIGGER,
)

SOUND, DAMAGED, ENCRYPTED, ACTIVE, HIDDEN = "sound", "damaged", "encrypted", "active", "hidden"
TOO_MANY_PAGES, BOMB = "too_many_pages", "bomb"
MAX_PAGES, MAX_STREAM_BYTES, MAX_UNPACKED_BYTES = 2000, 96 * 1024**2, 512 * 1024**2
"""Pages; bytes of one stream, and of all with objects; bytes of all streams that are no pictures."""

MAX_SECONDS, MAX_MEMORY_BYTES = 15, 1024**3


class Found(Exception):
    """A ground on which the file is not taken."""


def look_through(data: bytes) -> None:
    """Look through a PDF.

    Raises:
        Found: cut off, with a password, acting, not to be looked through, too large when unpacked, of too many pages.
    """
    end = END.search(data.rstrip(BLANKS)[-1024:])
    if end is None:
        raise Found(DAMAGED)
    if ACTING.search(data):
        raise Found(ACTIVE)
    settings.set_qpdf_limits(flate_max_memory=MAX_STREAM_BYTES, run_length_max_memory=MAX_STREAM_BYTES)
    place = int(end[1]) + max(0, data.find(b"%PDF-"))
    nearly = bool(TABLE.search(data[max(0, place - 16) : place + 64]))
    try:
        with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False, attempt_recovery=nearly) as pdf:
            typed, packed = _look_at(pdf)
    except pikepdf.PasswordError as error:
        raise Found(ENCRYPTED) from error
    except pikepdf.PdfError as error:
        raise Found(ENCRYPTED if "encrypt" in str(error).lower() else DAMAGED) from error
    if len(PACKED.findall(data)) > typed or len(FIRST.findall(data)) > packed or FIRST_REMARKED.search(data):
        raise Found(HIDDEN)


def _look_at(pdf: pikepdf.Pdf) -> tuple[int, int]:
    """Look at every object that there is, used or not.

    Returns:
        How many streams call themselves one of objects, and how many are such: one that is not listed hides some.
    """
    pages = unpacked = objects = typed = packed = 0
    triggers = links = False
    for one in [*pdf.objects, pdf.trailer]:
        if not isinstance(one, pikepdf.Object):
            continue
        streamed = isinstance(one, pikepdf.Stream)
        text = one.stream_dict.unparse() if streamed else one.unparse(resolved=True)
        _check_text(text, pdf)
        pages += len(PAGE.findall(text))
        triggers, links = triggers or bool(TRIGGER.search(text)), links or b"/S /URI" in text
        if streamed and one.get("/Subtype") != "/Image":
            content = _content(one)
            unpacked += len(content)
            typed += one.get("/Type") == "/ObjStm"
            if FIRST.search(text):
                packed, objects = packed + 1, objects + len(content)
                _check_text(content, pdf)
        if unpacked > MAX_UNPACKED_BYTES or objects > MAX_STREAM_BYTES:
            raise Found(BOMB)
    if (triggers and links) or _starts_something(pdf.Root.get("/OpenAction")):
        raise Found(ACTIVE)
    if pages > MAX_PAGES or not pages:
        raise Found(TOO_MANY_PAGES if pages else DAMAGED)
    return typed, packed


def _check_text(text: bytes, pdf: pikepdf.Pdf) -> None:
    """Objects as text: nothing that acts, and no address that leads into the reader's own machine or network."""
    if ACTING.search(text):
        raise Found(ACTIVE)
    for address in ADDRESS.finditer(text):
        number, generation, words = address.groups()
        target = pikepdf.Object.parse(words) if words else pdf.get_object((int(number), int(generation)))
        plain = bytes(target) if isinstance(target, pikepdf.String) else b""
        if FETCHING.match(plain.lstrip(b"\xfe\xff").replace(b"\0", b"").lstrip(BLANKS)):
            raise Found(ACTIVE)


def _content(stream: pikepdf.Object) -> bytes:
    """What a stream holds, unpacked as far as qpdf does; of one that is damaged, nothing."""
    for_objects = stream.get("/Type") == "/ObjStm" or "/First" in stream
    if "/F" in stream or (for_objects and not FIRST.search(stream.stream_dict.unparse())):
        raise Found(HIDDEN)
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, UnicodeDecodeError) as error:
        if "memory limit exceeded" in str(error):
            raise Found(BOMB) from None
        if for_objects:
            raise Found(HIDDEN) from None
        return b""


def _starts_something(action: object) -> bool:
    """Whether opening the file does more than to show a place in it."""
    if not isinstance(action, pikepdf.Dictionary):
        return False
    return action.get("/S") not in ("/GoTo", "/Named") or "/Next" in action


def main() -> None:
    """Give up what a process may take, read the file, say what it is."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        look_through(sys.stdin.buffer.read())
        word = SOUND
    except Found as found:
        word = str(found)
    sys.stdout.write(word)


if __name__ == "__main__":
    main()
