"""Patterns of what in a PDF acts by itself or reaches out. Each letter of a name may be written as `#4a`."""

import re

ACTS = (
    *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound"),
    *("RichMediaExecute", "RichMedia", "FileAttachment", "Screen", "3D"),
)
LISTS, HOLDERS = ("JavaScript", "EmbeddedFiles"), ("EF", "JS", "XFA", "RichMediaContent", "RichMediaSettings")
"""Types of action (/S) and of annotation (/Subtype); lists of scripts and files; keys under which they lie."""

BLANKS = b"\0\t\n\f\r "
B = rb"[\0\t\n\f\r ]"
"""A blank; what follows it below (*+, ++) takes all of them and gives none back, so that no search starts again."""

REFERENCE = rb"\d{1,10}" + B + rb"++\d{1,5}" + B + rb"++R"
DELIMITED = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"


def _name(*words: str) -> bytes:
    """Any of these names, each letter as itself or by its number: programs read both alike."""
    spelled = (
        b"".join(b"(?:%c|#%02X|#%02x)" % (code, code, code) for code in word.encode()) for word in words
    )
    return b"/(?:" + b"|".join(spelled) + b")" + DELIMITED + B + b"*+"


def _any(*patterns: bytes) -> re.Pattern[bytes]:
    return re.compile(b"|".join(patterns))


ACTING = _any(
    _name("S", "Subtype") + b"(?:" + _name(*ACTS) + rb"|\((?:" + "|".join(ACTS).encode() + rb")\))",
    _name(*LISTS) + rb"<<(?!" + B + rb"*+>>)",
    _name(*HOLDERS) + rb"(?:<|\(|" + REFERENCE + b")",
    _name("XFA") + rb"\[",
    _name("URI") + rb"\(" + B + rb"*+(?i:javascript|vbscript|file|data):",
    rb"(?:\A|\bobj)" + B + b"*+" + _name(*ACTS) + rb"(?:endobj|\Z)",
)
"""The last is a name that lies by itself: a dictionary that refers to it hides of what type it is."""

ADDRESS = re.compile(rb"(?s)/(?:URI|Base) (?:(\d+) (\d+) R|(\((?:[^()\\]|\\.)*+\)|<[0-9a-f]*+>))")
"""In plain form: the target of a link, or what targets are relative to."""

FETCHING = re.compile(rb"(?i)(?:javascript|vbscript|file|data|smb|shell|ms-[\w-]+|search-ms):|[\\/]{2}")
TRIGGER = re.compile(rb"/AA (?:<< /|\d)")
"""In plain form: addresses within the reader's machine or network; something that happens without a click."""

PAGE = _any(_name("Type") + _name("Page"))
PACKED = _any(_name("ObjStm"))
FIRST = _any(_name("First") + rb"[+-]?+\d++(?!" + B + rb"++\d{1,5}" + B + rb"++R)")
FIRST_REMARKED = _any(_name("First") + b"%")
"""A stream with objects: its type, and the entry without which nobody finds the objects in it."""

END = re.compile(rb"startxref" + B + rb"*+(\d{1,10})" + B + rb"*+(?:%%EOF" + B + rb"*+)*+(?:%%?E?O?)?\Z")
TABLE = re.compile(rb"xref|\d{1,10}" + B + rb"++\d{1,5}" + B + rb"++obj")
