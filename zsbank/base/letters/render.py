"""Layout of letters: frozen data → HTML → PDF, in the letter format of GB/T 9704-2012 (law.md §3)."""

import atexit
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.template.loader import render_to_string

from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.fonts import FACES, MissingFont, path_of, require_characters
from zsbank.base.letters.models import Letter
from zsbank.base.letters.titles import title_lines


def pdf_of(letter: Letter) -> bytes:
    """Return the PDF of a letter, made from its frozen data.

    Raises:
        MissingFont: a font or a character is missing.
    """
    html = html_of(
        LetterData.from_json(letter.data), number=str(letter), date=chinese_date(letter.issue_date)
    )
    return pdf_from(html, identifier=str(letter))


def pdf_from(html: str, *, identifier: str) -> bytes:
    """Return HTML as PDF; it may load only the letters' fonts. The same HTML gives the same identifier."""
    from weasyprint import HTML

    document = HTML(string=html, base_url=None, url_fetcher=_fetcher())
    made = document.write_pdf(font_config=_fonts(), optimize_images=False, pdf_identifier=identifier.encode())
    return bytes(made)


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


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(
        _fonts.cache_clear
    )  # it frees C memory, which is too late once the interpreter winds down
    return FontConfiguration()


def _fetcher() -> Any:
    """Return a fetcher that loads only the letters' fonts and `data:` URLs; the default one reads any local file."""
    from weasyprint.urls import URLFetcher

    class OnlyOurFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            parsed = urlparse(url)
            ours = parsed.scheme == "file" and Path(unquote(parsed.path)) in {path_of(face) for face in FACES}
            if not ours and parsed.scheme != "data":
                raise MissingFont(f"a letter may not load {parsed.scheme or 'this'} addresses")
            return super().fetch(url, headers)

    return OnlyOurFonts()
