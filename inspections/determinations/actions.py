"""Entering determinations; the action itself is in `rectification`, which opens the order."""

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from banks.register.models import Bank, Qualification
from inspections.determinations.models import Determination
from inspections.determinations.rules import check_day, check_decider, edition_of
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.refusals import Incomplete, Refused, filled


def enter_determination(
    *,
    bank: Bank,
    qualification: Qualification,
    by: User,
    decided_by: User,
    kind: DeterminationKind,
    determination_date: dt.date,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Determination:
    """Create and record a determination, inside the action that opens the order after it.

    Args:
        qualification: the bank's qualification in force.
        decided_by: a decider, another person than `by`.
        determination_date: date of the determination (认定之日, local date); the six months start from it.
        document: the document that proves it.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: one person for both, or `decided_by` is not a decider.
        Incomplete: the facts are empty, or no criterion is given where criteria are no longer met.
        Refused: the date is impossible, or a criterion belongs to another edition.
        FileRefused: the document's content is not accepted.
    """
    check_decider(by, decided_by).require()
    check_day(kind, determination_date, qualification).require()
    facts = filled(facts, _("State the facts: they are shown to the bank in the letter."))
    if {criterion.edition_id for criterion in criteria} - {edition_of(qualification).pk}:
        raise Refused(_("Select criteria from the edition under which the bank was admitted."), "edition")
    if kind == DeterminationKind.CRITERIA_NOT_MET and not criteria:
        raise Incomplete(_("Select the criteria that are no longer met."), "criteria")
    determination = Determination.objects.create(
        bank=bank,
        qualification=qualification,
        kind=kind,
        determination_date=determination_date,
        decided_by=decided_by,
        facts=facts,
        document=store_upload(content=document, name=document_name, by=by),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    determination.criteria.set(criteria)
    data = {"kind": kind, "date": determination_date, "decided_by": decided_by.username}
    record(subject=determination, reason=facts, data=data)
    return determination
