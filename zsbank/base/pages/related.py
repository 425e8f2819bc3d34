"""What belongs to a row: its bank, the rows that subjects name, the hearing in it, its letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter

Reader = User | AnonymousUser
LETTERS = 20
"""So many letters of one case are linked."""


@dataclass(frozen=True)
class Link:
    """A word, the name of a row, and where its page is."""

    label: str
    name: str
    address: str


def related_to(kind: Case, row: Any, reader: Reader) -> list[Link]:
    """Links to all that belongs to a row and that this officer may see, each row once."""
    found: dict[str, Link] = {}
    for label, other in _rows(kind, row):
        theirs = case_of(type(other)) if other is not None else None
        if other is None or theirs is None or theirs.desk is None or other == row:
            continue
        if staff_may(reader, theirs.seen_with):
            found.setdefault(case_page(other), Link(str(label), str(other), case_page(other)))
    return list(found.values())


def _rows(kind: Case, row: Any) -> Iterator[tuple[Text, Model | None]]:
    yield _("Bank"), getattr(row, "bank", None)
    for related in kind.related:
        yield from related(row)
    if kind.hearing is not None:
        yield _("Prior notice"), kind.hearing.notice_of(row)
    letters = Letter.objects.filter(case_type=row._meta.label_lower, case_id=row.pk)
    for letter in letters[:LETTERS]:
        yield _("Letter"), letter
