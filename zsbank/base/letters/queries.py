"""Queries on letters."""

from django.db.models import QuerySet

from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import WAITING_FOR_FILE, LetterState


def without_file() -> QuerySet[Letter]:
    """Return signed letters without a file, oldest first."""
    return Letter.objects.filter(state__in=WAITING_FOR_FILE).order_by("pk")


def failed() -> QuerySet[Letter]:
    """Return letters whose file could not be generated, oldest first."""
    return Letter.objects.filter(state=LetterState.FAILED).order_by("pk")
