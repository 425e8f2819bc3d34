"""A bank's pages on a phone: its name in the bar, and the due date on the first screen."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from admission.applications.states import Outcome
from admission.editions.models import PolicyEdition
from admission.tests.factories import recommended
from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from inspections.rectification.tests.factories import ordered, qualified
from tests.browser.person import NARROW, Person
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(person: Person, address: str, day: dt.date, name: str) -> None:
    """Check that bank and due date are on the first screen."""
    person.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    person.open(address)
    bar = person.page.locator("header.top .bank").bounding_box()
    assert bar, f"{address}: the bank's name is not in the bar"
    assert bar["y"] < 100
    box = person.page.locator("main", has_text=by_day(day)).get_by_text(by_day(day)).first.bounding_box()
    assert box, f"{address}: no due date"
    assert box["y"] + box["height"] <= NARROW["height"], f"{address}: the due date is below the first screen"
    person.picture(name)


def test_due_date_and_bank_are_on_the_first_screen_of_a_phone(
    at_desk: Callable[[str], Person],
    person_of_bank: User,
    bank: Bank,
    other_bank: Bank,
    people: "People",
    edition: PolicyEdition,
) -> None:
    recommended(bank, person_of_bank, people, Outcome.REFUSE)
    notice = PriorNotice.objects.get()
    qualified(bank, people.decider)
    order = ordered(bank, people, on=clock.today())
    assert order.due_date
    person = at_desk("bank-a").sign_in()
    application = notice.bank.applications.get()
    for address, day, name in (
        (reverse("banks:notice", args=[notice.pk]), notice.due_date, "notice"),
        (reverse("admission:task_list", args=[application.pk]), notice.due_date, "application-heard"),
        (reverse("inspections:order", args=[order.pk]), order.due_date, "order"),
        (reverse("inspections:report", args=[order.pk]), order.due_date, "report"),
    ):
        check(person, address, day, f"narrow-{name}")
