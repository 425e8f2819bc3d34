"""Check licences of packages and fonts against requirements/licences.toml; exit 1 on a fault."""

import gzip
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FONTS = os.environ.get("ZSBANK_FONTS", str(ROOT / ".build" / "fonts"))
FONT_FILES = {".otf", ".ttf", ".ttc", ".woff", ".woff2"}


def normal(name: str) -> str:
    """Return a package's name normalised as on PyPI."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> dict[str, str]:
    """Return the licence of each installed package, from its metadata."""
    words = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"]
    answer = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 words of ours
    return {normal(row["Name"]): row["License"] for row in json.loads(answer.stdout)}


def is_allowed(licence: str, allowed: set[str]) -> bool:
    """Whether one of the alternatives in a licence has allowed licences only."""
    return any(set(re.split(r" AND |; ", choice)) <= allowed for choice in licence.split(" OR "))


def faults_of_packages(found: dict[str, str], table: dict[str, Any]) -> list[str]:
    """Return licences neither allowed nor explained, and outdated explanations."""
    allowed, explained = set(table["allowed"]), table["packages"]
    faults = [
        f"{name}: {licence} is not in requirements/licences.toml"
        for name, licence in found.items()
        if not is_allowed(licence, allowed) and explained.get(name, {}).get("licence") != licence
    ]
    return faults + [
        f"{name}: its entry in requirements/licences.toml is not needed"
        for name in explained
        if is_allowed(found.get(name, "MIT"), allowed)
    ]


def fetched_fonts() -> set[str]:
    """Return the fonts fetched by bin/setup."""
    packages, fonts = re.findall(
        r"^(?:RUN_PACKAGES|LETTER_FONTS)=\((.*)\)$", (ROOT / "bin/setup").read_text(), re.MULTILINE
    )
    named = {word for word in packages.split() if word.startswith("fonts-")}
    return named | {re.match(r"[A-Z][a-z]+", word)[0] for word in fonts.split()}  # type: ignore[index]


def notice_of(path: str) -> str:
    """Return the text of a licence notice; empty if the file does not exist."""
    file = Path(path.replace("$FONTS", FONTS))
    if not file.is_file():
        return ""
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).decode(errors="replace")


def faults_of_fonts(explained: dict[str, dict[str, str]]) -> list[str]:
    """Return fonts without an entry, entries that contradict the notice, and fonts in the repository."""
    faults = [
        f"{name}: no licence in requirements/licences.toml" for name in fetched_fonts() - set(explained)
    ]
    faults += [
        f"{name}: {font['notice']} does not say “{font['text']}”"
        for name, font in explained.items()
        if font["text"] not in notice_of(font["notice"])
    ]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S607
    return faults + [
        f"{name}: fonts are fetched, not shipped"
        for name in tracked.split()
        if Path(name).suffix in FONT_FILES
    ]


def main() -> int:
    """Print each fault; return 1 if there are any."""
    table = tomllib.loads((ROOT / "requirements/licences.toml").read_text(encoding="utf-8"))
    faults = faults_of_packages(installed(), table) + faults_of_fonts(table["fonts"])
    for fault in faults:
        print(fault)  # noqa: T201 its answer
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
