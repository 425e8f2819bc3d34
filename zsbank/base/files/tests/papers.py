"""Files to submit, built on demand."""

import io
import struct
import zipfile
import zlib
from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    """A PDF with one empty page, after a change."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def small_pdf() -> bytes:
    """The PDF that most tests submit."""
    return pdf()


def holding(content: bytes) -> bytes:
    """A valid PDF that contains these bytes."""
    return written(stream(content, "", packed=False))


def launching(writer: PdfWriter) -> None:
    """Add an action that starts a program."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


def scripted(writer: PdfWriter) -> None:
    """Add a script that runs when the file is opened."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def picture(kind: str, size: tuple[int, int] = (20, 20)) -> bytes:
    """An image of one colour."""
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(out, kind)
    return out.getvalue()


def picture_declaring(width: int, height: int) -> bytes:
    """A small image that declares a large size."""
    png = bytearray(picture("PNG"))
    png[16:24] = struct.pack(">II", width, height)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    return bytes(png)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


Parts = Mapping[str, bytes | str]


def container(*several: Parts) -> bytes:
    """A zip of these parts; a later part replaces an earlier one of the same name."""
    out, parts = io.BytesIO(), ChainMap(*(dict(one) for one in reversed(several)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def types(main: str, part: str) -> str:
    """The content types of an office file."""
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


def office(**parts: bytes | str) -> bytes:
    """A DOCX with more or replaced parts."""
    document = "word/document.xml"
    return container({"[Content_Types].xml": types(WORD, document), document: "<document/>"}, parts)


def workbook(**parts: bytes | str) -> bytes:
    """An XLSX with more or replaced parts."""
    book = "xl/workbook.xml"
    return container({"[Content_Types].xml": types(SHEET, book), book: "<workbook/>"}, parts)


def ofd(**parts: bytes | str) -> bytes:
    """An OFD with more or replaced parts."""
    return container({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"}, parts)


CATALOG, TREE, PAGE = (
    "<</Type/Catalog/Pages 2 0 R%s>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R%s>>",
)


def written(
    *objects: str | bytes, catalog: str = "", page: str = "", trailer: str = "", tail: bytes = b""
) -> bytes:
    """A PDF with one page: objects from number 4 on, and additions to catalogue, page and trailer."""
    bodies = [CATALOG % catalog, TREE, PAGE % page, *objects]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    out += tail
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(bodies) + 1, trailer.encode())
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def stream(content: bytes, entries: str = "/Filter/FlateDecode", *, packed: bool = True) -> bytes:
    """A stream, compressed by default."""
    data = zlib.compress(content) if packed else content
    return b"<<%s/Length %d>>stream\n" % (entries.encode(), len(data)) + data + b"\nendstream"


def object_stream(content: str, entries: str = "/Filter/FlateDecode") -> bytes:
    """An object stream with one object."""
    return stream(f"9 0 {content}".encode(), f"/Type/ObjStm/N 1/First 4{entries}")


def added_later(first: bytes, changed: str) -> bytes:
    """A PDF whose catalogue is another in a later revision, added as editors do."""
    table = int(first[first.rindex(b"startxref\n") + 10 :].split(b"\n")[0])
    body = first + f"1 0 obj\n{changed}\nendobj\n".encode()
    return (
        body
        + (
            f"xref\n1 1\n{len(first):010} 00000 n \n"
            f"trailer\n<</Size 9/Root 1 0 R/Prev {table}>>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )
