"""The program that turns the HTML of a letter into a PDF, in a process of its own (`files/confined.py`).

A layout can crash or never end; the letter is then passed over, and others go out. It imports neither settings nor
database.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse


class ForeignAddress(Exception):
    """The HTML asks for something else than the letters' fonts."""


def pdf(html: str, *, identifier: str, fonts: frozenset[Path]) -> bytes:
    """Return HTML as PDF; it may load only these fonts. The same HTML gives the same identifier.

    Raises:
        ForeignAddress: it asks for something else.
    """
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    document = HTML(string=html, base_url=None, url_fetcher=fetcher(fonts))
    made = document.write_pdf(
        font_config=FontConfiguration(), optimize_images=False, pdf_identifier=identifier.encode()
    )
    return bytes(made)


def fetcher(fonts: frozenset[Path]) -> Any:
    """Return a fetcher that loads only the fonts and `data:` URLs; the default one reads any local file."""
    from weasyprint.urls import URLFetcher

    class OnlyFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            parsed = urlparse(url)
            ours = parsed.scheme == "file" and Path(unquote(parsed.path)) in fonts
            if not ours and parsed.scheme != "data":
                raise ForeignAddress(f"a letter may not load {parsed.scheme or 'this'} addresses")
            return super().fetch(url, headers)

    return OnlyFonts()


def main() -> None:
    """Read what to render, print the PDF."""
    asked = json.load(sys.stdin)
    made = pdf(asked["html"], identifier=asked["identifier"], fonts=frozenset(map(Path, asked["fonts"])))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
