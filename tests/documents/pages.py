"""Documents as tests read them: headings, tables, code, links."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("en", "zh")
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def text_of(path: str) -> str:
    """A document's text."""
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """Blocks of code, without remarks and without what a diagram calls its states."""
    return [re.sub(r"\s+#.*$|:.*$", "", block, flags=re.MULTILINE) for block in BLOCK.findall(text)]


def prose(text: str) -> str:
    """The text without blocks of code."""
    return BLOCK.sub("", text)


def headings(text: str) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    return [(len(marks), words) for marks, words in re.findall(r"^(#+) (.+)$", prose(text), re.MULTILINE)]


def section(text: str, number: int) -> str:
    """What is under the heading of level 2 with this number, from 1."""
    return re.split(r"^## .+$", text, flags=re.MULTILINE)[number]


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, heads included."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(text: str) -> list[str]:
    """Words in code: variables, commands, paths."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def links(text: str) -> list[str]:
    """Targets of links and pictures on this site."""
    found = re.findall(r"\]\(([^)#\s]+)\)", prose(text)) + re.findall(r'src="([^"]+)"', text)
    return [target for target in found if "://" not in target]
