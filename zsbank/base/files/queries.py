"""Files by state of their virus scan."""

from django.db.models import F, QuerySet

from zsbank.base.files.models import StoredFile
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
