"""The states of a year's holidays, and where its days come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayState(models.TextChoices):
    """entered → in force, when another person confirms it → replaced by a later one; or withdrawn."""

    ENTERED = "entered", _("To be confirmed")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HolidaySource(models.TextChoices):
    """Where the days of a year come from."""

    STOCK = "stock", _("Known when the register was set up")
    PACKAGE = "package", _("Installed package")
    FILE = "file", _("File of the notice")


class NoticedKind(models.TextChoices):
    """What a notice says of a day; the words of the file's column `kind`."""

    HOLIDAY = "holiday", _("Holiday")
    WORKDAY = "workday", _("Make-up working day")
