"""Layout of letters: frozen data → HTML → PDF, in the letter format of GB/T 9704-2012 (law.md §3)."""

import json
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from zsbank.base.calendar.wording import chinese_date
from zsbank.base.files.confined import Limits, output_of
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.fonts import FACES, path_of, require_characters
from zsbank.base.letters.models import Letter
from zsbank.base.letters.titles import title_lines

LIMITS = Limits(seconds=60, processor_seconds=40, memory_bytes=2 * 1024**3, file_bytes=64 * 1024**2)
"""Of one letter; a page takes a quarter of a second. Fonts are written to a temporary file."""


def pdf_of(letter: Letter) -> bytes:
    """Return the PDF of a letter, made from its frozen data.

    Raises:
        MissingFont: a font or a character is missing.
        Stopped, Failed: as in `pdf_from`.
    """
    html = html_of(
        LetterData.from_json(letter.data), number=str(letter), date=chinese_date(letter.issue_date)
    )
    return pdf_from(html, identifier=str(letter))


def pdf_from(html: str, *, identifier: str) -> bytes:
    """Return HTML as PDF; it may load only the letters' fonts. The same HTML gives the same identifier.

    Raises:
        Stopped: the renderer died or took too long.
        Failed: it ended with an error.
    """
    return made_apart(html, identifier=identifier, fonts=frozenset(path_of(face) for face in FACES))


def faces() -> list[dict[str, str]]:
    """Return names and URLs of the letters' fonts, for a template's style sheet."""
    return [{"name": face.name, "url": path_of(face).as_uri()} for face in FACES]


def html_of(data: LetterData, *, number: str, date: str) -> str:
    """Return the letter as HTML; also for previews, which have no number and date yet.

    Raises:
        MissingFont: a font or a character is missing.
    """
    organ = settings.BUREAU_NAME
    words = [data.title, data.addressee, number, date, organ, *data.attachments]
    require_characters("".join([*words, *(paragraph.text for paragraph in data.paragraphs)]))
    title = title_lines(data.title, whole=data.addressee)
    context = {"data": data, "title": title, "number": number, "date": date, "organ": organ, "faces": faces()}
    return render_to_string("letters/official.html", context)


def made_apart(html: str, *, identifier: str, fonts: frozenset[Path]) -> bytes:
    """Run the renderer in a process of its own.

    Raises:
        Stopped: it died or took too long.
        Failed: it ended with an error.
    """
    return output_of("zsbank.base.letters.renderer", words(html, identifier=identifier, fonts=fonts), LIMITS)


def words(html: str, *, identifier: str, fonts: frozenset[Path]) -> bytes:
    """Return what the renderer reads."""
    asked = {"html": html, "identifier": identifier, "fonts": sorted(map(str, fonts))}
    return json.dumps(asked).encode()
