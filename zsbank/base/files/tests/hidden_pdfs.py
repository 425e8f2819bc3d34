"""PDFs in which something that acts is hidden by what a PDF allows: packed, encrypted, added later, referred to."""

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, String

from zsbank.base.files.tests.papers import added_later, object_stream, small_pdf, stream, written

Change = Callable[[Pdf], object]
RUNS = "<</S/JavaScript/JS(x)>>"
PACKED: dict[str, Any] = {"object_stream_mode": ObjectStreamMode.generate}
OWNERS: dict[str, Any] = {"encryption": Encryption(user="", owner="owner"), **PACKED}


def made(change: Change, **how: Any) -> bytes:
    """A PDF of one page, changed, and saved in a certain way."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf())) as paper:
        change(paper)
        paper.save(out, **how)
    return out.getvalue()


def script() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def opening(action: Callable[[], Any]) -> Change:
    """What happens when the file is opened."""
    return lambda paper: paper.Root.update({"/OpenAction": paper.make_indirect(action())})


def linking(**entries: Any) -> Change:
    """A link on the page."""

    def change(paper: Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(**entries))
        paper.pages[0].Annots = Array([paper.make_indirect(link)])

    return change


def address(of: str | bytes) -> Change:
    """A link to an address."""
    return linking(S=Name.URI, URI=String(of))


def type_elsewhere(paper: Pdf) -> None:
    """An action whose type is a name in another object."""
    action = script()
    action.S = paper.make_indirect(Name.JavaScript)
    paper.Root.OpenAction = action


def address_elsewhere(paper: Pdf) -> None:
    """A link whose address is a text in another object."""
    linking(S=Name.URI, URI=paper.make_indirect(String("file:///c:/a.exe")))(paper)


def with_attachment(paper: Pdf) -> None:
    """A file inside."""
    paper.attachments["a.exe"] = b"MZ"


def with_form(paper: Pdf) -> None:
    """A form in XFA."""
    paper.Root.AcroForm = Dictionary(XFA=paper.make_stream(b"<xdp/>"), Fields=Array())


def when_shown(paper: Pdf) -> None:
    """A page that calls an address when it is shown."""
    paper.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://a.example")))


def outline(paper: Pdf) -> None:
    """A bookmark that opens another file."""
    action = Dictionary(S=Name.GoToR, F=String("b.pdf"), D=Array([0]))
    first = paper.make_indirect(Dictionary(Title=String("a"), A=action))
    paper.Root.Outlines = paper.make_indirect(Dictionary(First=first, Last=first, Count=1))


def outline_within(paper: Pdf) -> None:
    """A bookmark within the file."""
    first = paper.make_indirect(Dictionary(Title=String("a"), Dest=Array([paper.pages[0].obj, Name.Fit])))
    paper.Root.Outlines = paper.make_indirect(Dictionary(First=first, Last=first, Count=1))


def unlisted(decoy: str, hidden: str) -> bytes:
    """Two streams with objects, the second in no table."""
    return written(
        stream(b"9 0 <<>>", decoy), tail=b"8 0 obj" + stream(f"9 0 {RUNS}".encode(), hidden) + b"endobj\n"
    )


def packed_twice(size: int) -> bytes:
    """A page whose content unpacks, in two steps, to very much."""
    twice = zlib.compress(zlib.compress(b" " * size, 9), 9)
    return written(stream(twice, "/Filter[/FlateDecode/FlateDecode]", packed=False), page="/Contents 4 0 R")


HIDDEN_PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a script, packed": (lambda: made(opening(script), **PACKED), "active"),
    "a script, packed and encrypted": (lambda: made(opening(script), **OWNERS), "active"),
    "a script, linearized": (lambda: made(opening(script), linearize=True, **PACKED), "active"),
    "a script, its type elsewhere": (lambda: made(type_elsewhere), "active"),
    "a script, its type elsewhere, packed": (lambda: made(type_elsewhere, **PACKED), "active"),
    "a program, packed": (
        lambda: made(opening(lambda: Dictionary(S=Name.Launch, F=String("a.exe"))), **PACKED),
        "active",
    ),
    "an address on opening": (
        lambda: made(opening(lambda: Dictionary(S=Name.URI, URI=String("https://a.example"))), **PACKED),
        "active",
    ),
    "a step after the first on opening": (
        lambda: made(opening(lambda: Dictionary(S=Name.Named, N=Name.FirstPage, Next=Dictionary()))),
        "active",
    ),
    "an address on showing a page": (lambda: made(when_shown, **PACKED), "active"),
    "a bookmark to another file": (lambda: made(outline, **OWNERS), "active"),
    "a file inside, packed": (lambda: made(with_attachment, **PACKED), "active"),
    "a file inside, encrypted": (lambda: made(with_attachment, **OWNERS), "active"),
    "a form in XFA, packed": (lambda: made(with_form, **PACKED), "active"),
    "a link to a file, packed": (lambda: made(address("file:///c:/a.exe"), **PACKED), "active"),
    "a link to a file, encrypted": (lambda: made(address("file:///c:/a.exe"), **OWNERS), "active"),
    "a link to a file, elsewhere": (lambda: made(address_elsewhere, **PACKED), "active"),
    "a link to a share": (lambda: made(address(r"\\a.example\b")), "active"),
    "a link to a share, by the network's name": (lambda: made(address("//a.example/b")), "active"),
    "a link to a program of Windows": (lambda: made(address("ms-msdt:/id x")), "active"),
    "a link to a file, in two bytes a sign": (
        lambda: made(address(b"\xfe\xff" + "file:///a".encode("utf-16-be"))),
        "active",
    ),
    "a link to a file, in numbers": (
        lambda: written(page=r"/Annots[<</A<</S/URI/URI(\146ile:///a)>>>>]"),
        "active",
    ),
    "a link to a file, in hexadecimal": (
        lambda: written(page="/Annots[<</A<</S/URI/URI<66696c653a2f2f2f61>>>>>]"),
        "active",
    ),
    "links that are relative to a file": (lambda: written(catalog="/URI<</Base(file:///c:/)>>"), "active"),
    "a script that was taken out later": (
        lambda: added_later(written(catalog=f"/OpenAction{RUNS}"), "<</Type/Catalog/Pages 2 0 R>>"),
        "active",
    ),
    "a script that was added later, packed before": (
        lambda: added_later(
            written(object_stream("<<>>")), "<</Type/Catalog/Pages 2 0 R/OpenAction<</#53/J#61vaScript>>>>"
        ),
        "active",
    ),
    "an object stream that no table lists": (
        lambda: unlisted("/Filter/FlateDecode", "/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
        "hidden",
    ),
    "an object stream that no table lists, beside one that is listed": (
        lambda: unlisted("/Type/ObjStm/N 1/First%x\n4/Filter/FlateDecode", "/N 1/First 4/Filter/FlateDecode"),
        "hidden",
    ),
    "an object stream, its beginning elsewhere": (
        lambda: written(
            stream(f"9 0 {RUNS}".encode(), "/Type/ObjStm/N 1/First 5 0 R/Filter/FlateDecode"), "4"
        ),
        "hidden",
    ),
    "an object stream that is encrypted by itself": (
        lambda: written(object_stream(RUNS, "/Filter[/Crypt/FlateDecode]")),
        "active",
    ),
    "a password, in a file with packed objects": (
        lambda: made(lambda paper: None, encryption=Encryption(user="secret", owner="owner"), **PACKED),
        "encrypted",
    ),
    "encrypted for certain people": (
        lambda: written("<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s4>>", trailer="/Encrypt 4 0 R"),
        "encrypted",
    ),
    "a page that unpacks to very much": (
        lambda: written(stream(b" " * 120_000_000), page="/Contents 4 0 R"),
        "bomb",
    ),
    "pages that unpack to very much together": (
        lambda: written(*[stream(b" " * 90_000_000)] * 7, page="/Contents 4 0 R"),
        "bomb",
    ),
    "a page packed twice": (lambda: packed_twice(900_000_000), "bomb"),
}

SOUND_PDFS: dict[str, Callable[[], bytes]] = {
    "an owner's password only": lambda: made(lambda paper: None, **OWNERS),
    "linearized": lambda: made(lambda paper: None, linearize=True),
    "packed objects": lambda: made(outline_within, **PACKED),
    "a line break in front": lambda: b"\r\n" + small_pdf(),
    "the mark of UTF-8 in front": lambda: b"\xef\xbb\xbf" + small_pdf(),
    "an end that lacks its last letters": lambda: small_pdf().rstrip()[:-2],
    "a link": lambda: made(address("https://www.zs.example/a?b=JavaScript"), **PACKED),
    "lists of scripts and files that are empty": lambda: written(
        "<<>>", catalog="/Names<</JavaScript 4 0 R/EmbeddedFiles 4 0 R>>"
    ),
    "a type elsewhere that does nothing": lambda: written("<</S 5 0 R>>", "/Sampled"),
    "a field filled in from a file's name": lambda: written("(file:///c:/a.txt)", "<</V 4 0 R>>"),
    "a signature with permissions": lambda: written("<</TransformParams<</EF[/Create/Delete]>>>>"),
}
