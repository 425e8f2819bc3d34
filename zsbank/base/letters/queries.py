"""Queries on letters."""

from django.db.models import QuerySet

from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import WAITING_FOR_FILE


def without_file() -> QuerySet[Letter]:
    """Return signed letters without a file, oldest first."""
    return Letter.objects.filter(state__in=WAITING_FOR_FILE).order_by("pk")
