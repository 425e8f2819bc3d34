"""Kinds of message, by which a person chooses what is also mailed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a message is for."""

    TASK = "task", _("What you have to do")
    RESULT = "result", _("Decisions, letters and dates")
    RECEIPT = "receipt", _("Confirmations of what your bank submitted")
    NEWS = "news", _("Other progress")


ALWAYS_MAILED = frozenset({MessageKind.TASK})
"""Kinds that nobody can switch off: a due date must not be missed."""

MAILED_BY_DEFAULT = frozenset({MessageKind.TASK, MessageKind.RESULT, MessageKind.RECEIPT})
