"""Unacceptable images, each with the code of its refusal."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from zsbank.base.files.tests.papers import container, picture, picture_declaring, small_pdf


def png_part(sort: bytes, content: bytes) -> bytes:
    """A chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(content)) + sort + content + struct.pack(">I", zlib.crc32(sort + content))


def with_parts(*parts: bytes) -> bytes:
    """A PNG with more chunks after its header."""
    png = picture("PNG")
    return png[:33] + b"".join(parts) + png[33:]


def moving(frames: int = 3) -> bytes:
    """An animated PNG."""
    out = io.BytesIO()
    pictures = [Image.new("L", (8, 8), shade) for shade in range(frames)]
    pictures[0].save(out, "PNG", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def saved(sort: str) -> bytes:
    """An image of a kind that is not accepted."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, sort)
    return out.getvalue()


def jpeg_declaring(width: int, height: int) -> bytes:
    """A small JPEG that declares a large size."""
    jpeg = bytearray(picture("JPEG"))
    place = jpeg.index(b"\xff\xc0")
    jpeg[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(jpeg)


def located() -> bytes:
    """A photo with time and place of exposure, as needed for site visits."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0132] = "2026:03:02 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def printed_from_a_desk() -> bytes:
    """A JPEG as a desktop editor saves it, with a printer's settings inside (8BIM, resource 1071)."""
    settings = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict></dict></plist>'
    )
    resource = b"Photoshop 3.0\0" + b"8BIM\x04\x2f\0\0" + struct.pack(">I", len(settings)) + settings
    jpeg = picture("JPEG")
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(resource) + 2) + resource + jpeg[2:]


def several_in_one() -> bytes:
    """A JPEG with others behind it and a list of them, as cameras save it (MPF)."""
    out = io.BytesIO()
    pictures = [Image.new("RGB", (size, size)) for size in (64, 16, 8)]
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def heic(brand: bytes = b"heic") -> bytes:
    """How the pictures of telephones begin that were not told otherwise."""
    return b"\0\0\0\x24ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(64)


JPEG_REMARK = b"\xff\xfe\x00\x13<script>alert(1)//"

BAD_PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG cut off": (lambda: picture("PNG")[:-20], "damaged"),
    "PNG cut in half": (lambda: picture("PNG", (999, 999))[:200], "damaged"),
    "PNG with a changed byte": (lambda: picture("PNG").replace(b"IDAT", b"IDAT\1", 1), "damaged"),
    "PNG of a head only": (lambda: picture("PNG")[:8], "damaged"),
    "PNG with a script behind": (lambda: picture("PNG") + b"<script>alert(1)</script>", "two_kinds"),
    "PNG with PHP inside": (lambda: with_parts(png_part(b"tEXt", b"a\0<?php x")), "two_kinds"),
    "PNG with bytes behind": (lambda: picture("PNG") + b"MZ", "damaged"),
    "PNG with a zip behind": (lambda: picture("PNG") + container({"a.js": "x"}), "two_kinds"),
    "PNG with a PDF behind": (lambda: picture("PNG") + small_pdf(), "two_kinds"),
    "PNG declaring 30,000 by 30,000": (lambda: picture_declaring(30_000, 30_000), "too_many_pixels"),
    "PNG declaring 60,000 by 60,000": (lambda: picture_declaring(60_000, 60_000), "too_many_pixels"),
    "PNG declaring more than there is": (lambda: picture_declaring(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "PNG of three frames": (moving, "moving"),
    "PNG of a hundred thousand parts": (lambda: with_parts(png_part(b"teXt", b"") * 100_000), "damaged"),
    "PNG with texts that are bombs": (
        lambda: with_parts(png_part(b"zTXt", b"a\0\0" + zlib.compress(b" " * 1_000_000)) * 99),
        "damaged",
    ),
    "JPEG cut off": (lambda: picture("JPEG")[:-2], "damaged"),
    "JPEG cut in half": (lambda: picture("JPEG")[:300], "damaged"),
    "JPEG of a head only": (lambda: b"\xff\xd8\xff", "damaged"),
    "JPEG declaring 60,000 by 60,000": (lambda: jpeg_declaring(60_000, 60_000), "too_many_pixels"),
    "JPEG with HTML behind": (lambda: picture("JPEG") + b"<HTML>", "two_kinds"),
    "JPEG with a script in a remark": (
        lambda: picture("JPEG")[:2] + JPEG_REMARK + picture("JPEG")[2:],
        "two_kinds",
    ),
    "JPEG with a zip behind": (lambda: picture("JPEG") + container({"a.js": "x"}), "two_kinds"),
    "JPEG with a PDF behind": (lambda: picture("JPEG") + small_pdf(), "two_kinds"),
    "JPEG of a hundred thousand parts": (
        lambda: picture("JPEG")[:2] + b"\xff\xfe\x00\x02" * 100_000 + picture("JPEG")[2:],
        "damaged",
    ),
    "JPEG in name, GIF inside": (lambda: b"\xff\xd8\xff" + saved("GIF"), "damaged"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "wrong_kind"),
    "HEIC": (heic, "heic"),
    "HEIC of several pictures": (lambda: heic(b"mif1"), "heic"),
    "JPEG with HTML among a printer's settings": (
        lambda: printed_from_a_desk().replace(b"<dict></dict>", b"<html></html>"),
        "two_kinds",
    ),
    "GIF": (lambda: saved("GIF"), "wrong_kind"),
    "BMP": (lambda: saved("BMP"), "wrong_kind"),
    "TIFF": (lambda: saved("TIFF"), "wrong_kind"),
    "WebP": (lambda: saved("WEBP"), "wrong_kind"),
}

GOOD_PICTURES: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: picture("PNG"),
    "PNG of many pixels": lambda: picture("PNG", (9_000, 9_000)),
    "PNG with a text": lambda: with_parts(png_part(b"tEXt", b"Author\0a < b")),
    "JPEG": lambda: picture("JPEG"),
    "JPEG with what telephones put behind": lambda: picture("JPEG") + picture("JPEG") + b"SEFT",
    "JPEG with a printer's settings": printed_from_a_desk,
    "JPEG of several pictures": several_in_one,
    "JPEG with what an editor puts behind": lambda: picture("JPEG") + b"\0" * 500 + b"cropped",
    "JPEG with time and place": located,
}
