"""The contact sheet of a comparison as an HTML page, largest difference first."""

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.pictures.compare import Compared, Difference

STYLE = """
body { font: 14px sans-serif; margin: 24px }
h2 { font-size: 16px; margin: 32px 0 8px; border-top: 1px solid #ccc; padding-top: 8px }
.row { display: flex; gap: 12px; align-items: flex-start; margin: 8px 0 }
.row img { width: 380px; max-height: 520px; object-fit: cover; object-position: top; border: 1px solid #999 }
.row.narrow img { width: 190px }
pre { background: #f4f4f4; padding: 8px; max-height: 300px; overflow: auto; white-space: pre-wrap }
td { padding: 2px 12px 2px 0; vertical-align: top }
"""
LINES_AT_MOST = 200


def write_sheet(compared: Compared, before: Path, after: Path, out: Path) -> None:
    """Write `out`/index.html; the pictures stay where they are."""
    out.mkdir(parents=True, exist_ok=True)
    body = "\n".join(_body(compared, os.path.relpath(before, out), os.path.relpath(after, out), out))
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>{STYLE}</style>'
    )
    (out / "index.html").write_text(f"{page}\n{body}\n</html>\n", encoding="utf-8")


def _body(compared: Compared, before: str, after: str, out: Path) -> Iterator[str]:
    yield f"<h1>{escape(compared.summary())}</h1>"
    for word, pages in (("Missing", compared.missing), ("New", compared.new)):
        if pages:
            yield f"<h2>{word}</h2><pre>{escape(chr(10).join(pages))}</pre>"
    if lines := compared.lines():
        yield "<h2>Changed lines, by the number of pages</h2><table>"
        yield from (f"<tr><td>{count}<td>{escape(line)}" for line, count in lines[:LINES_AT_MOST])
        yield "</table>"
    for difference in compared.different:
        yield from _page(difference, before, after, out)
    yield f"<h2>Same</h2><pre>{escape(chr(10).join(compared.equal))}</pre>"


def _page(difference: Difference, before: str, after: str, out: Path) -> Iterator[str]:
    shares = ", ".join(f"{share:.2%} at {width}" for width, share in difference.shares.items())
    yield f"<h2>{escape(difference.page)}: {shares}</h2>"
    for width, share in difference.shares.items():
        if share:
            name = escape(f"{difference.page}.{width}.png")
            pictures = [f"{folder}/{name}" for folder in (before, after)]
            if (out / f"{difference.page}.{width}.png").exists():
                pictures.append(name)
            shown = (f'<a href="{path}"><img loading="lazy" src="{path}" alt=""></a>' for path in pictures)
            yield f'<div class="row{" narrow" if width < 600 else ""}">{"".join(shown)}</div>'
    if difference.text:
        yield f"<pre>{escape(chr(10).join(difference.text))}</pre>"
