"""Cache backend for counts that all processes of one machine share, used without Redis."""

import contextlib
import math
import os
import sqlite3
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

SET_UP = """
    PRAGMA synchronous = OFF;
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS count (key TEXT PRIMARY KEY, value INTEGER NOT NULL, expires REAL NOT NULL);
    CREATE INDEX IF NOT EXISTS count_expires ON count (expires);
"""
START = """
    INSERT INTO count VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires WHERE count.expires <= ?
"""
INCREASE = "UPDATE count SET value = value + ? WHERE key = ? AND expires > ? RETURNING value"
WAIT_SECONDS = 1


class SharedCounts(BaseCache):
    """Counts in a separate SQLite file; implements only `add` and `incr`.

    Django's file and database caches read a count and write it back in two steps, so concurrent increments
    are lost. In the register's own SQLite database a request would wait for other writers. Here each step is
    one statement. Django creates an instance, and so a connection, per thread.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        """Take the path of the file; it is created with the first count."""
        super().__init__(params)
        self._path = location
        self._connections: dict[int, sqlite3.Connection] = {}

    def add(
        self, key: str, value: int, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Start a count unless one is running; expired counts are deleted."""
        now, expires = time.time(), self.get_backend_timeout(timeout)
        given = (self.make_and_validate_key(key, version=version), value, expires or math.inf, now)
        started = self._connection().execute(START, given).rowcount == 1
        if started:
            self._connection().execute("DELETE FROM count WHERE expires <= ?", (now,))
        return started

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Increase a count and return its new value.

        Raises:
            ValueError: there is no such count, or it has expired.
        """
        given = (delta, self.make_and_validate_key(key, version=version), time.time())
        row = self._connection().execute(INCREASE, given).fetchone()
        if row is None:
            raise ValueError(f"there is no count {key!r}")
        return int(row[0])

    def _connection(self) -> sqlite3.Connection:
        """Return the thread's connection; a forked process opens its own and leaves the inherited one alone."""
        if (known := self._connections.get(os.getpid())) is not None:
            return known
        with contextlib.suppress(FileExistsError):  # SQLite would let others read it
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.executescript(SET_UP)
        self._connections[os.getpid()] = connection
        return connection
