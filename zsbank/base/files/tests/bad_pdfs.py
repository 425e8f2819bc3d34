"""Unacceptable PDF files, each with the code of its refusal."""

from collections.abc import Callable

from zsbank.base.files.tests.papers import (
    added_later,
    container,
    launching,
    object_stream,
    pdf,
    scripted,
    small_pdf,
    stream,
    written,
)

RUNS = "<</S/JavaScript/JS(app.alert(1))>>"
STARTS = "<</S/Launch/F(calc.exe)>>"
LONGER = "%" + "a" * 5000 + "\n"


def annotation(entries: str) -> bytes:
    """A PDF with one annotation on its page."""
    return written(f"<</Type/Annot/Rect[0 0 9 9]{entries}>>", page="/Annots[4 0 R]")


def predicted(content: bytes) -> bytes:
    """Content before a PNG predictor is applied; unpacking alone does not reveal it."""
    row = len(content)
    return b"\x02" + content[:row]


def zipped_to_its_end() -> bytes:
    """A PDF that is also a zip: the end of the PDF is the zip's comment."""
    zipped = container({"a.js": "x"})
    behind = len(written(tail=zipped)) - written(tail=zipped).index(zipped) - len(zipped)
    return written(tail=zipped[:-2] + behind.to_bytes(2, "little"))


