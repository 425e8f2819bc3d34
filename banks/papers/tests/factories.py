"""Factories of letters on paper, by their action."""

import datetime as dt

from banks.papers.actions import take_over_letter
from banks.papers.models import PaperLetter
from banks.papers.terms import PaperKind
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.files.actions import store_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.permissions import Verb


def scan(by: User) -> StoredFile:
    """A stored scan."""
    return store_content(blocks=[small_pdf()], name="示例扫描件.pdf", kind=FileKind.PDF, by=by)


def paper_letter(
    bank: Bank, by: User, kind: PaperKind = PaperKind.QUALIFICATION, date: dt.date = dt.date(2020, 5, 6)
) -> PaperLetter:
    """A letter on paper with its scan."""
    with inside(Verb.CONFIRM_TAKEOVER, by):
        return take_over_letter(
            bank=bank,
            kind=kind,
            number="示例〔2020〕1号",
            date=date,
            signer="示例局长",
            file=scan(by),
            takeover_number="JX-2026-0001",
            by=by,
        )
