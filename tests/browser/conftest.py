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

HEADLESS, WITH_VIEWER = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
"""Chromium without the parts of a desktop, which takes half the time, and whole, with its viewer of PDFs."""
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
    """Debian's Chromium without a desktop."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=HEADLESS, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def with_viewer(browser: Browser) -> Iterator[Browser]:
    """Debian's Chromium with its viewer of PDFs."""
    opened = browser.browser_type.launch(executable_path=WITH_VIEWER, args=list(QUIETLY))
    yield opened
    opened.close()


class Windows:
    """Opens windows on bad lines for accounts by name, and knows them."""

    def __init__(self, opened: Callable[[str], Person]) -> None:
        """Store how a window is opened."""
        self._opened, self.windows = opened, list[Person]()

    def __call__(self, name: str) -> Person:
        """Open a window whose line is cut at random moments."""
        self.windows.append(self._opened(name).on_a_bad_line(seed=len(self.windows)))
        return self.windows[-1]


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
def on_bad_lines(at_desk: Callable[[str], Person]) -> Iterator[Windows]:
    """Open windows as `at_desk` does, whose lines are cut at random moments."""
    opened = Windows(at_desk)
    yield opened
    assert sum(window.cuts for window in opened.windows) > 20


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
