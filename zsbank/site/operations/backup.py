"""Backup of database and files while the register is in use, and restore.

The database is copied first, in a consistent state, then the files, which are never changed. A backup may
therefore contain more files than its database knows, but not fewer. Sign-in secrets and queue are not
included (docs/en/running.md).
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.chain import Checkpoint
from zsbank.base.letters.actions import skip_numbers
from zsbank.base.letters.models import NumberSeries
from zsbank.site.operations import checkpoints
from zsbank.site.operations.actions import record_backup

MANIFEST, FILES = "backup.json", "files"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
TIMEOUT = 6 * 3600
TRUST = ("sslmode", "sslrootcert", "sslcert", "sslkey")


class Unusable(Exception):
    """A backup cannot be taken or restored; the message says what to do."""


def take(folder: Path) -> Iterator[str]:
    """Copy database and files into a new folder; yield a line for each step.

    Raises:
        Unusable: the folder exists, a program is missing, or the disk is full.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise Unusable(f"{folder} is there already; name a folder that is not") from error
    try:
        known, checkpoint = _rows(), asdict(checkpoints.current_checkpoint(clock.today()))
        _dump(folder / DATABASES[connection.vendor])
        yield "database copied"
        copied = sum(1 for _path in _copy_files(Path(settings.FILES_DIR), folder / FILES))
        yield f"{copied} files copied"
        missing = _missing(folder / FILES, known)
        manifest = {"at": clock.now().isoformat(), "vendor": connection.vendor, "checkpoint": checkpoint}
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{folder} could not be written: {error.strerror}; it is not a backup") from error
    record_backup(files=copied, by=None)
    yield from (f"files.storedfile {pk}: its file was not there to be copied" for pk in missing)


def _dump(target: Path) -> None:
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        return
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)
    copy.close()


def _run(*words: str) -> None:
    """Run a program of PostgreSQL on the register's database, with the same TLS settings.

    The password is passed in the environment.
    """
    given = connection.settings_dict
    place = {
        f"PG{name.upper()}": str(given["OPTIONS"][name]) for name in TRUST if name in given["OPTIONS"]
    } | {
        "PGHOST": given["HOST"],
        "PGPORT": str(given["PORT"] or 5432),
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
    }
    try:
        done = subprocess.run(  # noqa: S603 no user input
            words, env=os.environ | place, capture_output=True, text=True, check=False, timeout=TIMEOUT
        )
    except FileNotFoundError as error:
        raise Unusable(f"{words[0]} is not on this machine; install postgresql-client") from error
    if done.returncode:
        raise Unusable(f"{words[0]} did not do it: {done.stderr.strip()[-500:]}")


def _copy_files(source: Path, target: Path) -> Iterator[Path]:
    """Copy all files, temporary ones first: one that is moved meanwhile is found again in its final place."""
    target.mkdir(parents=True, exist_ok=True)
    for folder in sorted(source.glob("*"), key=lambda path: (path.name != "incoming", path.name)):
        for path in sorted(folder.glob("*")):
            copy = target / folder.name / path.name
            copy.parent.mkdir(exist_ok=True)
            part = copy.with_suffix(".part")
            try:
                shutil.copyfile(path, part)
            except FileNotFoundError:
                continue
            part.rename(copy)
            yield copy


def _rows() -> list[tuple[int, str]]:
    """Return primary key and stored name of every file, read before copying: later uploads are not missing.

    Files selected in forms are left out: they may be removed meanwhile.
    """
    return list(StoredFile.objects.filter(chosen=None).order_by("pk").values_list("pk", "stored_name"))


def _missing(files: Path, known: list[tuple[int, str]]) -> list[int]:
    """Return the primary keys of rows without a file in the copy."""
    there = {path.name for path in files.glob("*/*")}
    return [pk for pk, name in known if name not in there]


def restore(folder: Path) -> Iterator[str]:
    """Restore a backup into an empty register; yield a line for each step.

    Numbers of letters given after the backup are known from the newest checkpoint, which is stored outside of
    the database; they are skipped, so that no number is given twice (law.md §3).

    Raises:
        Unusable: the backup is incomplete, or this register is not empty.
    """
    manifest = _manifest(folder)
    _require_empty()
    _load(folder / DATABASES[connection.vendor])
    yield f"database of {manifest['at']} restored"
    restored = sum(1 for _path in _copy_files(folder / FILES, Path(settings.FILES_DIR)))
    yield f"{restored} files restored"
    newest = checkpoints.newest()
    yield from (
        _skip(newest)
        if newest
        else ("no checkpoint is kept here: whether numbers were given since is not known",)
    )


def _manifest(folder: Path) -> dict[str, object]:
    try:
        manifest: dict[str, object] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{folder} is not a whole backup: {MANIFEST} is missing or broken") from error
    if manifest["vendor"] != connection.vendor:
        raise Unusable(
            f"this backup is of {manifest['vendor']}; the register here stands on {connection.vendor}"
        )
    return manifest


def _require_empty() -> None:
    """Refuse to overwrite people, journal entries or files."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in {"journal_entry", "accounts_user"} & set(tables):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 constant names
            if cursor.fetchone():
                raise Unusable(
                    "this register holds something; restore into an empty one (another --data, another database)"
                )
    if any(Path(settings.FILES_DIR).glob("*/*")):
        raise Unusable(f"{settings.FILES_DIR} holds files; restore into an empty register")


def _load(source: Path) -> None:
    if connection.vendor == "postgresql":
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error",
             "--single-transaction", "--dbname", connection.settings_dict["NAME"], str(source))  # fmt: skip
    else:
        connection.ensure_connection()
        with sqlite3.connect(source) as copy:
            copy.backup(connection.connection)
        copy.close()
    connections.close_all()


def _skip(newest: Checkpoint) -> Iterator[str]:
    for series, last in newest.numbers.items():
        mark, year = series.rstrip("〕").split("〔")
        row, _created = NumberSeries.objects.get_or_create(mark=mark, year=int(year))
        if row.last >= last:
            continue
        for number in skip_numbers(series=row, last=last, by=None):
            yield f"{mark}〔{year}〕{number}号 was given after the backup; it is not given again"
