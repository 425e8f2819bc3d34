"""The states of a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """A letter has its number from signing; it is issued with its file."""

    SIGNED = "signed", _("Signed, file being generated")
    FAILED = "failed", _("File could not be generated")
    ISSUED = "issued", _("Issued")


WAITING_FOR_FILE = frozenset({LetterState.SIGNED, LetterState.FAILED})
