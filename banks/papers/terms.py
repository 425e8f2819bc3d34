"""What a letter on paper is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What was decided with a letter that is older than this register."""

    QUALIFICATION = "qualification", _("Admission")
    ORDER = "order", _("Rectification order")
    RESULT = "result", _("Annual assessment")
    EXIT = "exit", _("Exit")
    PRIOR_NOTICE = "prior_notice", _("Prior notice")


SCAN_REQUIRED = frozenset({PaperKind.QUALIFICATION, PaperKind.ORDER, PaperKind.EXIT, PaperKind.PRIOR_NOTICE})
"""Letters that the mechanism wants in writing: without a scan they are not taken over (exit （一）, （二）)."""
