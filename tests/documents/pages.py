"""Parsing of documents: headings, tables, code, links."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("en", "zh")
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def text_of(path: str) -> str:
    """Return the text of a document."""
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """Return the code blocks, without comments and labels of diagrams."""
    return [re.sub(r"\s+#.*$|:.*$", "", block, flags=re.MULTILINE) for block in BLOCK.findall(text)]


def prose(text: str) -> str:
    """Return the text without code blocks."""
    return BLOCK.sub("", text)


def headings(text: str) -> list[tuple[int, str]]:
    """Return level and text of each heading."""
    return [(len(marks), words) for marks, words in re.findall(r"^(#+) (.+)$", prose(text), re.MULTILINE)]


def section(text: str, number: int) -> str:
    """Return the content of the n-th heading of level 2, from 1."""
    return re.split(r"^## .+$", text, flags=re.MULTILINE)[number]


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables, including headers."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(text: str) -> list[str]:
    """Return inline code: variables, commands, paths."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def links(text: str) -> list[str]:
    """Return the local targets of links and pictures."""
    found = re.findall(r"\]\(([^)#\s]+)\)", prose(text)) + re.findall(r'src="([^"]+)"', text)
    return [target for target in found if "://" not in target]
