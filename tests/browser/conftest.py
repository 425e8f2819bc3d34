"""Browser tests: Chromium against a live server."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from banks.register.models import Bank, CardVendor
from banks.tests.factories import OutletFactory, make_member
from tests.browser.person import PASSWORD, Person
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role
from zsbank.site.operations.demonstration.documents import paper

CHROMIUM = "/usr/bin/chromium"
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def at_desk(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[str], Person]]:
    """Open a browser window for an account by name; windows are closed at the end."""
    windows: list[Person] = []

    def sit_down(name: str) -> Person:
        windows.append(Person(browser, live_server.url, name))
        return windows[-1]

    yield sit_down
    for window in windows:
        window.close()


@pytest.fixture
def officers(people: object) -> None:
    """The officers, with passwords."""
    for person in User.objects.filter(is_staff=True):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])


@pytest.fixture
def on() -> Iterator[Callable[[dt.date], None]]:
    """Move the clock of server and tests to noon of another day."""
    travels: list[time_machine.travel] = []

    def go(day: dt.date) -> None:
        while travels:
            travels.pop().stop()
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.timezone(dt.timedelta(hours=8)))
        travels.append(time_machine.travel(noon, tick=True))
        travels[-1].start()

    yield go
    while travels:
        travels.pop().stop()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document to upload."""
    path = tmp_path / "证明材料.pdf"
    path.write_bytes(paper("证明材料").read())
    return path


@pytest.fixture
def person_of_bank(bank: Bank, edition: PolicyEdition) -> User:
    """The bank's administrator with a password, an outlet and a card vendor."""
    user = make_member(bank, "bank-a", Role.BANK_ADMINISTRATOR).user
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    OutletFactory.create(bank=bank)
    CardVendor.objects.create(
        name="示例卡商",
        uscc="91442000MADEM00971",
        tender_number="SL-1",
        tender_from="2015-01-01",
        tender_until="2099-12-31",
    )
    return user


@pytest.fixture
def draft(bank: Bank, person_of_bank: User) -> Application:
    """An empty draft."""
    return start_application(bank=bank, by=person_of_bank)
