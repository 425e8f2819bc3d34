"""A PostgreSQL cluster and a Redis of the fault tests' own, which they may kill, stop and fill."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from glob import glob
from pathlib import Path
from typing import Any

import psycopg2
import redis

PATIENCE = 300.0
"""Seconds that a program may take for anything, on a busy machine."""


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds; an exception counts as not yet.

    Raises:
        AssertionError: it did not happen in `PATIENCE` seconds.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if condition():
                return
        except (OSError, psycopg2.Error, redis.RedisError):
            pass
        time.sleep(0.05)
    raise AssertionError(f"not within {PATIENCE:.0f} s: {what}")


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """A PostgreSQL cluster; as root, it runs as the user `postgres`."""

    def __init__(self, folder: Path) -> None:
        """Create and start it.

        Args:
            folder: an empty folder that the user `postgres` can reach.
        """
        self.folder, self.port = folder, free_port()
        self.programs = Path(max(glob("/usr/lib/postgresql/*/bin")))  # noqa: PTH207 a pattern in the middle
        self.as_user: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.sql("CREATE ROLE zsbank LOGIN CREATEDB", "CREATE ROLE zsbank_application",
                 "GRANT zsbank_application TO zsbank")  # fmt: skip

    def _run(self, program: str, *words: str) -> None:
        command = [*self.as_user, str(self.programs / program), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -h 127.0.0.1 -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, how: str = "immediate") -> None:
        """Stop it: `immediate` ends all processes without writing anything, as a crash does."""
        self._run("pg_ctl", "stop", "-w", "-m", how)

    def url(self, database: str, user: str = "zsbank") -> str:
        """Return the address of a database."""
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Carry out statements as the superuser, each by itself; return the rows of the last one."""
        line = psycopg2.connect(self.url("postgres", "postgres"))
        line.autocommit = True
        with closing(line), line.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def copy(self, source: str, database: str) -> None:
        """Create a database that holds what another database, of any server, holds.

        Args:
            source: its address.
        """
        self.sql(f"CREATE DATABASE {database} OWNER zsbank")
        dump = [str(self.programs / "pg_dump"), "--no-owner", "--no-acl", "-d", source]
        restore = [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(database)]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
            subprocess.run(restore, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dumped.returncode == 0


class Redis:
    """A Redis server that stores nothing on disk."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = f"redis-server --port {self.port} --bind 127.0.0.1 --appendonly no --dir {self.folder}"
        self.process = subprocess.Popen([*words.split(), "--save", ""], stdout=subprocess.DEVNULL)
        wait_for(lambda: self.ask("PING"), "Redis answers")

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, *words: str) -> object:
        """Send a command; return the answer."""
        with redis.Redis.from_url(self.url) as line:
            return line.execute_command(*words)
