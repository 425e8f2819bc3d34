"""Reading the record."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.db.models import Model, QuerySet

from zsbank.base.journal.chain import Checkpoint, Line, verify
from zsbank.base.journal.models import CONTENT, Entry, Link, content_of


def history_of(*subjects: Model) -> QuerySet[Entry]:
    """What was done to these rows, newest first."""
    found = Entry.objects.none()
    for subject in subjects:
        found = found | Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return found.order_by("-pk")


def history_of_bank(uscc: str) -> QuerySet[Entry]:
    """All that was done where a bank is concerned, newest first."""
    return Entry.objects.filter(uscc=uscc).order_by("-pk")


def chained() -> Iterator[Line]:
    """Every link with its entry, by sequence, in flat memory."""
    rows = Link.objects.order_by("sequence").values_list(
        "sequence", "hash", "entry__digest", *(f"entry__{name}" for name in CONTENT)
    )
    for sequence, hash_, digest, *content in rows.iterator(chunk_size=5000):
        yield Line(sequence, hash_, digest, content_of(dict(zip(CONTENT, content, strict=True))))


def broken(checkpoint: Checkpoint | None = None) -> Iterator[str]:
    """What of the record is not as it was written, a sentence each; nothing when all of it is."""
    yield from verify(chained(), checkpoint)
    for pk in Entry.objects.filter(link=None).order_by("pk").values_list("pk", flat=True):
        yield f"journal entry {pk}: inserted, it has no place in the chain"


def exported() -> Iterator[dict[str, Any]]:
    """The record as auditors take it away: what `chain.py` reads, one object a link."""
    for line in chained():
        yield asdict(line)
