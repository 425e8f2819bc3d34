"""Kinds of change, and how long a text may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What changes; only the bureau enters a new code or a successor."""

    DATA = "data", _("Bank data")
    USCC = "uscc", _("New unified social credit code")
    SUCCESSION = "succession", _("Absorbed by another bank")
    SPLIT_OFF = "split_off", _("Divided, the bank goes on")
    SPLIT_UP = "split_up", _("Divided, the bank ends")


SPLITS = frozenset({ChangeKind.SPLIT_OFF, ChangeKind.SPLIT_UP})
"""Divisions: derived (派生分立), and dissolving (新设分立)."""


LONGEST_REASON = 2000
"""Characters of a reason."""
