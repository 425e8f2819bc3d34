"""Determinations as rows; recording them is tested in `rectification`."""

import datetime as dt

from django.core.files.base import ContentFile

from banks.register.models import Qualification
from inspections.determinations.models import Determination
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
    """A determination of a month ago, as a row."""
    row = Determination.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        kind=kind,
        determination_date=clock.today() - dt.timedelta(days=30),
        decided_by=decided_by,
        facts="系统停摆三日，造成重大经济损失。",
        document=store_upload(content=ContentFile(small_pdf()), name="认定书.pdf", by=by),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    journal.record(verb=Verb.RECORD_DETERMINATION, by=by, subject=row, uscc=row.bank.uscc)
    return row
