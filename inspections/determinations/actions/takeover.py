"""The inner action that takes over a determination of before this register."""

import datetime as dt
from collections.abc import Sequence

from admission.editions.models import Criterion
from banks.papers.models import PaperLetter
from banks.register.models import Qualification
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb


@action(Verb.TAKE_OVER_DETERMINATION, makes=True, inner=True)
def take_over_determination(
    *,
    qualification: Qualification,
    kind: DeterminationKind,
    facts: str,
    criteria: Sequence[Criterion],
    day: dt.date,
    paper: PaperLetter,
    entered_by: User,
    by: User,
) -> Determination:
    """Take over what was determined on paper (exit （二）1, 2); whoever signed it is named on the paper only.

    Args:
        day: the day of determination (local date).
        paper: its letter, with the scan as the document.
        entered_by: who entered the takeover; `by` confirms it.
    """
    if paper.file is None:
        raise RuntimeError(f"{paper} has no scan")
    determination: Determination = Determination.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        kind=kind,
        state=DeterminationState.MADE,
        facts=facts,
        document=paper.file,
        proposed_at=clock.now(),
        proposed_by=entered_by,
        determination_date=day,
        made_at=clock.now(),
        paper=paper,
    )
    determination.criteria.set(criteria)
    record(subject=determination, reason=facts, effective_on=day, data={"kind": kind, "date": day})
    return determination
