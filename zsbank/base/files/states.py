"""Where a file stands with the virus scanner."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the scanner has said so far."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    BEING_CHECKED = "being_checked", _("being checked")
    CLEAN = "clean", _("clean")
    QUARANTINED = "quarantined", _("quarantined")


GIVEN_OUT = frozenset({ScanState.NOT_SCANNED, ScanState.CLEAN})
"""States in which a file may be opened: not scanned is one of the bureau's own, or came when there was no scanner."""
