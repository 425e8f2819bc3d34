"""Factories of lapsed orders and exit cases."""

import datetime as dt

from django.core.files.base import ContentFile

from banks.hearings.models import PriorNotice
from banks.register import actions as banks
from banks.register.models import Qualification
from exit.cases.actions.grounds import file_exit_application
from exit.cases.models import ExitCase, Ground
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from inspections.determinations.models import Determination
from inspections.determinations.rules import day_of
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import failing_results
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.files.actions import store_upload
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

PDF = small_pdf()


def pdf_file() -> ContentFile:  # type: ignore[type-arg]
    """A small file that starts like a PDF."""
    return ContentFile(PDF)


def lapsed_order(found: Determination) -> RectificationOrder:
    """A lapsed order of a determination."""
    start = day_of(found)
    return _lapsed(
        found.qualification,
        start,
        ground=OrderGround.DETERMINATION,
        determination=found,
        months=6,
        limited=True,
    )


def lapsed_assessment_order(qualification: Qualification) -> RectificationOrder:
    """A lapsed order after the failing years 2024 and 2025."""
    start = clock.today() - dt.timedelta(days=90)
    failing_results(qualification, (2024, 2025))
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
    period = calculate(start, months, Unit.MONTH)
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=ground,
        determination=determination,
        first_year=assessed_year - 1 if assessed_year else None,
        assessed_year=assessed_year,
        state=OrderState.LAPSED,
        start_date=start,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day if limited else None,
        period=period.to_json(),
        closed_on=clock.today(),
    )
    with inside(Verb.OPEN_ORDER, None):
        banks.put_under_rectification(bank=order.bank, by=None, reason=str(order))
    journal.record(verb=Verb.LAPSE, by=None, subject=order, uscc=order.bank.uscc, to_state=order.state)
    return order


def filed(qualification: Qualification, by: User) -> ExitCase:
    """A bank's own application to exit."""
    return file_exit_application(
        bank=qualification.bank,
        by=by,
        statement="本行拟调整业务布局，申请终止合作。",
        document=pdf_file(),
        document_name="终止合作申请书.pdf",
    )


def case_in(state: ExitState, qualification: Qualification, *, proposed_by: User | None = None) -> ExitCase:
    """A bank's own application as a row in a state, without actions."""
    case: ExitCase = ExitCase.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        case_number=banks.next_case_number("TC"),
        state=state,
        opened_at=clock.now(),
        proposed_at=clock.now() if proposed_by else None,
        proposed_by=proposed_by,
    )
    Ground.objects.create(
        case=case,
        kind=ExitGround.VOLUNTARY,
        statement="本行拟调整业务布局，申请终止合作。",
        document=store_upload(content=pdf_file(), name="终止合作申请书.pdf", by=None),
        joined_at=case.opened_at,
    )
    journal.record(
        verb=Verb.FILE_EXIT_APPLICATION, by=None, subject=case, uscc=case.bank.uscc, to_state=case.state
    )
    return case


def heard_until(case: ExitCase) -> dt.date:
    """Return the first day on which the bank can no longer state its case."""
    notices = PriorNotice.objects.filter(case_type=case._meta.label_lower)
    return notices.get(case_id=case.pk).due_date + dt.timedelta(days=1)
