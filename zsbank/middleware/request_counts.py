"""A cache of counts that all processes of one machine share, for where there is no Redis."""

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
    """Counts in an SQLite file of their own; only `add` and `incr`.

    Django's caches in files and in the database read a count and write it back in two steps, so that processes lose
    each other's; and in the register's own SQLite database a request would wait for whoever writes there. Here each
    step is one statement. Django makes an instance, and so a connection, for each thread.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        """`location` is the file; it is made with the first count."""
        super().__init__(params)
        self._path = location
        self._connections: dict[int, sqlite3.Connection] = {}

    def add(
        self, key: str, value: int, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Start a count, unless it runs already; counts that are over are removed."""
        now, expires = time.time(), self.get_backend_timeout(timeout)
        given = (self.make_and_validate_key(key, version=version), value, expires or math.inf, now)
        started = self._connection().execute(START, given).rowcount == 1
        if started:
            self._connection().execute("DELETE FROM count WHERE expires <= ?", (now,))
        return started

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count up; gives what it is then.

        Raises:
            ValueError: there is no such count, or it is over.
        """
        given = (delta, self.make_and_validate_key(key, version=version), time.time())
        row = self._connection().execute(INCREASE, given).fetchone()
        if row is None:
            raise ValueError(f"there is no count {key!r}")
        return int(row[0])

    def _connection(self) -> sqlite3.Connection:
        """The connection of the thread. A forked process opens its own, and leaves the one it inherited alone."""
        if (known := self._connections.get(os.getpid())) is not None:
            return known
        with contextlib.suppress(FileExistsError):  # SQLite would let others read it
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.executescript(SET_UP)
        self._connections[os.getpid()] = connection
        return connection
