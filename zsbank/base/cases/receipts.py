"""Declaration of the receipt of what a bank hands in: shown as a page and as PDF by `pages/receipts.py`."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class HandedIn:
    """What a bank handed in, read from rows that no longer change.

    Args:
        case: the case to which it belongs; downloads are recorded with it.
        number: the case number, or the number of the letter that was answered; `called` names it.
        at: when it was received.
        by: who submitted it.
        files: each file with what it is, such as the number of a criterion; `kind` is the heading of that column.
        texts: what was written, each with a label.
        asked_in: the letter that asked for it, if any.
        changes: the items that were asked for and whether they were changed, for a supplement.
    """

    case: Model
    number: str
    called: Text
    at: dt.datetime
    by: User
    files: tuple[tuple[Text, StoredFile], ...]
    kind: Text
    texts: tuple[tuple[Text, str], ...] = ()
    asked_in: str = ""
    changes: Sequence[Any] = ()


@dataclass(frozen=True)
class Receipt:
    """The receipt of a submission.

    Args:
        verb: the verb of the submission.
        of: called with the row that the action returns; returns what was handed in, None while nothing is.
        title: its title.
        official: the title of the PDF, in official Chinese.
        file_name: the end of the PDF's name, in Chinese.
        url: the URL name of the page; that of the PDF ends with `_pdf`.
        keys: returns the arguments of the URL.
        back: returns the URL of the page of the case.
    """

    verb: Verb
    of: Callable[[Any], HandedIn | None]
    title: Text
    official: str
    file_name: str
    url: str
    keys: Callable[[Any], list[int]]
    back: Callable[[Any], str]

    def page(self, row: Any) -> str:
        """Return the URL of the page."""
        return reverse(self.url, args=self.keys(row))

    def pdf(self, row: Any) -> str:
        """Return the URL of the PDF."""
        return reverse(f"{self.url}_pdf", args=self.keys(row))
