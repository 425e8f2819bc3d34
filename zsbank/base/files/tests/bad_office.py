"""Unacceptable office files, each with the code of its refusal."""

import io
import struct
import zipfile
from collections.abc import Callable

from zsbank.base.files.tests.papers import WORD, container, ofd, office, small_pdf, types, workbook

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
FIELD = '<w:p xmlns:w="w"><w:r><w:fldChar w:fldCharType="begin"/></w:r>%s</w:p>'
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def linked(
    sort: str, target: str, *, outside: bool = True, name: str = "word/_rels/document.xml.rels"
) -> bytes:
    """A DOCX with one relationship."""
    mode = ' TargetMode="External"' if outside else ""
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    row = f'<Relationship Id="a" Type="{OFFICE}/{sort}" Target="{target}"{mode}/>'
    return office(**{name: f'<Relationships xmlns="{rels}">{row}</Relationships>'})


def text(*instructions: str) -> bytes:
    """A DOCX with a field whose instruction is split into these pieces."""
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instructions)
    return office(**{"word/document.xml": FIELD % pieces})


def directory(change: Callable[[zipfile.ZipInfo], object], name: str = "word/media/a.png") -> bytes:
    """A DOCX whose zip directory is wrong about one entry."""
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"x" * 99)
        change(archive.infolist()[-1])
    return out.getvalue()


def twice() -> bytes:
    """A DOCX with two documents whose names differ in case."""
    return office(**{"WORD/document.xml": "<other/>"})


def flagged() -> bytes:
    """A DOCX with an entry flagged as encrypted."""
    return directory(lambda entry: setattr(entry, "flag_bits", entry.flag_bits | 1))


def many(number: int) -> bytes:
    """A DOCX with many empty parts."""
    return office(**{f"word/media/{one}": b"" for one in range(number)})


def changed(content: bytes, place: int, value: int, layout: str) -> bytes:
    """A container with a changed number in its end record."""
    out = bytearray(content)
    struct.pack_into(layout, out, out.rindex(b"PK\x05\x06") + place, value)
    return bytes(out)


