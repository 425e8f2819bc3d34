"""Sources and limits of complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a complaint comes from."""

    HOTLINE_12345 = "12345", _("Hotline 12345")
    HOTLINE_12333 = "12333", _("Hotline 12333")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visitor")
    OTHER = "other", _("Other")


HOTLINES = (Source.HOTLINE_12345, Source.HOTLINE_12333)
"""Sources that give every complaint a number, and send lists."""

OTHER_KIND = "other"
"""The code of a complaint that concerns no criterion."""

LONGEST_REFERENCE = 40
LONGEST_FACTS = 2000
LONGEST_REASON = 2000
LONGEST_ANSWER = 5000
"""Characters."""

LONGEST_DAYS = 30
"""Working days that a bank may be given to answer; more is a slip of the keyboard."""

REMINDER_DAYS: tuple[int, ...] = (3, 1)
"""Calendar days before the due date on which a bank is reminded."""

MOST_ROWS = 500
"""Complaints in one list of a hotline; each gets its journal entry in the same transaction."""

KEPT_DAYS = 7
"""Calendar days after which a list that was read and not taken in is discarded."""
