"""Where the bytes lie: written aside, flushed to disk, hashed, and moved into place once their row is committed."""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings

BLOCK = 1024 * 1024
ABANDONED_AFTER = 24 * 60 * 60.0
"""Seconds by the machine's own clock, which dates files."""


@dataclass(frozen=True)
class Written:
    """What was written aside: how many bytes, and their SHA-256."""

    size: int
    sha256: str


def incoming(stored_name: str) -> Path:
    """Where a file waits until its row is committed."""
    return Path(settings.FILES_DIR) / "incoming" / stored_name


def settled(stored_name: str) -> Path:
    """Where a file lies for good."""
    return Path(settings.FILES_DIR) / stored_name[:2] / stored_name


def quarantined(stored_name: str) -> Path:
    """Where a file lies in which the scanner found something."""
    return Path(settings.FILES_DIR) / "quarantine" / stored_name


def write_aside(stored_name: str, blocks: Iterable[bytes]) -> Written:
    """Write the bytes where they wait, flushed to disk. A full disk leaves nothing under a final name.

    Raises:
        OSError: when the disk does not take it; what was begun is removed.
    """
    path = incoming(stored_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for block in blocks:
                digest.update(block)
                size += file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return Written(size, digest.hexdigest())


def settle(stored_name: str) -> None:
    """Move a waiting file into place; nothing to do when it lies there already."""
    final = settled(stored_name)
    final.parent.mkdir(parents=True, exist_ok=True)
    _move(incoming(stored_name), final)


def quarantine(stored_name: str) -> None:
    """Move a file out of its place to where nobody is served from; nothing to do when it lies there already."""
    settle(stored_name)
    final = quarantined(stored_name)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _move(settled(stored_name), final)


def _move(source: Path, final: Path) -> None:
    try:
        source.rename(final)
    except FileNotFoundError:
        return
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def discard(stored_name: str) -> None:
    """Remove a waiting file whose row was never committed."""
    incoming(stored_name).unlink(missing_ok=True)


def remove(stored_name: str) -> None:
    """Remove the bytes of a file whose row is gone, wherever they lie."""
    for path in (incoming(stored_name), settled(stored_name)):
        path.unlink(missing_ok=True)


def abandoned() -> list[str]:
    """What has waited for longer than any verb takes: the verb was refused, or stopped, after it was written."""
    oldest = time.time() - ABANDONED_AFTER
    folder = incoming("")
    waiting = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in waiting if path.stat().st_mtime < oldest)


def open_bytes(stored_name: str) -> BufferedReader:
    """Open a stored file, first moving it into place if a stop came between its row and its move.

    Raises:
        FileNotFoundError: when the file is not there at all.
    """
    settle(stored_name)
    return settled(stored_name).open("rb")


def open_wherever(stored_name: str) -> BufferedReader:
    """Open a stored file for the scanner or the judge, never to be served, also when it lies in quarantine.

    Raises:
        FileNotFoundError: when the file is not there at all.
    """
    try:
        return open_bytes(stored_name)
    except FileNotFoundError:
        return quarantined(stored_name).open("rb")


def sha256_of(stored_name: str) -> str:
    """The hash of the bytes as they lie there now, in quarantine or out of it."""
    with open_wherever(stored_name) as file:
        return hash_of(file)


def hash_of(file: BufferedReader) -> str:
    """The SHA-256 of an open file from where it is read; it stands at its start afterwards."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
