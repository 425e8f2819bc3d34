"""Hash chain that reveals changes of the journal: SHA-256 over canonical JSON, each link over the previous one.

Standard library only, so that an auditor can read it and run it on another machine on an export of the
journal:
`python chain.py EXPORT.jsonl [CHECKPOINT.json ...]`. The register verifies with the same code.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

GENESIS = "0" * 64
"""The hash before the first link."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its position in the chain.

    Args:
        digest: the stored hash of the entry.
        content: the fields of the entry.
    """

    sequence: int
    hash: str
    digest: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Checkpoint:
    """The end of the chain at the end of a day, stored outside of the database."""

    day: str
    sequence: int
    head: str
    counts: dict[str, int]
    numbers: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a checkpoint file.

        Raises:
            ValueError: the file is not a checkpoint.
        """
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (TypeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path.name} is not a checkpoint") from error


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry: JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def link_hash(previous: str, sequence: int, digest: str) -> str:
    """Return the hash of a link: over the previous hash, the sequence number and the digest of the entry."""
    return hashlib.sha256(f"{previous}:{sequence}:{digest}".encode()).hexdigest()


def verify(lines: Iterable[Line], *checkpoints: Checkpoint) -> Iterator[str]:
    """Yield a sentence for each fault, in one pass with constant memory.

    Args:
        lines: all links with their entries, by sequence number.
        checkpoints: known earlier ends of the chain; without one a truncated end is not detected.
    """
    known = _by_sequence(checkpoints)
    sequence, head = 0, GENESIS
    for line in lines:
        if line.sequence > sequence + 1:
            yield f"journal {_span(sequence + 1, line.sequence - 1)}: removed"
        elif line.hash != link_hash(head, line.sequence, line.digest):
            yield f"journal {line.sequence}: does not follow from the one before; swapped, inserted or rewritten"
        if line.digest != digest_of(line.content):
            yield f"journal {line.sequence}: edited, it no longer says what was recorded"
        sequence, head = line.sequence, line.hash
        for one in known.get(sequence, ()):
            if head != one.head:
                yield f"journal {sequence}: is not what the checkpoint of {one.day} holds; rewritten"
    yield from _cut_off(sequence, checkpoints)


def _cut_off(last: int, checkpoints: Iterable[Checkpoint]) -> Iterator[str]:
    longest = max(checkpoints, key=lambda one: one.sequence, default=None)
    if longest and last < longest.sequence:
        missing = _span(last + 1, longest.sequence)
        yield f"journal {missing}: cut off at the end, the checkpoint of {longest.day} has them"


def _by_sequence(checkpoints: Iterable[Checkpoint]) -> dict[int, list[Checkpoint]]:
    found: dict[int, list[Checkpoint]] = {}
    for one in checkpoints:
        found.setdefault(one.sequence, []).append(one)
    return found


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def read_export(path: Path) -> Iterator[Line]:
    """Yield the lines of an export, one JSON object each."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            yield Line(**json.loads(text))


def main(arguments: list[str]) -> int:
    """Verify an export; return the exit code."""
    if not arguments:
        print("usage: chain.py EXPORT.jsonl [CHECKPOINT.json ...]", file=sys.stderr)  # noqa: T201 a command
        return 2
    export, *checkpoints = map(Path, arguments)
    wrong = list(verify(read_export(export), *map(Checkpoint.read, checkpoints)))
    print("\n".join(wrong) or "the chain holds")  # noqa: T201 a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
