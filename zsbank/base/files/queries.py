"""Files by state of their virus scan, and files selected in forms that are not submitted yet."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.states import ScanState

BATCH_SIZE = 100


def being_checked() -> QuerySet[StoredFile]:
    """Return files without a scan result, those tried longest ago first."""
    rows = StoredFile.objects.filter(scan=ScanState.BEING_CHECKED)
    return rows.order_by(F("scanned_at").asc(nulls_first=True), "pk")


def waiting_for_scan() -> QuerySet[StoredFile, int]:
    """Return the files to scan in one run."""
    return being_checked().values_list("pk", flat=True)[:BATCH_SIZE]


def in_quarantine() -> QuerySet[StoredFile]:
    """Return quarantined files, the oldest first."""
    return StoredFile.objects.filter(scan=ScanState.QUARANTINED).order_by("pk")


def chosen_by(person: User, tokens: Iterable[UUID]) -> dict[UUID, ChosenFile]:
    """Return the files that a person selected, by token; those of other persons are not found."""
    rows = ChosenFile.objects.filter(by=person, token__in=list(tokens)).select_related("file")
    return {row.token: row for row in rows}


def chosen_before(moment: dt.datetime) -> QuerySet[ChosenFile]:
    """Return the files selected before a moment and not submitted, oldest first."""
    return ChosenFile.objects.filter(at__lt=moment).order_by("at", "pk")
