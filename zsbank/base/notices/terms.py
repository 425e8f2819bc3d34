"""Kinds of message, by which a person chooses what is also mailed."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
"""A text of a message: lazy, so that it can be written in both languages."""


class MessageKind(models.TextChoices):
    """The purpose of a message."""

    TASK = "task", _("What you have to do")
    RESULT = "result", _("Decisions, letters and dates")
    RECEIPT = "receipt", _("Confirmations of what your bank submitted")
    NEWS = "news", _("Other progress")


ALWAYS_MAILED = frozenset({MessageKind.TASK})
"""Kinds that nobody can switch off: a due date must not be missed."""

MAILED_BY_DEFAULT = frozenset({MessageKind.TASK, MessageKind.RESULT, MessageKind.RECEIPT})
