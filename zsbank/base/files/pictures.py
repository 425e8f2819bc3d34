"""A picture looked through without decoding it: whole, still, of a sane size, and nothing but a picture."""

import io
import re

from PIL import Image, UnidentifiedImageError

from zsbank.base.files.models import FileKind
from zsbank.base.files.unacceptable import Ground, Unfit

PIXELS, SEGMENTS = 100_000_000, 50_000
MARKUP = re.compile(rb"(?i)<(?:!doctype(?!\s+plist)|html|script|\?php)|%PDF-\d")
"""A list of properties is no page: programs for photographs keep a printer's settings in one."""

START_OF_SCAN, END_OF_PICTURE = 0xDA, b"\xff\xd9"
PNG_HEAD = 8


def check_picture(data: bytes, kind: FileKind) -> None:
    """Look through a picture; only its head is read, and the lengths and check sums of its parts.

    Raises:
        Unfit: damaged or cut off, of too many pixels, moving, or another kind of file too.
    """
    if MARKUP.search(data):
        raise Unfit(Ground.TWO_KINDS)
    if not (_png_is_whole(data) if kind == FileKind.PNG else _jpeg_is_whole(data)):
        raise Unfit(Ground.DAMAGED)
    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            width, height = picture.size
            if width * height > PIXELS:
                raise Unfit(Ground.TOO_MANY_PIXELS)
            if kind == FileKind.PNG and getattr(picture, "n_frames", 1) > 1:
                raise Unfit(Ground.MOVING)
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(Ground.TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unfit(Ground.DAMAGED) from error


def _png_is_whole(data: bytes) -> bool:
    """Whether the parts follow each other to the last, and nothing comes after it."""
    place = PNG_HEAD
    for _part in range(SEGMENTS):
        length, sort = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        place += length + 12
        if sort == b"IEND" or place >= len(data):
            return sort == b"IEND" and place == len(data)
    return False


def _jpeg_is_whole(data: bytes) -> bool:
    """Whether the picture itself has an end; telephones put more behind it, and a small one in front."""
    place = 2
    for _part in range(SEGMENTS):
        if data[place : place + 1] != b"\xff":
            return False
        if data[place + 1 : place + 2] == bytes([START_OF_SCAN]):
            return data.find(END_OF_PICTURE, place) >= 0
        place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4]))
    return False
