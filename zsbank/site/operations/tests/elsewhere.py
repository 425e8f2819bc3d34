"""Fixture to run commands on another, empty register."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

Manage = Callable[..., tuple[int, str]]


@pytest.fixture
def manage(tmp_path: Path) -> Iterator[Manage]:
    """Run `manage.py` there; return exit code and output."""
    place = {
        "ZSBANK_MODE": "local",
        "ZSBANK_DATA": str(tmp_path / "elsewhere"),
        "ZSBANK_BUILD": str(settings.BUILD_DIR),
    }
    place["ZSBANK_CHECKPOINTS"] = str(settings.CHECKPOINTS_DIR)
    name = f"restored_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "postgresql":
        _on_server(f"CREATE DATABASE {name}")
        place["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"

    def run(*words: str) -> tuple[int, str]:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=kept | place, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    yield run
    if connection.vendor == "postgresql":
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(statement)
