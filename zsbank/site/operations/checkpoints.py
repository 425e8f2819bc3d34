"""Daily checkpoints of the journal, stored outside of the database and mailed to the auditors.

A hash chain alone does not reveal that its end was truncated or that it was rewritten completely; a
checkpoint does.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.journal.chain import GENESIS, Checkpoint
from zsbank.base.journal.models import Entry, Link
from zsbank.base.journal.queries import faults
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb

COUNTED = (
    "journal.entry",
    "letters.letter",
    "files.storedfile",
    "banks.bank",
    "banks.qualification",
    "admission.application",
    "admission.decision",
    "inspections.determination",
    "inspections.rectificationorder",
    "inspections.assessment",
    "exit.exitcase",
)
"""Tables whose rows are never deleted; after a restore, their counts show what is missing."""

KEEP_IT = gettext_lazy(
    "Store this outside of the register; later it shows whether the journal was changed (manage.py verify_journal "
    "--checkpoint FILE)."
)


def current_checkpoint(day: dt.date) -> Checkpoint:
    """Return a checkpoint of the current register, under the name of a day (local date)."""
    last = Link.objects.order_by("-sequence").first()
    return Checkpoint(
        day=day.isoformat(),
        sequence=last.sequence if last else 0,
        head=last.hash if last else GENESIS,
        counts={label: _rows(label).count() for label in COUNTED},
        numbers={
            f"{row.mark}〔{row.year}〕": row.last for row in NumberSeries.objects.order_by("mark", "year")
        },
    )


def _rows(label: str) -> models.QuerySet[models.Model]:
    return models.QuerySet(apps.get_model(label))


def path_of(day: dt.date) -> Path:
    """Return the path of a day's checkpoint."""
    return Path(settings.CHECKPOINTS_DIR) / f"{day.isoformat()}.json"


def newest() -> Checkpoint | None:
    """Return the latest stored checkpoint; None if there is none.

    Raises:
        ValueError: the file is not a checkpoint.
    """
    kept = kept_files()
    return Checkpoint.read(kept[-1]) if kept else None


def kept_files() -> list[Path]:
    """Return the files of all stored checkpoints, by day."""
    return sorted(Path(settings.CHECKPOINTS_DIR).glob("[0-9]*.json"))


def all_kept() -> list[Checkpoint]:
    """Return all stored checkpoints, by day.

    Raises:
        ValueError: a file is not a checkpoint.
    """
    return [Checkpoint.read(path) for path in kept_files()]


def due(on: dt.date) -> Iterable[int]:
    """Return the day as an ordinal if it has no checkpoint yet."""
    return [] if path_of(on).exists() else [on.toordinal()]


def store_checkpoint(ordinal: int) -> bool:
    """Store a day's checkpoint: notify the auditors in the transaction, write the file after the commit.

    Args:
        ordinal: the day (local date) as an ordinal.

    Returns:
        Whether it was stored; False if there was one already.

    Raises:
        Contradicted: the register does not continue the last checkpoint. Nothing is stored then, so that what was
            lost or changed is not forgotten the next day; `manage.py accept_loss` ends this after a restore.
    """
    day = dt.date.fromordinal(ordinal)
    if path_of(day).exists():
        return False
    wrong = list(contradictions(newest()))
    if wrong:
        raise Contradicted("; ".join(wrong))
    with transaction.atomic(durable=True):
        checkpoint = current_checkpoint(day)
        text = json.dumps(asdict(checkpoint), ensure_ascii=False, indent=1, sort_keys=True)
        notices.post(
            to=people_with(Verb.RECEIVE_CHECKPOINT),
            key=f"checkpoint:{day.isoformat()}",
            title=format_lazy(
                gettext_lazy("Checkpoint of {day}: entry {number}"),
                day=day.isoformat(),
                number=checkpoint.sequence,
            ),
            body=format_lazy("{keep}\n\n{text}\n", keep=KEEP_IT, text=text),
            kind=MessageKind.TASK,
        )
    _write(path_of(day), text)
    return True


class Contradicted(Exception):
    """The register does not continue the last checkpoint: entries or rows that it has are gone or changed."""


def contradictions(last: Checkpoint | None) -> Iterator[str]:
    """Yield how the register does not continue a checkpoint, without reading the whole journal."""
    if last is None:
        return
    head = Link.objects.filter(sequence=last.sequence).values_list("hash", flat=True).first()
    if last.sequence and head is None:
        yield f"journal {last.sequence}: cut off at the end, the checkpoint of {last.day} has it"
    elif last.sequence and head != last.head:
        yield f"journal {last.sequence}: is not what the checkpoint of {last.day} holds; rewritten"
    yield from missing(last)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def findings(*kept: Checkpoint) -> Iterator[str]:
    """Yield the differences from the journal and from checkpoints: chain, changed letters, missing rows."""
    yield from faults(*kept)
    yield from changed_letters()
    yield from missing(*kept)


def changed_letters() -> Iterator[str]:
    """Yield issued letters whose file differs from the hash in the journal entry of their issue."""
    label = Letter._meta.label_lower
    hashes = dict(
        Entry.objects.filter(subject_type=label, verb=Verb.ISSUE_LETTER)
        .order_by("pk")
        .values_list("subject_id", "data__sha256")
    )
    for letter in Letter.objects.exclude(file=None).select_related("file").order_by("pk").iterator():
        try:
            same = letter.file is not None and store.sha256_of(letter.file.stored_name) == hashes.get(
                letter.pk
            )
        except OSError:
            yield f"{label} {letter.pk}: the file of {letter} cannot be read"
        else:
            if not same:
                yield f"{label} {letter.pk}: the file of {letter} is not the one that was issued; changed"


def missing(*kept: Checkpoint) -> Iterator[str]:
    """Yield tables and number series that are behind a checkpoint, once each: behind the one with the most."""
    now = current_checkpoint(clock.today())
    for label, (count, day) in _most(kept, "counts").items():
        if now.counts.get(label, 0) < count:
            yield f"{label}: {now.counts.get(label, 0)} rows, the checkpoint of {day} has {count}"
    for series, (number, day) in _most(kept, "numbers").items():
        last = now.numbers.get(series, 0)
        if last < number:
            yield f"letters {series}: go to {last}, the checkpoint of {day} to {number}"


def _most(kept: Iterable[Checkpoint], what: str) -> dict[str, tuple[int, str]]:
    """Return the highest number of each table or series, with the day of its checkpoint."""
    found: dict[str, tuple[int, str]] = {}
    for checkpoint in kept:
        for name, number in getattr(checkpoint, what).items():
            if number > found.get(name, (-1, ""))[0]:
                found[name] = (number, checkpoint.day)
    return found


def set_aside(day: dt.date) -> list[Path]:
    """Move the stored checkpoints that the register does not continue to a folder of the day; return their paths.

    They are kept there, and the auditors have them by mail.
    """
    folder = Path(settings.CHECKPOINTS_DIR) / f"set-aside-{day.isoformat()}"
    moved = []
    for path in kept_files():
        if any(contradictions(Checkpoint.read(path))):
            folder.mkdir(exist_ok=True)
            moved.append(path.rename(folder / path.name))
    return moved