def with_macros(content: bytes) -> bytes:
    """An office file with macros added."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def hit(content: bytes) -> bytes:
    """A container with a changed byte in the content of its first entry."""
    out = bytearray(content)
    place = out.index(b"document/>") if b"document/>" in out else 80
    out[place] ^= 0xFF
    return bytes(out)


def remarked(remark: bytes) -> bytes:
    """An OFD whose archive ends with a remark, as some programs write it."""
    out = io.BytesIO(ofd())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = remark
    return out.getvalue()


BAD_OFFICE: dict[str, tuple[Callable[[], bytes], str]] = {
    # damaged, or another kind of file
    "DOCX cut in half": (lambda: office()[: len(office()) // 2], "wrong_kind"),
    "DOCX with a changed byte": (lambda: hit(office()), "damaged"),
    "DOCX without its list of types": (lambda: container({"word/document.xml": "<a/>"}), "damaged"),
    "a zip that is no office file": (lambda: container({"a.txt": "x"}), "wrong_kind"),
    "DOCX and OFD in one": (lambda: office(**{"OFD.xml": "<OFD/>"}), "two_kinds"),
    "a zip in front": (lambda: container({"a": "x"}) + office(), "two_kinds"),
    "a PDF in the remark behind": (lambda: remarked(small_pdf()), "two_kinds"),
    "a script in the remark behind": (lambda: remarked(b"<script>alert(1)</script>"), "two_kinds"),
    "bytes in the remark behind": (lambda: remarked(b"MZ\x90\0"), "two_kinds"),
    "HTML behind": (lambda: changed(office(), 20, 6, "<H") + b"<html>", "two_kinds"),
    "an old office file, or a protected one": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "encrypted",
    ),
    "an encrypted entry": (flagged, "encrypted"),
    # names and the directory
    "a name that leads out": (lambda: office(**{"../../a.xml": "x"}), "damaged"),
    "a name that leads out, with backslashes": (lambda: office(**{"..\\a.xml": "x"}), "damaged"),
    "a name from the root": (lambda: office(**{"/etc/a": "x"}), "damaged"),
    "a name on a drive": (lambda: office(**{"C:\\a": "x"}), "damaged"),
    "a link to a file": (lambda: directory(lambda e: setattr(e, "external_attr", 0o120777 << 16)), "damaged"),
    "a name that comes twice": (twice, "damaged"),
    "packed oddly": (lambda: directory(lambda entry: setattr(entry, "compress_type", 14)), "hidden"),
    # bombs
    "a bomb": (lambda: office(**{"word/media/blank": b"\0" * 60_000_000}), "bomb"),
    "a bomb that is text": (lambda: office(**{"word/a.xml": b" " * 101_000_000}), "bomb"),
    "lists longer than any": (lambda: office(**{"a/_rels/b.rels": "<a/>" * 1_100_000}), "bomb"),
    "nothing but fields": (lambda: text(*[" PAGE "] * 100_002), "bomb"),
    "entries that share their bytes": (
        lambda: directory(lambda entry: setattr(entry, "compress_size", 10_000_000)),
        "bomb",
    ),
    "ten thousand parts": (lambda: many(10_000), "bomb"),
    "a directory longer than any": (lambda: changed(office(), 12, 5_000_000, "<L"), "wrong_kind"),
    "a zip inside": (lambda: office(**{"word/media/a.zip": container({"b": "x"})}), "active"),
    "entities": (lambda: office(**{"word/document.xml": ENTITIES}), "hidden"),
    "entities in a list": (lambda: office(**{"word/_rels/document.xml.rels": ENTITIES}), "hidden"),
    "entities in another writing": (
        lambda: office(**{"word/document.xml": ENTITIES.encode("utf-16")}),
        "hidden",
    ),
    "another writing": (
        lambda: office(**{"word/document.xml": b"<?xml version='1.0' encoding='cp037'?>"}),
        "hidden",
    ),
    # active content
    "macros": (lambda: office(**{"word/vbaProject.bin": b"x"}), "active"),
    "macros under another name": (lambda: linked("vbaProject", "a.bin", outside=False), "active"),
    "a DOCM called DOCX": (
        lambda: office(**{"[Content_Types].xml": types(MACROS, "word/document.xml")}),
        "active",
    ),
    "old macros in a sheet": (lambda: workbook(**{"xl/macrosheets/sheet1.xml": "<a/>"}), "active"),
    "ActiveX": (lambda: office(**{"word/activeX/activeX1.xml": "<a/>"}), "active"),
    "a control": (lambda: linked("control", "a.xml", outside=False), "active"),
    "an embedded file": (lambda: office(**{"word/embeddings/o.bin": b"x"}), "active"),
    "an embedded file elsewhere": (lambda: linked("oleObject", "media/a.png", outside=False), "active"),
    "a program inside": (lambda: ofd(**{"Doc_0/Attachs/a.EXE": b"MZ"}), "active"),
    "a page inside": (lambda: linked("aFChunk", "a.xml", outside=False), "active"),
    "data from elsewhere": (lambda: linked("connections", "a.xml", outside=False), "active"),
    "a sheet from elsewhere": (lambda: workbook(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "active"),
    "an object from elsewhere": (lambda: linked("oleObject", "http://a.example/a"), "active"),
    "a template from elsewhere": (lambda: linked("attachedTemplate", "http://a.example/a.dotm"), "active"),
    "a template from another machine": (lambda: linked("attachedTemplate", r"\\a\b.dotm"), "active"),
    "a picture from elsewhere": (lambda: linked("image", "file://a/b.png"), "active"),
    "a frame from elsewhere": (
        lambda: linked("frame", "http://a.example", name="word/_rels/webSettings.xml.rels"),
        "active",
    ),
    "DDE": (lambda: text(" DDEAUTO c:\\\\cmd.exe "), "active"),
    "DDE in pieces": (lambda: text(" D", "DE", "AUTO cmd "), "active"),
    "DDE in numbers": (lambda: text(" &#68;&#x44;E cmd"), "active"),
    "DDE in a simple field": (
        lambda: office(**{"word/header1.xml": '<w:fldSimple w:instr=" dde cmd "/>'}),
        "active",
    ),
    "DDE spelled by a quotation": (lambda: text(" QUOTE 68 68 69 "), "active"),
    "DDE with a remark in it": (lambda: text(" D<!-- x -->DE cmd"), "hidden"),
}

GOOD_OFFICE: dict[str, Callable[[], bytes]] = {
    "DOCX": office,
    "XLSX": workbook,
    "OFD": ofd,
    "OFD with a remark behind": lambda: remarked(b"maker"),
    "OFD with a remark in Chinese behind": lambda: remarked("某电子签章系统 3.1".encode()),
    "DOCX with a picture": lambda: office(**{"word/media/image1.svg": b"<svg/>", "word/media/a.png": b"x"}),
    "DOCX with a link to click": lambda: linked("hyperlink", "https://a.example"),
    "DOCX with a template of its own": lambda: linked(
        "attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"
    ),
    "DOCX with styles": lambda: linked("styles", "styles.xml", outside=False),
    "DOCX with fields": lambda: text(" PAGE ", ' TOC \\o "1-3" '),
    "DOCX that speaks of DDE": lambda: office(**{"word/document.xml": "<w:t>DDEAUTO</w:t>"}),
    "OFD in an old writing": lambda: ofd(**{"Doc_0/a.xml": "<?xml version='1.0' encoding='GB2312'?><a/>"}),
    "OFD of an invoice": lambda: ofd(
        **{"Doc_0/Attachs/original_invoice.xml": b"<a/>", "Doc_0/Res/f.ttf": b"x"}
    ),
    "the same type twice": lambda: office(**{"[Content_Types].xml": types(WORD, "word/document.xml")}),
}
