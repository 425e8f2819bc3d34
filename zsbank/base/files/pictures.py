"""Checks of images without decoding them: intact, not animated, of reasonable size, no other kind of file inside."""

import io
import re

from PIL import Image, UnidentifiedImageError

from zsbank.base.files.formats import FileKind
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

MAX_PIXELS, MAX_SEGMENTS = 100_000_000, 50_000
MARKUP = re.compile(rb"(?i)<(?:!doctype(?!\s+plist)|html|script|\?php)|%PDF-\d")
"""A list of properties is no page: programs for photographs keep a printer's settings in one."""

START_OF_SCAN, END_OF_PICTURE = 0xDA, b"\xff\xd9"
PNG_HEAD = 8


def check_picture(data: bytes, kind: FileKind) -> None:
    """Check an image; reads its header, and lengths and checksums of its parts.

    Raises:
        UnacceptableFile: it is damaged or truncated, animated, too large, or also another kind of file.
    """
    if MARKUP.search(data):
        raise UnacceptableFile(FileFault.TWO_KINDS)
    if not (_png_is_whole(data) if kind == FileKind.PNG else _jpeg_is_whole(data)):
        raise UnacceptableFile(FileFault.DAMAGED)
    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise UnacceptableFile(FileFault.TOO_MANY_PIXELS)
            if kind == FileKind.PNG and getattr(picture, "n_frames", 1) > 1:
                raise UnacceptableFile(FileFault.MOVING)
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnacceptableFile(FileFault.TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnacceptableFile(FileFault.DAMAGED) from error


def _png_is_whole(data: bytes) -> bool:
    """Return whether the chunks are complete and nothing follows the last one."""
    place = PNG_HEAD
    for _part in range(MAX_SEGMENTS):
        length, sort = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        place += length + 12
        if sort == b"IEND" or place >= len(data):
            return sort == b"IEND" and place == len(data)
    return False


def _jpeg_is_whole(data: bytes) -> bool:
    """Return whether the image has an end marker; phones append data and embed thumbnails."""
    place = 2
    for _part in range(MAX_SEGMENTS):
        if data[place : place + 1] != b"\xff":
            return False
        if data[place + 1 : place + 2] == bytes([START_OF_SCAN]):
            return data.find(END_OF_PICTURE, place) >= 0
        place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4]))
    return False
