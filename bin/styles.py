"""Bundle and minify the style sheets for the oldest browser that the register serves.

python -P -m bin.styles OUT
"""

import sys
from pathlib import Path

import lightningcss

SOURCES = Path(__file__).resolve().parents[1] / "static" / "css"
SHEETS = ("app.css", "desk.css")
OLDEST = "chrome 86"
"""The oldest engine; docs/decisions/0026-oldest-browser.md."""


def built(name: str) -> str:
    """Return a style sheet with all that it imports, written for the oldest engine."""
    return lightningcss.bundle_css(str(SOURCES / name), browsers_list=[OLDEST], minify=True)


def main() -> None:
    """Write the style sheets into the folder named."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name in SHEETS:
        (out / name).write_text(built(name), encoding="utf-8")


if __name__ == "__main__":
    main()
