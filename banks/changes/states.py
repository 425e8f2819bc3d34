"""The states of a change of a bank's data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """requested → accepted or declined by another person; the bank may withdraw its own request."""

    REQUESTED = "requested", _("To be decided")
    ACCEPTED = "accepted", _("Change accepted")
    DECLINED = "declined", _("Change declined")
    WITHDRAWN = "withdrawn", _("Withdrawn by the bank")
