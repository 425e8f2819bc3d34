"""Files to hand in, good and bad, built where they are needed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    """A PDF of one empty page, changed."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def small_pdf() -> bytes:
    """The PDF that most tests hand in."""
    return pdf()


def launching(writer: PdfWriter) -> None:
    """An action that starts a program."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


def scripted(writer: PdfWriter) -> None:
    """A script that runs when the file is opened."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def picture(kind: str, size: tuple[int, int] = (20, 20)) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(out, kind)
    return out.getvalue()


def picture_declaring(width: int, height: int) -> bytes:
    """A small picture that says it is a large one."""
    png = bytearray(picture("PNG"))
    png[16:24] = struct.pack(">II", width, height)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    return bytes(png)


def office(**parts: bytes) -> bytes:
    """A DOCX by what it holds, with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
