"""Journal entries of findings and remarks that were saved while they were typed, in the name of who typed them."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from admission.applications.models import Application
from admission.review.models import Finding, Remark
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb


def record_kept(row: Finding | Remark | None) -> None:
    """Write the journal entry of what was saved while typing, if it is missing."""
    if row is None or row.recorded:
        return
    data: dict[str, Any] = {"criterion": row.criterion.number}
    if isinstance(row, Finding):
        data["result"] = row.result
    journal.record(
        verb=Verb.RECORD_FINDING if isinstance(row, Finding) else Verb.RECORD_REMARK,
        by=row.by,
        subject=row.application,
        uscc=row.application.bank.uscc,
        reason=row.said,
        data=data | {"saved_at": timezone.localtime(row.at).isoformat(timespec="seconds")},
    )
    row.recorded = True
    row.save(update_fields=["recorded"])


def record_all_kept(application: Application) -> None:
    """Write the missing entries of an application, inside an action that uses its findings or remarks."""
    for rows in (application.findings, application.remarks):
        kept: Any = rows.filter(recorded=False).select_for_update(no_key=True, of=("self",))
        for row in kept.select_related("criterion", "by"):
            record_kept(row)


def record_typed_finding(pk: int) -> bool:
    """Record a finding that was left after typing; return whether it was."""
    return _record_typed(Finding, pk)


def record_typed_remark(pk: int) -> bool:
    """Record a remark that was left after typing; return whether it was."""
    return _record_typed(Remark, pk)


@transaction.atomic(durable=True)
def _record_typed(model: type[Finding] | type[Remark], pk: int) -> bool:
    rows: Any = QuerySet(model).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk, recorded=False).select_related("application__bank", "criterion", "by").first()
    record_kept(row)
    return row is not None
