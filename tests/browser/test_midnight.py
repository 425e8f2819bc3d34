"""A page with a due date that is open across midnight says that the day has passed, and keeps what was typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from banks.hearings.tests.factories import given_notice
from banks.register.models import Bank
from tests.browser.person import Person, until
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "写到半夜的陈述意见"
SHOWN = "document.querySelector('[data-until]').hidden === false"
HIDDEN = "document.querySelector('[data-until]').hidden === true"
KEPT = f"""
    Object.keys(localStorage).some(key => key.startsWith("draft:") && localStorage[key].includes("{TYPED}"))
"""


def test_open_page_says_that_the_day_has_passed(
    at_desk: Callable[[str], Person], person_of_bank: User, bank: Bank, people: "People"
) -> None:
    notice = given_notice(bank, people.reviewer)
    left = clock.end_of(notice.due_date) - clock.now()
    clerk = at_desk("bank-a").sign_in()
    clerk.page.clock.install()
    clerk.open(reverse("banks:notice", args=[notice.pk]))
    clerk.page.locator("textarea[name=text]").fill(TYPED)
    clerk.page.clock.fast_forward(round(left.total_seconds() * 1000) - 120_000)
    until(clerk.page, HIDDEN)
    clerk.page.clock.fast_forward(180_000)
    until(clerk.page, SHOWN)
    until(clerk.page, KEPT)
    assert clerk.page.locator("textarea[name=text]").input_value() == TYPED
    assert "期限已过" in clerk.page.locator("[data-until]").inner_text()
    clerk.picture("after-midnight")
