"""The command lines of the three programs, shared by bin/run and docker-compose.yml."""

import os
import sys
from pathlib import Path

NAMES = ("web", "worker", "beat")
PREPARE = "prepare"
PROCESSES = 5
"""Of the worker: one for the sweep, letters, mail and scans each, and one for the heartbeat and what people ask for."""


def command(name: str, *, host: str, port: int, data: Path) -> list[str]:
    """Return the command line of one of `NAMES`, or of `PREPARE`; `data` is the data folder.

    The web server trusts no forwarding header; the settings evaluate those of the proxy. Prefetch 1 is in the settings.
    Gossip and mingle, messages between workers, are not needed.
    """
    python, celery = [sys.executable, "-m"], [sys.executable, "-m", "celery", "--quiet", "-A", "zsbank"]
    web = (
        "gunicorn zsbank.wsgi --config python:zsbank.serving --workers 2 --threads 4 --no-control-socket "
        "--forwarded-allow-ips= --forwarder-headers="
    )
    worker = f"worker --pool prefork --concurrency {PROCESSES} --without-gossip --without-mingle --loglevel WARNING"
    beat = "beat --pidfile= --loglevel WARNING"
    commands = {
        PREPARE: [*python, "bin.supervisor.prepare"],
        "web": [*python, *web.split(), "--bind", f"{host}:{port}"],
        "worker": [*celery, *worker.split()],
        "beat": [*celery, *beat.split(), "--schedule", str(data / "beat")],
    }
    return commands[name]


def become(name: str, *, host: str, port: int, data: Path) -> None:
    """Replace this process with one of the programs, for a container."""
    words = command(name, host=host, port=port, data=data)
    os.execv(words[0], words)  # noqa: S606 the words are ours
