"""What is written of a determination; the action that people take is in `rectification`, which opens the order."""

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from banks.register.actions import lock_in_force
from banks.register.models import Bank
from banks.register.rules import require
from inspections.determinations.models import Determination
from inspections.determinations.rules import edition_of, may_determine
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused


@transaction.atomic
def enter_determination(
    *,
    bank: Bank,
    by: User,
    decided_by: User,
    kind: DeterminationKind,
    determination_date: dt.date,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Determination:
    """Record a determination; called inside the action that opens the order which follows from it.

    Args:
        decided_by: who determined it, a decider and another person than `by`.
        determination_date: the day of determination (认定之日), from which the six months run.
        document: the paper that shows it.

    Raises:
        NotAllowed: wrong role, or one person for both.
        Refused: the date cannot be.
    """
    require(by, Verb.RECORD_DETERMINATION, bank=bank)
    qualification = lock_in_force(bank)
    may_determine(by, decided_by, kind, determination_date, qualification).require(NotAllowed)
    if not facts.strip():
        raise Incomplete(_("State the facts: the bank reads them in the letter."))
    if {criterion.edition_id for criterion in criteria} - {edition_of(qualification).pk}:
        raise Refused(_("Name criteria of the edition under which the bank was admitted."))
    if kind == DeterminationKind.CRITERIA_NOT_MET and not criteria:
        raise Incomplete(_("Name the criteria that are no longer met."))
    determination = Determination.objects.create(
        bank=bank,
        qualification=qualification,
        kind=kind,
        determination_date=determination_date,
        decided_by=decided_by,
        facts=facts.strip(),
        document=take_in(content=document, name=document_name, by=by),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    determination.criteria.set(criteria)
    journal.record(
        verb=Verb.RECORD_DETERMINATION,
        by=by,
        subject=determination,
        uscc=bank.uscc,
        reason=facts.strip(),
        data={"kind": kind, "date": determination_date, "decided_by": decided_by.username},
    )
    return determination
