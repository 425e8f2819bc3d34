"""The hearing, read before a signature against a bank: prior notice, statement, answer, later changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Draft
from zsbank.base.cases.registry import letter_kinds
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of, history_of_bank
from zsbank.base.permissions import Verb

SHOWN = 20
NO_CHANGE = (
    Verb.GIVE_PRIOR_NOTICE,
    Verb.STATE_CASE,
    Verb.ANSWER_STATEMENT,
    Verb.SIGN_LETTER,
    Verb.ISSUE_LETTER,
    Verb.DOWNLOAD_LETTER,
    Verb.DOWNLOAD_RECEIPT,
    Verb.OPEN_FILE,
    Verb.REFUSE,
)
"""Entries that change nothing of the case, or that stand beside the list."""


@dataclass(frozen=True)
class ShownHearing:
    """A prior notice with its address, and what was done where the bank is concerned since it was given."""

    notice: Any
    address: str
    since: list[Entry]


def hearing_in(kind: Case, case: Any) -> ShownHearing | None:
    """Return the hearing of a case; None without a prior notice."""
    notice = kind.hearing.notice_of(case) if kind.hearing and case is not None else None
    if notice is None:
        return None
    given = history_of(notice).filter(verb=Verb.GIVE_PRIOR_NOTICE).first()
    since = history_of_bank(notice.bank.codes).exclude(verb__in=NO_CHANGE)
    later = since.filter(pk__gt=given.pk) if given else since.none()
    return ShownHearing(notice, case_page(notice), list(later[:SHOWN]))


def is_adverse(drafts: Iterable[Draft]) -> bool:
    """Return whether one of the letters to be signed decides against the bank."""
    kinds = letter_kinds()
    return any(kinds[draft.letter.kind].adverse for draft in drafts if draft.letter.kind in kinds)
