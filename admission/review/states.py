"""What is found of a criterion, and what the medical insurance side says to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingResult(models.TextChoices):
    """What an officer finds of one criterion."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    SUPPLEMENT = "supplement", _("Supplement needed")


class OpinionResult(models.TextChoices):
    """What the medical insurance side says to a criterion."""

    AGREES = "agrees", _("Agrees")
    OBJECTS = "objects", _("Objects")
