"""Grounds of rectification orders, and when banks are reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderGround(models.TextChoices):
    """The ground of an order: a determination (exit （二）2) or two failing years in a row (（二）3)."""

    DETERMINATION = "determination", _("Determination")
    ASSESSMENT = "assessment", _("Two failing years in a row")


class ReportKind(models.TextChoices):
    """What a bank submits on an order; only the report that it is completed is verified and decided on."""

    PLAN = "plan", _("Rectification plan")
    INTERIM = "interim", _("Interim report")
    FINAL = "final", _("Rectification report")


MOST_PROGRESS = 50
"""So many plans and interim reports are taken on an order: its pages show them all."""

REMINDER_DAYS: tuple[int, ...] = (90, 30, 7, 1)
"""Calendar days before the due date on which a bank is reminded."""
