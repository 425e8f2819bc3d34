"""Reading letters on paper."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from banks.papers.models import PaperLetter
from banks.register.models import Bank
from zsbank.base.cases.turns import Text


def papers_of(bank: Bank) -> QuerySet[PaperLetter]:
    """Return the letters on paper of a bank, newest first."""
    return PaperLetter.objects.filter(bank=bank).select_related("file")


def rests_on(row: Any) -> Iterator[tuple[Text, Model | None]]:
    """The letter on paper on which a row rests that was taken over."""
    yield _("Letter on paper"), row.paper
