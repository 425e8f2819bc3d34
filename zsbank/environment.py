"""The environment's answers: every variable the register reads, with its default, in one place."""

import os
import re
import secrets
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

Mode = Literal["local", "test", "production"]
HIGHEST_PORT = 65535
MODES: tuple[Mode, ...] = ("local", "test", "production")


def mode() -> Mode:
    """How the program runs: `local` on one desk, `test` under pytest, `production` behind a real address."""
    given = os.environ.get("ZSBANK_MODE", "local")
    for known in MODES:
        if given == known:
            return known
    raise ImproperlyConfigured(f"ZSBANK_MODE is {given!r}; use one of {', '.join(MODES)}")


def folder(name: str, default: Path) -> Path:
    """A folder named by a variable, made when it is not there."""
    path = Path(os.environ.get(name) or default).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def words(name: str, default: str = "") -> list[str]:
    """A list given with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def yes(name: str, *, default: bool) -> bool:
    """A switch: `yes` or `no`; anything else is refused, so that a typing error opens nothing."""
    given = os.environ.get(name, "")
    if given not in ("", "yes", "no"):
        raise ImproperlyConfigured(f"{name} is {given!r}; use yes or no")
    return given == "yes" if given else default


def number(name: str, default: int, *, at_least: int = 1) -> int:
    """A whole number that is not too small."""
    given = os.environ.get(name, "").strip() or str(default)
    if not (given.isascii() and given.isdecimal() and int(given) >= at_least):
        raise ImproperlyConfigured(f"{name} is {given!r}; give a whole number of at least {at_least}")
    return int(given)


def socket_address(name: str) -> str:
    """A socket as `unix:/path` or `tcp:host:port`; empty when none is set."""
    given = os.environ.get(name, "").strip()
    match = re.fullmatch(r"unix:/.+|tcp:.+:(?P<port>[0-9]{1,5})", given)
    if given and (match is None or int(match["port"] or 1) > HIGHEST_PORT):
        raise ImproperlyConfigured(f"{name} is {given!r}; write unix:/path or tcp:host:port")
    return given


def secret(name: str) -> str:
    """A secret from the variable or from the file that `<name>_FILE` points to; empty when neither is set."""
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    return ""


def secret_key(running: Mode, data: Path) -> str:
    """The signing key. Production must be given one; elsewhere it is made once and kept in the data folder."""
    if value := secret("ZSBANK_SECRET_KEY"):
        return value
    if running == "production":
        raise ImproperlyConfigured(
            "production needs a secret: set ZSBANK_SECRET_KEY, or ZSBANK_SECRET_KEY_FILE to the file that holds it"
        )
    path = data / "secret_key"
    try:
        with open(path, "x", opener=_private, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
