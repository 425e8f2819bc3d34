"""Is the register alive? Each part is looked at by itself; an answer names what is wrong and no secret."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import connection

from zsbank.clock import queries

HEARTBEAT_AT_MOST = dt.timedelta(seconds=120)
SWEEP_AT_MOST = dt.timedelta(hours=26)
PATIENCE = 3
"""Seconds that the broker is given to answer."""


@dataclass(frozen=True)
class Finding:
    """How one part is: well or not, and the sentence that says so."""

    part: str
    well: bool
    says: str


def look() -> list[Finding]:
    """Look at every part. A part that cannot be looked at is not well; the error's class says why."""
    return [_look_at(part, check) for part, check in CHECKS.items()]


def _look_at(part: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        well, says = check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part must be told, not raised
        well, says = False, f"does not answer ({type(error).__name__})"
    return Finding(part, well, says)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "answers"


def _broker() -> tuple[bool, str]:
    if settings.REDIS_URL:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
        ) as broker:
            broker.ping()
        return True, "answers"
    folder = settings.QUEUE_DIR / "messages"
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    return writable, "takes messages" if writable else "its folder cannot be written"


def _worker() -> tuple[bool, str]:
    age = queries.heartbeat_age(queries.WORKER)
    if age is None:
        return False, "has never been seen; is it running?"
    return age < HEARTBEAT_AT_MOST, f"last seen {age.total_seconds():.0f} s ago"


def _sweep() -> tuple[bool, str]:
    last = queries.last_sweep()
    if last is None or last.finished_at is None:
        return True, "none has finished yet"
    age = queries.age_of(last.finished_at)
    return (
        age < SWEEP_AT_MOST,
        f"last finished {age.total_seconds() / 3600:.1f} h ago, {len(last.failed)} failed",
    )


def _letters() -> tuple[bool, str]:
    stuck = queries.stuck_letters().count()
    return stuck == 0, f"{stuck} without their file since yesterday or longer"


def _messages() -> tuple[bool, str]:
    stuck = queries.stuck_messages().count()
    return stuck == 0, f"{stuck} not mailed since yesterday or longer"


def _scans() -> tuple[bool, str]:
    stuck = queries.stuck_scans().count()
    says = f"{stuck} not scanned for viruses for 15 minutes or longer"
    return stuck == 0, says if settings.CLAMAV_SOCKET or stuck == 0 else f"{says}; no scanner is configured"


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
    "sweep": _sweep,
    "letters": _letters,
    "messages": _messages,
    "scans": _scans,
}
