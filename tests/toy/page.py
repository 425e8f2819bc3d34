"""Applies the code blocks of docs/adding-a-case.md to a copy of the register."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w+) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".build", "data", "node_modules", "__pycache__", ".*_cache"
)


@dataclass(frozen=True)
class Block:
    """A code block that belongs to a file."""

    language: str
    file: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """Return the blocks in the order of the page."""
    for language, file, text in BLOCK.findall(page):
        yield Block(language, file, text)


def copy_of(root: Path, to: Path) -> Path:
    """Copy the tree without build results."""
    shutil.copytree(root, to, ignore=LEFT_OUT, symlinks=True)
    return to


def apply(block: Block, root: Path) -> None:
    """Apply a block: write a file, patch one, or add to the catalogue."""
    path = root / block.file
    if block.language == "diff":
        path.write_text(changed(path.read_text(encoding="utf-8"), block.text), encoding="utf-8")
    elif block.language == "po":
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{block.text}", encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def changed(text: str, diff: str) -> str:
    """Return a text with a diff applied.

    Raises:
        AssertionError: the lines the diff expects are not found exactly once.
    """
    before = "".join(line[1:] for line in _lines(diff) if line[0] in " -")
    after = "".join(line[1:] for line in _lines(diff) if line[0] in " +")
    if text.count(before) != 1:
        raise AssertionError(f"found {text.count(before)} times:\n{before}")
    return text.replace(before, after)


def _lines(diff: str) -> Iterator[str]:
    return (line if line.strip() else " \n" for line in diff.splitlines(keepends=True))
