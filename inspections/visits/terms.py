"""Terms and limits of inspections (law.md §2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ANSWER_WORKING_DAYS = 10
"""Working days in which a bank may answer a report with findings."""

DAYS_TO_REMIND_OF_ANSWERS: tuple[int, ...] = (3, 1)
DAYS_TO_REMIND_OF_CORRECTIONS: tuple[int, ...] = (7, 1)
"""Calendar days before the due date on which a bank is reminded."""

LONGEST_MONTHS_TO_CORRECT = 6
"""Months, by the calendar, in which findings are to be corrected: not longer than a rectification (exit （二）2)."""

LONGEST_YEARS_AHEAD = 1
"""Years, by the calendar, for which an inspection is planned ahead; a later day is a slip of the keyboard."""

MOST_OUTLETS = 30
"""Outlets of one inspection; more are planned as another one."""

MOST_PRESENT = 3
"""People of the bank who sign on the spot."""

MOST_PHOTOGRAPHS = 12
"""Photographs and documents of one finding."""


class ItemResult(models.TextChoices):
    """What was seen of a criterion at an outlet."""

    IN_ORDER = "in_order", _("In order")
    NOT_IN_ORDER = "not_in_order", _("Not in order")
    NOT_SEEN = "not_seen", _("Not looked at")


class Severity(models.TextChoices):
    """How severe a finding is."""

    MINOR = "minor", _("Minor")
    MODERATE = "moderate", _("Moderate")
    SERIOUS = "serious", _("Serious")


class Outcome(models.TextChoices):
    """What follows from an inspection."""

    NOTHING = "nothing", _("Nothing follows")
    CORRECTION = "correction", _("Corrected by the bank")
    DETERMINATION = "determination", _("Determination proposed")
