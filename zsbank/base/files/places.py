"""Places for programs that take much memory: so many at once on a machine, whatever process starts them.

A place is a lock on a file, which the operating system releases with its process.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

PAUSE = 0.05
"""Seconds between two looks for a free place."""


class NoPlace(Exception):
    """All places stayed taken for as long as one waits."""


@contextmanager
def place(folder: Path, places: int, seconds: float) -> Iterator[None]:
    """Hold one of the places of a folder.

    Args:
        folder: where the locks lie, on a disk of this machine; it is created.
        places: how many processes and threads may hold one at once.
        seconds: how long to wait for one.

    Raises:
        NoPlace: none became free.
    """
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + seconds
    while (held := _taken(folder, places)) is None:
        if time.monotonic() >= until:
            raise NoPlace
        time.sleep(PAUSE)
    try:
        yield
    finally:
        os.close(held)


def _taken(folder: Path, places: int) -> int | None:
    """Return the open file of a place that was free and is locked now; None if there is none."""
    for number in range(places):
        file = os.open(folder / str(number), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return file
    return None


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Take the only place for a kind of outgoing work on this machine, such as `mail`, without waiting.

    So a kind of work that hangs holds one process of the worker, and never those of the others.

    Yields:
        Whether it was free.
    """
    with ExitStack() as held:
        try:
            held.enter_context(place(settings.WORK_DIR / work, 1, 0))
        except NoPlace:
            yield False
        else:
            yield True
