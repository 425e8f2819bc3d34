"""Rows related to a row: its bank, the rows that subjects name, its hearing, its letters and their service."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.case import Case
from zsbank.base.cases.now import page_for_bank
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter, Service
from zsbank.base.letters.queries import services_in

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
    """Return links to all rows related to a row that this officer may see, each once."""
    found: dict[str, Link] = {}
    for label, other in _rows(kind, row):
        theirs = case_of(type(other)) if other is not None else None
        if other is None or theirs is None or theirs.desk is None or other == row:
            continue
        if staff_may(reader, theirs.seen_with):
            found.setdefault(case_page(other), Link(str(label), str(other), case_page(other)))
    served = [
        Link(_("Service"), service_in_words(service), case_page(service.letter))
        for service in _services(kind, row)
    ]
    return [*found.values(), *served]


def _services(kind: Case | None, row: Any) -> Iterator[Service]:
    """Yield how the letters of a row were served, and the prior notice on which the bank is heard."""
    yield from services_in(row)[:LETTERS]
    notice = kind.hearing.notice_of(row) if kind is not None and kind.hearing is not None else None
    if notice is not None and notice != row:
        yield from services_in(notice)[:LETTERS]


def service_in_words(service: Service) -> str:
    """Return which letter was served how, and from which day it counts as served."""
    words = _("%(letter)s: %(manner)s, counts as served on %(day)s") % {
        "letter": service.letter,
        "manner": service.get_manner_display(),
        "day": service.effective_on.isoformat(),
    }
    return str(words)


@dataclass(frozen=True)
class BankLink(Link):
    """A link in the portal, with the row, whose state is shown beside it if it has any."""

    row: Model
    has_state: bool


def related_for_bank(row: Any) -> list[BankLink]:
    """Return links to the pages of a bank's own rows that belong to one of its rows, each once."""
    kind = case_of(type(row))
    found: dict[str, BankLink] = {}
    for label, other in _named(kind, row) if kind is not None else ():
        theirs = case_of(type(other)) if other is not None else None
        address = page_for_bank(theirs, other) if theirs is not None else ""
        if other is None or theirs is None or not address or getattr(other, "bank_id", None) != row.bank_id:
            continue
        link = BankLink(str(label), _name_for_bank(other), address, other, bool(theirs.states))
        found.setdefault(address, link)
    letters = reverse("banks:letters")
    served = [
        BankLink(_("Service"), service_in_words(one), letters, one, has_state=False)
        for one in _services(kind, row)
    ]
    return [*found.values(), *served]


def _name_for_bank(row: Any) -> str:
    """Return a row's case number, or the number of its letter, by which the bank knows it."""
    return str(getattr(row, "case_number", "") or getattr(row, "letter", None) or row)


def _rows(kind: Case, row: Any) -> Iterator[tuple[Text, Model | None]]:
    yield _("Bank"), getattr(row, "bank", None)
    yield from _named(kind, row)
    letters = Letter.objects.filter(case_type=row._meta.label_lower, case_id=row.pk)
    for letter in letters[:LETTERS]:
        yield _("Letter"), letter


def _named(kind: Case, row: Any) -> Iterator[tuple[Text, Model | None]]:
    """Yield the rows that subjects name, and the notice on which the bank is heard."""
    for related in kind.related:
        yield from related(row)
    if kind.hearing is not None:
        yield _("Prior notice"), kind.hearing.notice_of(row)
