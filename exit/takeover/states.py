"""The states of a takeover."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakeoverState(models.TextChoices):
    """entered → confirmed, when its rows come into the register, or withdrawn."""

    ENTERED = "entered", _("Entered, to be confirmed")
    CONFIRMED = "confirmed", _("Taken over")
    WITHDRAWN = "withdrawn", _("Withdrawn")
