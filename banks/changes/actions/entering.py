"""Entering a change of a bank's data: the row, its documents, its entry, and the question to those who decide."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from banks.changes.actions.messages import ask_deciders
from banks.changes.models import BankChange
from banks.changes.rules import Pairs, not_ahead
from banks.changes.terms import ChangeKind
from banks.register.actions import next_case_number
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.refusals import Incomplete, filled

Documents = Sequence[tuple[File, str]]  # type: ignore[type-arg]
"""Pairs of content and file name as given by the person."""


@dataclass(frozen=True)
class Into:
    """The banks after a merger or a division.

    Args:
        successor: the bank that absorbed the other.
        successors: the banks that came out of a division.
        carrier: the one of them to which the qualification goes.
    """

    successor: Bank | None = None
    successors: Sequence[Bank] = ()
    carrier: Bank | None = None


NOTHING = Into()


def enter(
    bank: Bank,
    by: User,
    kind: ChangeKind,
    pairs: Pairs,
    changed_on: dt.date,
    reason: str,
    documents: Documents,
    *,
    by_bank: bool = False,
    into: Into = NOTHING,
) -> BankChange:
    """Create the change, record it, and ask those who may decide it.

    Raises:
        Incomplete: the reason is empty, or there is no document.
        Refused: the day is after today.
    """
    reason = filled(reason, _("Enter the reason."))
    if not documents:
        raise Incomplete(_("Attach at least one document that shows the change."), "document")
    not_ahead(changed_on).require()
    change: BankChange = BankChange.objects.create(
        bank=bank,
        case_number=next_case_number("BG"),
        kind=kind,
        by_bank=by_bank,
        pairs=pairs,
        successor=into.successor,
        carrier=into.carrier,
        changed_on=changed_on,
        reason=reason,
        entered_at=clock.now(),
        entered_by=by,
    )
    change.files.set([store_upload(content=content, name=name, by=by) for content, name in documents])
    change.successors.set(into.successors)
    what: dict[str, Any] = {"successor": str(into.successor)} if into.successor else {"changed": pairs}
    if change.is_division:
        what = division_in_journal(change)
    record(subject=change, reason=reason, data={"kind": kind, **what, "files": len(documents)})
    ask_deciders(change)
    return change


def division_in_journal(change: BankChange) -> dict[str, Any]:
    """Return the journal's particulars of a division: who came out of it, and who carries the qualification on."""
    names = [str(one) for one in change.successors.order_by("pk")]
    return {"successors": names} | ({"carrier": str(change.carrier)} if change.carrier else {})
