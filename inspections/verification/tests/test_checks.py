"""The integrity check finds reports that were accepted without a colleague's verification."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.tests.factories import DUE
from inspections.verification.actions.deciding import accept_rectification
from inspections.verification.checks import accepted_were_verified
from inspections.verification.models import Verification
from inspections.verification.terms import Manner
from inspections.verification.tests.factories import confirmed
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def closed(reported_order: RectificationOrder, people: "People") -> RectificationOrder:
    """An order whose report was verified by a visit and accepted."""
    with clock.playing(DUE):
        found = confirmed(reported_order, people)
        return accept_rectification(order=reported_order, by=people.decider, seen=found.pk)


Change = Callable[[RectificationOrder, "People"], object]
OF_ONE: dict[str, Change] = {
    "by nobody": lambda order, people: Verification.objects.all().delete(),
    "found missing": lambda order, people: Verification.objects.update(fulfilled=False),
    "not confirmed": lambda order, people: Verification.objects.update(confirmed_by=None, confirmed_at=None),
    "by the decider": lambda order, people: RectificationReport.objects.update(checked_by=people.inspector),
    "seen by the decider": lambda order, people: RectificationReport.objects.update(
        checked_by=people.assessor
    ),
}


def test_verified_report_is_sound(closed: RectificationOrder) -> None:
    assert list(accepted_were_verified()) == []


@pytest.mark.parametrize("change", OF_ONE.values(), ids=OF_ONE.keys())
def test_accepted_without_verification_is_found(
    closed: RectificationOrder, people: "People", change: Change
) -> None:
    change(closed, people)
    [found] = accepted_were_verified()
    assert found.startswith(f"inspections.rectificationorder {closed.pk}:")


def test_newest_verification_counts(closed: RectificationOrder, people: "People") -> None:
    Verification.objects.create(
        report=RectificationReport.objects.get(),
        manner=Manner.PAPERS,
        seen_on=DUE,
        fulfilled=False,
        findings="仍有缺口。",
        verified_by=people.inspector,
        verified_at=clock.now(),
    )
    assert len(list(accepted_were_verified())) == 1


def test_reports_of_before_verifications_are_sound(closed: RectificationOrder) -> None:
    Verification.objects.all().delete()
    RectificationOrder.objects.update(verify_by=None, verify_period=None)
    assert list(accepted_were_verified()) == []
