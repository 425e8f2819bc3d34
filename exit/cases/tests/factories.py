"""What leads to an exit, for tests: determinations, orders that lapsed, and cases led on by the verbs."""

import datetime as dt

from django.core.files.base import ContentFile

from banks.register import actions as banks
from banks.register.models import Qualification
from exit.cases.actions.cases import file_exit_application
from exit.cases.models import ExitCase
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.files.actions import take_in
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

PDF = small_pdf()


def pdf_file() -> ContentFile:  # type: ignore[type-arg]
    """A small file that is a PDF by its first bytes."""
    return ContentFile(PDF)


def determination(
    qualification: Qualification,
    *,
    by: User,
    decided_by: User,
    kind: DeterminationKind = DeterminationKind.SERIOUS_BREACH,
) -> Determination:
    """A determination of a month ago, as the record knows it."""
    row = Determination.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        kind=kind,
        determination_date=clock.today() - dt.timedelta(days=30),
        decided_by=decided_by,
        facts="系统停摆三日，造成重大经济损失。",
        document=take_in(content=pdf_file(), name="认定书.pdf", by=by),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    journal.record(verb=Verb.RECORD_DETERMINATION, by=by, subject=row, uscc=row.bank.uscc)
    return row


def lapsed_order(found: Determination) -> RectificationOrder:
    """An order on a determination that was not completed in six months."""
    start = found.determination_date
    return _lapsed(
        found.qualification,
        start,
        ground=OrderGround.DETERMINATION,
        determination=found,
        months=6,
        limited=True,
    )


def lapsed_assessment_order(qualification: Qualification) -> RectificationOrder:
    """An order on the failing years 2024 and 2025 that was not completed in the time the bureau set."""
    start = clock.today() - dt.timedelta(days=90)
    return _lapsed(
        qualification, start, ground=OrderGround.ASSESSMENT, assessed_year=2025, months=2, limited=False
    )


def _lapsed(
    qualification: Qualification,
    start: dt.date,
    *,
    ground: OrderGround,
    months: int,
    limited: bool,
    determination: Determination | None = None,
    assessed_year: int | None = None,
) -> RectificationOrder:
    period = reckon(start, months, Unit.MONTH)
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=ground,
        determination=determination,
        assessed_year=assessed_year,
        state=OrderState.LAPSED,
        start_date=start,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day if limited else None,
        period=period.to_json(),
        closed_on=clock.today(),
    )
    banks.put_under_rectification(bank=order.bank, by=None, reason=str(order))
    journal.record(verb=Verb.LAPSE, by=None, subject=order, uscc=order.bank.uscc, to_state=order.state)
    return order


def filed(qualification: Qualification, by: User) -> ExitCase:
    """A bank's own application to leave."""
    return file_exit_application(
        bank=qualification.bank,
        by=by,
        statement="本行拟调整业务布局，申请终止合作。",
        document=pdf_file(),
        document_name="终止合作申请书.pdf",
    )
