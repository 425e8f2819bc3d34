"""Folders of the program. Reading the settings creates nothing; programs call `prepare` when they start."""

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from zsbank import environment

BASE = Path(__file__).resolve().parent.parent
QUEUES = ("messages", "done", "control")


@dataclass(frozen=True)
class Folders:
    """All folders, as set in the environment."""

    data: Path
    build: Path
    files: Path
    checkpoints: Path
    logs: Path
    fonts: Path
    static: Path
    assets: Path

    @classmethod
    def from_environment(cls) -> Self:
        """Return the folders of this process."""
        data = environment.folder("ZSBANK_DATA", BASE / "data")
        build = environment.folder("ZSBANK_BUILD", BASE / ".build")
        return cls(
            data=data,
            build=build,
            files=environment.folder("ZSBANK_FILES", data / "files"),
            checkpoints=environment.folder("ZSBANK_CHECKPOINTS", data / "checkpoints"),
            logs=environment.folder("ZSBANK_LOGS", data / "logs"),
            fonts=environment.folder("ZSBANK_FONTS", build / "fonts"),
            static=environment.folder("ZSBANK_STATIC", build / "static"),
            assets=environment.folder("ZSBANK_ASSETS", build / "assets"),
        )

    @property
    def queue(self) -> Path:
        """Return the folder of Celery's messages, used without Redis."""
        return self.data / "queue"


def prepare() -> None:
    """Create missing folders and, outside production, the secret key."""
    folders = Folders.from_environment()
    for field in fields(folders):
        getattr(folders, field.name).mkdir(parents=True, exist_ok=True)
    if not environment.secret("REDIS_URL"):
        for name in QUEUES:
            (folders.queue / name).mkdir(parents=True, exist_ok=True)
    if environment.mode() != "production" and not environment.secret("ZSBANK_SECRET_KEY"):
        _make_key(environment.key_file(folders.data))


def _make_key(path: Path) -> None:
    try:
        with open(path, "x", opener=_private, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
