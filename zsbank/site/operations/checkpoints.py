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

KEEP_IT = "请另行保存以下内容，供日后核对记录是否被改动（manage.py verify_journal --checkpoint 文件）。"


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
    kept = sorted(Path(settings.CHECKPOINTS_DIR).glob("[0-9]*.json"))
    return Checkpoint.read(kept[-1]) if kept else None


def due(on: dt.date) -> Iterable[int]:
    """Return the day as an ordinal if it has no checkpoint yet."""
    return [] if path_of(on).exists() else [on.toordinal()]


def store_checkpoint(ordinal: int) -> bool:
    """Store a day's checkpoint: notify the auditors in the transaction, write the file after the commit.

    Args:
        ordinal: the day (local date) as an ordinal.

    Returns:
        Whether it was stored; False if there was one already.
    """
    day = dt.date.fromordinal(ordinal)
    if path_of(day).exists():
        return False
    with transaction.atomic(durable=True):
        checkpoint = current_checkpoint(day)
        text = json.dumps(asdict(checkpoint), ensure_ascii=False, indent=1, sort_keys=True)
        notices.post(
            to=people_with(Verb.RECEIVE_CHECKPOINT),
            key=f"checkpoint:{day.isoformat()}",
            title=f"{day.isoformat()} 记录核对点：第 {checkpoint.sequence} 条",
            body=f"{KEEP_IT}\n\n{text}\n",
            kind=MessageKind.TASK,
        )
    _write(path_of(day), text)
    return True


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def findings(checkpoint: Checkpoint | None) -> Iterator[str]:
    """Yield what differs from the journal and a checkpoint: chain, changed letters, missing rows."""
    yield from faults(checkpoint)
    yield from changed_letters()
    if checkpoint:
        yield from missing(checkpoint)


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


def missing(checkpoint: Checkpoint) -> Iterator[str]:
    """Yield tables and number series that are behind a checkpoint."""
    now = current_checkpoint(clock.today())
    for label, count in checkpoint.counts.items():
        if now.counts.get(label, 0) < count:
            yield f"{label}: {now.counts.get(label, 0)} rows, the checkpoint of {checkpoint.day} has {count}"
    for series, number in checkpoint.numbers.items():
        last = now.numbers.get(series, 0)
        if last < number:
            yield f"letters {series}: go to {last}, the checkpoint of {checkpoint.day} to {number}"
