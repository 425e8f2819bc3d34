"""The three programs of the register, as bin/run and docker-compose.yml both start them."""

import os
import sys
from pathlib import Path

NAMES = ("web", "worker", "beat")
PREPARE = "prepare"


def command(name: str, *, host: str, port: int, data: Path) -> list[str]:
    """The command line of one of `NAMES` or of `PREPARE`; `data` is the data folder.

    The web server believes no field about where it is or who asks; what the proxy says is read in the settings.
    Prefetch 1 is in the settings. Gossip and mingle are talk between workers that nothing here needs.
    """
    python, celery = [sys.executable, "-m"], [sys.executable, "-m", "celery", "--quiet", "-A", "zsbank"]
    web = (
        "gunicorn zsbank.wsgi --config python:zsbank.serving --workers 2 --threads 4 --no-control-socket "
        "--forwarded-allow-ips= --forwarder-headers="
    )
    worker = "worker --pool prefork --concurrency 2 --without-gossip --without-mingle --loglevel WARNING"
    beat = "beat --pidfile= --loglevel WARNING"
    commands = {
        PREPARE: [*python, "bin.supervisor.prepare"],
        "web": [*python, *web.split(), "--bind", f"{host}:{port}"],
        "worker": [*celery, *worker.split()],
        "beat": [*celery, *beat.split(), "--schedule", str(data / "beat")],
    }
    return commands[name]


def become(name: str, *, host: str, port: int, data: Path) -> None:
    """Turn this very process into one of the programs, as a container wants it."""
    words = command(name, host=host, port=port, data=data)
    os.execv(words[0], words)  # noqa: S606 the words are ours
