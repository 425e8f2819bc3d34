"""The standings of a bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """applicant → qualified ⇄ under rectification → exited → locked out → applicant."""

    APPLICANT = "applicant", _("Applicant")
    QUALIFIED = "qualified", _("Qualified")
    UNDER_RECTIFICATION = "under_rectification", _("Under rectification")
    EXITED = "exited", _("Exited")
    LOCKED_OUT = "locked_out", _("Barred from applying")


IN_FORCE = frozenset({Standing.QUALIFIED, Standing.UNDER_RECTIFICATION})
BARRED = frozenset({Standing.EXITED, Standing.LOCKED_OUT})
