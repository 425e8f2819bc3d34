"""States of the virus scan of a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """The result of the scan so far."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    BEING_CHECKED = "being_checked", _("being checked")
    CLEAN = "clean", _("clean")
    QUARANTINED = "quarantined", _("quarantined")


GIVEN_OUT = frozenset({ScanState.NOT_SCANNED, ScanState.CLEAN})
"""States in which a file may be opened; files not scanned were generated or received without a scanner."""
