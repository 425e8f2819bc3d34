"""How a rectification report is verified."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    """By the papers, or on the spot by two officers."""

    PAPERS = "papers", _("By the papers")
    VISIT = "visit", _("By a visit")


LONGEST_FINDINGS = 5000
LONGEST_REMARK = 2000

REMINDER_DAYS: tuple[int, ...] = (5, 1)
"""Calendar days before the day of the verification on which officers are reminded."""
