"""Reading the register of letters."""

from django.db.models import QuerySet

from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import WAITING_FOR_FILE


def letters_to(uscc: str) -> QuerySet[Letter]:
    """The letters to a bank, newest first."""
    return Letter.objects.filter(uscc=uscc).select_related("file")


def without_file() -> QuerySet[Letter]:
    """The signed letters whose file is still to be made, oldest first."""
    return Letter.objects.filter(state__in=WAITING_FOR_FILE).order_by("pk")
