"""A register of the fault tests' own: its database, its programs, and processes that act in it."""

import http.client
import multiprocessing
import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from html import unescape
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg2
import psycopg2.extensions

from bin.supervisor import commands
from tests.faults.servers import PATIENCE, Cluster, Redis, free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
SPAWN = multiprocessing.get_context("spawn")
INPUT = re.compile(r'<input[^>]*type="hidden"[^>]*>')
NAMED = re.compile(r'\b(name|value)="([^"]*)"')


def enter(variables: dict[str, str]) -> None:
    """Make this process one of the register: set its variables, make its folders and key, then set Django up."""
    os.environ.update(variables)
    import django  # noqa: PLC0415 after the variables

    from zsbank import folders  # noqa: PLC0415

    folders.prepare()
    django.setup()


def _call(function: Callable[..., Any], *given: Any) -> Any:
    from django.db import connections  # noqa: PLC0415 after the set-up

    connections.close_all()  # PostgreSQL may have been stopped since
    return function(*given)


def _act(variables: dict[str, str], name: str, *given: Any) -> None:
    """Run a function of `scenes.py`, which can only be imported after the set-up."""
    enter(variables)
    from tests.faults import scenes  # noqa: PLC0415

    getattr(scenes, name)(*given)


class Place:
    """The register. Whatever is asked of it is done by other processes, so that they can be killed."""

    def __init__(self, cluster: Cluster, redis: Redis, database: str, folder: Path) -> None:
        """Use a database of the cluster.

        Args:
            folder: for files, logs and locks.
        """
        self.cluster, self.redis, self.database, self.folder = cluster, redis, database, folder
        self.port = free_port()
        self.variables = {
            "DATABASE_URL": cluster.url(database),
            "REDIS_URL": redis.url,
            "ZSBANK_MODE": "test",
            "ZSBANK_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "zsbank.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self.helper = ProcessPoolExecutor(1, SPAWN, initializer=enter, initargs=(self.variables,))

    def call(self, function: Callable[..., Any], *given: Any) -> Any:
        """Return what a function of `scenes.py` returns in the register."""
        return self.helper.submit(_call, function, *given).result(PATIENCE)

    def begin(self, function: Callable[..., Any], *given: Any) -> BaseProcess:
        """Start a process that runs a function of `scenes.py` in the register and may be killed."""
        process = SPAWN.Process(target=_act, args=(self.variables, function.__name__, *given), daemon=True)
        process.start()
        return process

    def judge(self) -> list[str]:
        """Return what `manage.py check_integrity` finds; empty if nothing is wrong."""
        from tests.faults import scenes  # noqa: PLC0415 imports the apps

        found: list[str] = self.call(scenes.judged)
        return found

    # Programs ------------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        """Start web or worker as `bin/run` does, and wait for it."""
        self._heartbeat.unlink(missing_ok=True)
        words = commands.command(name, host="127.0.0.1", port=self.port, data=self.folder)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.programs[name] = subprocess.Popen(
                words,
                cwd=ROOT,
                env=os.environ | self.variables,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        ready = self._web_answers if name == "web" else self._worker_has_worked
        wait_for(ready, f"{name} answers")

    @property
    def _heartbeat(self) -> Path:
        return self.folder / "work" / "heartbeat"

    def _worker_has_worked(self) -> bool:
        return self._heartbeat.exists()

    def _web_answers(self) -> bool:
        return self.ask("GET", "/accounts/login/")[0] == http.client.OK

    def kill_children(self, name: str) -> None:
        """Kill the processes that a program started; it stays itself and starts others."""
        pid = self.programs[name].pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            os.kill(int(child), signal.SIGKILL)

    def kill_group(self, name: str) -> None:
        """Kill a program with all its processes."""
        program = self.programs.pop(name)
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()

    def end(self) -> None:
        """End everything."""
        for name in list(self.programs):
            self.kill_group(name)
        self.helper.shutdown(cancel_futures=True)

    # The web -------------------------------------------------------------------------------------------------

    def ask(self, method: str, path: str, cookies: str = "", body: str = "") -> tuple[int, str, str]:
        """Return status, page and address of the answer of the web program."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body.encode(), headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        finally:
            line.close()

    def submit(self, path: str, session: str) -> int:
        """Open the page of an action and send its form as it is; return the status of the answer."""
        token = "a" * 32
        cookies = f"sessionid={session}; csrftoken={token}"
        status, page, to = self.ask("GET", path, cookies)
        assert status == http.client.OK, (status, to)
        inputs = [dict(NAMED.findall(found)) for found in INPUT.findall(page)]
        fields = {one["name"]: unescape(one.get("value", "")) for one in inputs if "name" in one}
        return self.ask("POST", path, cookies, urlencode(fields | {"csrfmiddlewaretoken": token}))[0]

    def submit_meanwhile(self, path: str, session: str) -> Callable[[], int | None]:
        """Submit in a thread; return a function that waits for the status, None if the line was cut."""
        found: list[int | None] = []

        def run() -> None:
            status = None
            with suppress(OSError, http.client.HTTPException):
                status = self.submit(path, session)
            found.append(status)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()

        def answer() -> int | None:
            thread.join(PATIENCE)
            return found[0]

        return answer

    # Points at which a transaction stops ------------------------------------------------------------------------

    @contextmanager
    def held(self, statement: str) -> Iterator[psycopg2.extensions.connection]:
        """Hold what a statement locks, so that other transactions stop there, until the end of the block."""
        line = psycopg2.connect(self.cluster.url(self.database))
        try:
            line.cursor().execute(statement)
            yield line
        finally:
            line.close()  # what PostgreSQL was stopped under is closed already

    def closed(self, table: str) -> Any:
        """Let every transaction stop before it writes to a table."""
        return self.held(f"LOCK TABLE {table} IN SHARE MODE")

    def wait_until_stopped(self, number: int = 1, *, at_table: bool = False) -> None:
        """Wait until so many transactions stand before a lock, or before that of a table."""
        where = "wait_event_type = 'Lock'" + (" AND wait_event = 'relation'" if at_table else "")
        wait_for(lambda: self._count(where) >= number, f"{number} stopped at a lock")

    def end_stopped(self) -> None:
        """End what stands before a lock; otherwise PostgreSQL still carries out its last statement."""
        where = f"datname = '{self.database}' AND wait_event_type = 'Lock'"
        self.cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {where}")

    def wait_until_quiet(self) -> None:
        """Wait until no transaction runs: what a killed program had begun is rolled back or committed."""
        wait_for(lambda: not self._count("state <> 'idle'"), "no transaction runs")

    def _count(self, condition: str) -> int:
        asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.database}' AND {condition}"
        [(count,)] = self.cluster.sql(asked)
        return int(count)
