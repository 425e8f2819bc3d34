"""Factories of assessed banks, by the actions."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from banks.register.models import Bank, Qualification
from inspections.assessments.actions.results import finalise_assessment, record_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.rules import grade_for
from inspections.assessments.states import AssessmentState
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import swept
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.tests.factories import published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

OPENED = dt.date(2025, 3, 10)
"""Day of the sweep that opens an order for the failing years 2023 and 2024."""

PASSING, FAILING = Decimal("60.00"), Decimal("59.99")
YEAR = 2024
"""The assessed year, unless another is given."""


def scheme(year: int) -> AssessmentScheme:
    """The scheme of a year; 60 passes."""
    return published(year)


def scored(bank: Bank, year: int, score: Decimal, by: User) -> Assessment:
    """A draft result, recorded in March of the next year."""
    scheme(year)
    with clock.playing(dt.date(year + 1, 3, 2)):
        return record_assessment(bank=bank, year=year, score=score, reason="", by=by)


def rated(bank: Bank, year: int, score: Decimal, people: "People") -> Assessment:
    """A final result, recorded and finalised in March of the next year."""
    draft = scored(bank, year, score, people.assessor)
    with clock.playing(dt.date(year + 1, 3, 3)):
        return finalise_assessment(assessment=draft, by=people.second_assessor)


def orders_swept(on: dt.date) -> int:
    """Run the sweep; return the number of orders withdrawn, and of banks with new orders."""
    return swept("withdraw_order", on) + swept("open_order", on)


def failed_twice(bank: Bank, people: "People") -> RectificationOrder:
    """The order after the failing years 2023 and 2024, without due date."""
    for year in (2023, 2024):
        rated(bank, year, FAILING, people)
    orders_swept(OPENED)
    return RectificationOrder.objects.get(bank=bank, assessed_year=2024)


def result_of(
    qualification: Qualification,
    year: int,
    *,
    score: Decimal,
    recorded_by: User,
    finalised_by: User | None = None,
) -> Assessment:
    """A result as a row: final if somebody finalised it, else a draft."""
    row: Assessment = Assessment.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        scheme=scheme(year),
        year=year,
        score=score,
        grade=grade_for(scheme(year), score),
        recorded_by=recorded_by,
        state=AssessmentState.FINAL if finalised_by else AssessmentState.DRAFT,
        finalised_by=finalised_by,
        final_on=clock.today() if finalised_by else None,
    )
    journal.record(
        verb=Verb.RECORD_ASSESSMENT, by=recorded_by, subject=row, uscc=row.bank.uscc, to_state=row.state
    )
    return row
