"""The states of a registration that a second person judges."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationState(models.TextChoices):
    """pending → confirmed, when the bank is registered, or declined."""

    PENDING = "pending", _("To be judged")
    CONFIRMED = "confirmed", _("Confirmed: another legal entity")
    DECLINED = "declined", _("Not registered")