BAD_PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    # damaged, or also another kind of file
    "cut in half": (lambda: small_pdf()[: len(small_pdf()) // 2], "damaged"),
    "cut in half, with an end put on": (lambda: small_pdf()[:300] + b"\nstartxref\n9999\n%%EOF\n", "damaged"),
    "nothing in it": (lambda: b"%PDF-1.7\nnothing\n%%EOF\n", "damaged"),
    "no page": (lambda: written().replace(b"/Type/Page/", b"/Type/Pane/"), "damaged"),
    "HTML in front": (lambda: b"<html>" + small_pdf(), "wrong_kind"),
    "HTML behind": (lambda: small_pdf() + b"<html><script>alert(1)</script>", "damaged"),
    "a remark behind": (lambda: small_pdf() + b"%<script>\n", "damaged"),
    "a zip behind": (lambda: small_pdf() + container({"a.js": "x"}), "two_kinds"),
    "a zip that ends as a PDF": (zipped_to_its_end, "two_kinds"),
    # encrypted
    "a password": (lambda: pdf(lambda writer: writer.encrypt("secret")), "encrypted"),
    "a password, its name in numbers": (lambda: written("<<>>", trailer="/#45ncrypt 4 0 R"), "encrypted"),
    # active content
    "a script on opening": (lambda: pdf(scripted), "active"),
    "a program on opening": (lambda: pdf(launching), "active"),
    "a script among the names": (
        lambda: written(catalog="/Names<</JavaScript<</Names[(a)4 0 R]>>>>"),
        "active",
    ),
    "a script on turning a page": (lambda: written(page=f"/AA<</O{RUNS}>>"), "active"),
    "a script on closing": (lambda: written(catalog=f"/AA<</WC{RUNS}>>"), "active"),
    "a script in a field": (lambda: annotation(f"/Subtype/Widget/FT/Tx/AA<</K{RUNS}>>"), "active"),
    "a form in XFA": (lambda: written(stream(b"<xdp/>"), catalog="/AcroForm<</XFA 4 0 R>>"), "active"),
    "a form in XFA, in pieces": (lambda: written(catalog="/AcroForm<</XFA[(a)4 0 R]>>"), "active"),
    "sends a form": (lambda: annotation("/A<</S/SubmitForm/F(http://a.example)>>"), "active"),
    "reads a form": (lambda: annotation("/A<</S/ImportData/F(a.fdf)>>"), "active"),
    "opens another file": (lambda: written(catalog=r"/OpenAction<</S/GoToR/F(\\\\a\\b.pdf)>>"), "active"),
    "opens a file inside": (lambda: written(catalog="/OpenAction<</S/GoToE/T<</R/C>>>>"), "active"),
    "a link that is a script": (lambda: annotation("/A<</S/URI/URI( JavaScript:alert(1))>>"), "active"),
    "a link to a file": (lambda: annotation("/A<</S/URI/URI(file:///c:/a.exe)>>"), "active"),
    "a rendition": (lambda: annotation("/Subtype/Screen/A<</S/Rendition/JS(x)>>"), "active"),
    "rich media": (lambda: annotation("/Subtype/RichMedia"), "active"),
    "a film": (lambda: annotation("/Subtype/Movie"), "active"),
    "a sound": (lambda: annotation("/A<</S/Sound>>"), "active"),
    "a model in 3D": (lambda: annotation("/Subtype/3D"), "active"),
    "a file inside": (lambda: pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "active"),
    "a file in an annotation": (lambda: annotation("/Subtype/FileAttachment"), "active"),
    "a file without its type": (lambda: written("<</F(a.exe)/EF<</F 5 0 R>>>>", stream(b"MZ")), "active"),
    "a script added later": (
        lambda: added_later(written(), f"<</Type/Catalog/Pages 2 0 R/OpenAction{RUNS}>>"),
        "active",
    ),
    # hidden active content
    "a name in numbers": (lambda: written("<</#53/J#61v#61Script/JS(x)>>"), "active"),
    "a type that lies elsewhere": (lambda: written("<</S 5 0 R/F(calc.exe)>>", "/Launch"), "active"),
    "a type as text": (lambda: written("<</S(Launch)/F(calc.exe)>>"), "active"),
    "a type as text in numbers": (lambda: written("<</S<4c 61756e6368>/F(calc.exe)>>"), "active"),
    "a key that comes twice": (lambda: written("<</S/GoTo/S/Launch/F(calc.exe)>>"), "active"),
    "behind what cannot be read": (lambda: written("<</A 1 0 R/B ]/S/JavaScript/JS(x)>>"), "active"),
    "an object that no table lists": (lambda: written(tail=f"9 0 obj{RUNS}endobj\n".encode()), "active"),
    "an object within a stream": (
        lambda: written(stream(f"9 0 obj{RUNS}".encode(), "", packed=False)),
        "active",
    ),
    "in the trailer itself": (lambda: written(trailer=f"/OpenAction{RUNS}"), "active"),
    "a remark between": (lambda: written("<</S%x\n/Launch/F(calc.exe)>>"), "active"),
    "many remarks between": (lambda: written(f"<</S{'%x' + chr(10)}{LONGER}/Launch/F(calc.exe)>>"), "active"),
    "a remark within a reference": (lambda: written("<</S 5 %x\n0 R>>", "/Launch"), "active"),
    "in an object stream": (lambda: written(object_stream(RUNS)), "active"),
    "in an object stream, in numbers": (lambda: written(object_stream("<</S/L#61unch>>")), "active"),
    "in an object stream without its type": (
        lambda: written(stream(f"9 0 {RUNS}".encode(), "/N 1/First 4/Filter/FlateDecode")),
        "active",
    ),
    "in an object stream packed oddly": (lambda: written(object_stream(RUNS, "/Filter/LZWDecode")), "hidden"),
    "in an object stream packed twice": (
        lambda: written(object_stream(RUNS, "/Filter[/FlateDecode/ASCIIHexDecode]")),
        "hidden",
    ),
    "in an object stream with a predictor": (
        lambda: written(
            stream(
                predicted(f"9 0 {RUNS}".encode()),
                "/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms 5 0 R",
            ),
            "<</Predictor 12/Columns 36>>",
        ),
        "active",
    ),
    "in an object stream in another file": (
        lambda: written(object_stream("<<>>", "/Filter/FlateDecode/F(a)")),
        "hidden",
    ),
    "in an object stream, its head remarked": (
        lambda: written(object_stream(RUNS, "/Filter/FlateDecode%(\n")),
        "active",
    ),
    "in an object stream that breaks off": (
        lambda: written(object_stream("<<>>")[:-30] + b"endstream"),
        "hidden",
    ),
    "in an object stream that is no such": (
        lambda: written(stream(b"<<>>", "/Type/ObjStm/Filter/Fl")),
        "hidden",
    ),
    # excessive use of time or memory
    "thousands of pages": (lambda: written(*["<</Type/Page>>"] * 2000), "too_many_pages"),
    "a bomb in an object stream": (lambda: written(object_stream(" " * 101_000_000)), "bomb"),
    "a bomb in parts": (lambda: written(*[object_stream(" " * 9_000_000)] * 20), "bomb"),
}

GOOD_PDFS: dict[str, Callable[[], bytes]] = {
    "as pypdf writes": small_pdf,
    "written by hand": written,
    "filled up with blanks": lambda: small_pdf() + b"\0" * 70_000,
    "an end that comes twice": lambda: small_pdf() + b"%%EOF\r\n",
    "a later revision": lambda: added_later(written(), "<</Type/Catalog/Pages 2 0 R/Lang(zh)>>"),
    "an object stream": lambda: written(object_stream("<</Title(x)>>")),
    "an object stream, its filter in a list": lambda: written(
        object_stream("<</Title(x)>>", "/Filter [ /FlateDecode ]/Extends 7 0 R")
    ),
    "links": lambda: annotation("/Subtype/Link/A<</S/URI/URI(https://a.example/JavaScript)>>"),
    "opens at a page": lambda: written(catalog="/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"),
    "bookmarks": lambda: written("<</First 5 0 R/Last 5 0 R/Count 1>>", "<</Title(a)/Parent 4 0 R>>"),
    "a form to fill in": lambda: annotation("/Subtype/Widget/FT/Tx/T(a)/F 4"),
    "a signature": lambda: written("<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>"),
    "a picture": lambda: written(
        stream(b"\0" * 1000, "/Subtype/Image/Width 60000/Height 60000/Filter/FlateDecode")
    ),
    "tags": lambda: written("<</S/P/P 5 0 R>>", "<</S/Document>>"),
    "the number of a hint": lambda: written(stream(b"x", "/S 36/I 71/Filter/FlateDecode")),
    "a page tree that bites its tail": lambda: written("<</Type/Pages/Kids[4 0 R]/Count 1>>"),
    "nothing but names": lambda: written("/" * 5_000_001),
    "nested a thousand deep": lambda: written("[" * 100_000 + "]" * 100_000),
    "a bomb that nobody has to unpack": lambda: written(stream(b"\0" * 50_000_000)),
    "a table that says it is huge": lambda: written().replace(b"xref\n0 4", b"xref\n0 9999999999", 1),
    "references that lead nowhere": lambda: written(*["<</Length 9999 0 R>>"] * 1000),
}
"""Acceptable PDF files; some are expensive to render, but checking takes time in proportion to their size."""
