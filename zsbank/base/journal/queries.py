"""Queries on the journal."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Max, Model, QuerySet

from zsbank.base.journal.chain import Checkpoint, Line, verify
from zsbank.base.journal.models import CONTENT, Entry, Link, content_of


def history_of(*subjects: Model) -> QuerySet[Entry]:
    """Return the entries about these rows, newest first."""
    found = Entry.objects.none()
    for subject in subjects:
        found = found | Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return found.order_by("-pk")


def history_of_bank(codes: Sequence[str]) -> QuerySet[Entry]:
    """Return the entries about a bank, by its unified social credit codes, newest first."""
    return Entry.objects.filter(uscc__in=codes).order_by("-pk")


def newest() -> tuple[int, int]:
    """Return how far the journal has come: what was worked out from rows holds as long as this stays the same.

    The sequence number grows as transactions are committed, the key of the newest entry within a transaction.
    """
    linked = Link.objects.aggregate(newest=Max("sequence"))["newest"]
    written = Entry.objects.aggregate(newest=Max("pk"))["newest"]
    return linked or 0, written or 0


def chained_lines() -> Iterator[Line]:
    """Yield every link with its entry, by sequence number, with constant memory."""
    rows = Link.objects.order_by("sequence").values_list(
        "sequence", "hash", "entry__digest", *(f"entry__{name}" for name in CONTENT)
    )
    for sequence, hash_, digest, *content in rows.iterator(chunk_size=5000):
        yield Line(sequence, hash_, digest, content_of(dict(zip(CONTENT, content, strict=True))))


def faults(*checkpoints: Checkpoint | None) -> Iterator[str]:
    """Yield a sentence for each fault of the journal; None among the checkpoints is passed over."""
    yield from verify(chained_lines(), *filter(None, checkpoints))
    for pk in Entry.objects.filter(link=None).order_by("pk").values_list("pk", flat=True):
        yield f"journal entry {pk}: inserted, it has no place in the chain"


def export_lines() -> Iterator[dict[str, Any]]:
    """Yield the journal for export: one object per link, as `chain.py` reads it."""
    for line in chained_lines():
        yield asdict(line)
