"""Each period of an edition is used where it belongs: here no two are the same, as those of the bureau are."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from admission.applications.states import Outcome
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.supplements import record_remark, request_supplement
from admission.review.actions.time_limits import extend_time_limit
from admission.tests.factories import admitted, recommended, submitted
from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from exit.cases.rules import bar_from_today
from inspections.complaints.tests.factories import forwarded
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import ordered
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAYS = {
    "acceptance_days": 3,
    "decision_days": 17,
    "statement_days": 4,
    "complaint_days": 6,
    "supplement_days": 8,
    "extension_days": 9,
}
YEARS = {"bar_years": 7, "rectification_months": 2}


@pytest.fixture(autouse=True)
def unequal(edition: PolicyEdition) -> None:
    """Give the edition in force another number for each period."""
    PolicyEdition.objects.filter(pk=edition.pk).update(**DAYS, **YEARS)


def counted(period: dict[str, object] | None) -> tuple[object, object]:
    """Return the number and the unit of a stored period."""
    assert period is not None
    return period["n"], period["unit"]


def test_application_is_accepted_and_decided_in_working_days(
    bank: Bank, clerk: User, people: "People"
) -> None:
    application = submitted(bank, clerk)
    assert counted(application.accept_period) == (3, "workday")
    application = accept_application(application=application, by=people.intake)
    assert counted(application.decide_period) == (17, "workday")
    extension = extend_time_limit(application=application, by=people.decider, reason="须现场核查。")
    assert extension.days == 9


def test_supplement_is_due_in_working_days(bank: Bank, clerk: User, people: "People") -> None:
    application = submitted(bank, clerk)
    criterion = application.edition.criteria.get(number=1)
    record_remark(application=application, criterion=criterion, by=people.intake, text="缺章程。")
    request = request_supplement(application=application, by=people.intake)
    assert counted(request.due_period) == (8, "workday")


def test_bank_is_heard_in_working_days(bank: Bank, clerk: User, people: "People") -> None:
    recommended(bank, clerk, people, Outcome.REFUSE)
    notice = PriorNotice.objects.get(bank=bank)
    assert counted(notice.due_period) == (4, "workday")
    assert notice.letter is not None
    assert "4个工作日内" in str(notice.letter.data)


def test_complaint_is_answered_in_working_days(bank: Bank, people: "People") -> None:
    assert counted(forwarded(bank, people.inspector).period) == (6, "workday")


def test_rectification_is_due_in_months_and_bar_lasts_years(
    bank: Bank, clerk: User, people: "People"
) -> None:
    with clock.playing(date(2026, 1, 5)):
        qualification = admitted(bank, clerk, people)
    order: RectificationOrder = ordered(bank, people, on=date(2026, 3, 10))
    assert counted(order.period) == (2, "month")
    bar = bar_from_today(qualification)
    assert (bar.n, bar.unit) == (7, "year")
