"""Files by where they stand with the virus scanner."""

from django.db.models import F, QuerySet

from zsbank.base.files.models import StoredFile
from zsbank.base.files.states import ScanState

A_ROUND = 100


def being_checked() -> QuerySet[StoredFile]:
    """Files of which the scanner has not said anything yet, those tried longest ago first."""
    rows = StoredFile.objects.filter(scan=ScanState.BEING_CHECKED)
    return rows.order_by(F("scanned_at").asc(nulls_first=True), "pk")


def waiting_for_scan() -> QuerySet[StoredFile, int]:
    """The files to ask the scanner about in one round."""
    return being_checked().values_list("pk", flat=True)[:A_ROUND]


def in_quarantine() -> QuerySet[StoredFile]:
    """Files in which the scanner found something, the oldest first."""
    return StoredFile.objects.filter(scan=ScanState.QUARANTINED).order_by("pk")
