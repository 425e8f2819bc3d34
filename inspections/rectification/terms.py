"""What an order rests on, and when banks are reminded of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderGround(models.TextChoices):
    """What an order rests on: a determination (exit （二）2) or two failing years in a row (（二）3)."""

    DETERMINATION = "determination", _("Determination")
    ASSESSMENT = "assessment", _("Two failing years in a row")


REMINDER_DAYS: tuple[int, ...] = (90, 30, 7, 1)
