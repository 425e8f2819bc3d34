"""Who holds the lock that another person waits for: said by name, where the person may know it.

The holder's name lies in a locked file while the action runs, because nothing written in its transaction can be read by
others. Programs on other machines do not see it; then the refusal names nobody.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Model
from django.utils.translation import gettext as _

from zsbank.base.refusals import InUse

LOCK_CODES = frozenset({"55P03", "40P01"})
"""PostgreSQL: the lock was not available in time; a deadlock."""


@contextmanager
def holding(row: Model | None, bank: Any, by: Any) -> Iterator[None]:
    """Tell others by name who holds the row, while the body runs; a full disk is no hindrance."""
    place = _place(row, bank)
    file = _written(place, json.dumps(_words(bank, by)))
    try:
        yield
    finally:
        if file is not None:
            place.unlink(missing_ok=True)
            os.close(file)


def _written(place: Path, words: str) -> int | None:
    """Return the open, locked file with these words; None if it cannot be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(file, 0)
        os.write(file, words.encode())
    except OSError:
        os.close(file)
        return None
    return file


def _words(bank: Any, by: Any) -> dict[str, Any]:
    officer = by is not None and bool(by.roles_at_bureau())
    return {"name": str(by or ""), "bank": None if officer else getattr(bank, "pk", None)}


def _place(row: Model | None, bank: Any) -> Path:
    """Return the file for what is locked first: SQLite locks the whole register, other actions the bank or the row."""
    locked = bank if isinstance(bank, Model) else row
    one = f"{locked._meta.label_lower}-{locked.pk}" if locked is not None else "nothing"
    return settings.WORK_DIR / "holding" / ("register" if connection.vendor == "sqlite" else one)


def is_lock(error: OperationalError) -> bool:
    """Return whether the error says that another person's lock was not released in time."""
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return code in LOCK_CODES or "is locked" in str(error)


def in_use(row: Model | None, bank: Any, by: Any) -> InUse:
    """Return the refusal for a person who waited in vain.

    An officer's name is told to officers only, a bank's person also to people of the same bank.
    """
    name = _holder(row, bank, by)
    if not name:
        return InUse(
            _(
                "Another person is processing this right now. Nothing was changed, and your input is kept; try again "
                "in a moment."
            )
        )
    return InUse(
        _(
            "%(name)s is processing this right now. Nothing was changed, and your input is kept; try again in a "
            "moment."
        )
        % {"name": name}
    )


def _holder(row: Model | None, bank: Any, by: Any) -> str:
    with suppress(OSError, ValueError), open(_place(row, bank), encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            said = json.load(file)
            of_bank = bank is not None and said["bank"] == bank.pk
            ours = by is not None and (by.roles_at_bureau() or of_bank)
            return str(said["name"]) if ours else ""
    return ""
