"""Determinations and proposals as rows; proposing and making them together is in `rectification`."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from banks.hearings.tests.factories import silent
from banks.register.models import Qualification
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb


def determination(
    qualification: Qualification,
    *,
    by: User,
    decided_by: User,
    kind: DeterminationKind = DeterminationKind.SERIOUS_BREACH,
) -> Determination:
    """A determination made a month ago, as a row."""
    day = clock.today() - dt.timedelta(days=30)
    made = {"determination_date": day, "decided_by": decided_by, "made_at": clock.midday(day)}
    return _row(qualification, by, kind, Verb.MAKE_DETERMINATION, state=DeterminationState.MADE, **made)


def proposal(
    qualification: Qualification,
    *,
    by: User,
    kind: DeterminationKind = DeterminationKind.SERIOUS_DEFAULT,
    paper_date: dt.date | None = None,
    paper_signed_by: User | None = None,
) -> Determination:
    """A proposal that waits for a decider, as a row: made on paper, or with a bank that was silent."""
    paper = {"paper_date": paper_date, "paper_signed_by": paper_signed_by}
    row = _row(qualification, by, kind, Verb.PROPOSE_DETERMINATION, **paper)
    if not row.is_on_paper:
        silent(row.bank, row)
    return row


def _row(
    qualification: Qualification, by: User, kind: DeterminationKind, verb: Verb, **given: Any
) -> Determination:
    row: Determination = Determination.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        kind=kind,
        facts="系统停摆三日，造成重大经济损失。",
        document=store_upload(content=ContentFile(small_pdf()), name="认定书.pdf", by=by),
        proposed_at=clock.now(),
        proposed_by=by,
        **given,
    )
    journal.record(verb=verb, by=by, subject=row, uscc=row.bank.uscc, to_state=row.state)
    return row
