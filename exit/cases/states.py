"""The states of an exit case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExitState(models.TextChoices):
    """opened → proposed → signed; a bank may withdraw its own application, the bureau may close a case."""

    OPENED = "opened", _("Opened")
    PROPOSED = "proposed", _("Proposed for signature")
    SIGNED = "signed", _("Signed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the bank")
    CLOSED = "closed", _("Closed without exit")


OPEN = frozenset({ExitState.OPENED, ExitState.PROPOSED})
