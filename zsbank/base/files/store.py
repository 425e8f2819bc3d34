"""Storage of file contents: written to a temporary place, flushed, hashed, and moved once the row is committed."""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings

BLOCK = 1024 * 1024
ABANDONED_AFTER_SECONDS = 24 * 60 * 60.0
"""Seconds, by the machine's clock."""


@dataclass(frozen=True)
class Written:
    """Size and SHA-256 of written bytes."""

    size: int
    sha256: str


def incoming_path(stored_name: str) -> Path:
    """Return the path of a file before its row is committed."""
    return Path(settings.FILES_DIR) / "incoming" / stored_name


def final_path(stored_name: str) -> Path:
    """Return the final path of a file."""
    return Path(settings.FILES_DIR) / stored_name[:2] / stored_name


def quarantine_path(stored_name: str) -> Path:
    """Return the path of a quarantined file."""
    return Path(settings.FILES_DIR) / "quarantine" / stored_name


def write_incoming(stored_name: str, blocks: Iterable[bytes]) -> Written:
    """Write the bytes to the temporary place and flush them to disk.

    Raises:
        OSError: the disk is full or not writable; the incomplete file is removed.
    """
    path = incoming_path(stored_name)
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


def move_into_place(stored_name: str) -> None:
    """Move a file to its final place; do nothing if it is there already."""
    final = final_path(stored_name)
    final.parent.mkdir(parents=True, exist_ok=True)
    _move(incoming_path(stored_name), final)


def quarantine(stored_name: str) -> None:
    """Move a file to quarantine, which is never served; do nothing if it is there already."""
    move_into_place(stored_name)
    final = quarantine_path(stored_name)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _move(final_path(stored_name), final)


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
    """Remove a file whose row was not committed."""
    incoming_path(stored_name).unlink(missing_ok=True)


def remove(stored_name: str) -> None:
    """Remove the bytes of a file whose row was deleted."""
    for path in (incoming_path(stored_name), final_path(stored_name)):
        path.unlink(missing_ok=True)


def abandoned() -> list[str]:
    """Return the names of temporary files that are older than any running action."""
    oldest = time.time() - ABANDONED_AFTER_SECONDS
    folder = incoming_path("")
    waiting = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in waiting if path.stat().st_mtime < oldest)


def open_bytes(stored_name: str) -> BufferedReader:
    """Open a stored file; moves it to its final place if the program stopped before that.

    Raises:
        FileNotFoundError: the file does not exist.
    """
    move_into_place(stored_name)
    return final_path(stored_name).open("rb")


def open_also_quarantined(stored_name: str) -> BufferedReader:
    """Open a stored file also from quarantine: for scanner and integrity check, never for serving.

    Raises:
        FileNotFoundError: the file does not exist.
    """
    try:
        return open_bytes(stored_name)
    except FileNotFoundError:
        return quarantine_path(stored_name).open("rb")


def sha256_of(stored_name: str) -> str:
    """Return the hash of the stored bytes, also in quarantine."""
    with open_also_quarantined(stored_name) as file:
        return hash_of(file)


def hash_of(file: BufferedReader) -> str:
    """Return the SHA-256 of an open file, and rewind it."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
