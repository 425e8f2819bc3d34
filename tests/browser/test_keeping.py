"""Nothing typed is lost: every form with free text, while line, server and sign-in come and go."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route
from pytest_django.live_server_helper import LiveServer

from tests.browser.person import WIDE
from tests.walk.conftest import world  # noqa: F401 a fixture
from tests.walk.forms import forms_of
from tests.walk.test_forms import ENDS
from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World
from zsbank.base.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FREE = """
    form => [...form.querySelectorAll(
        'textarea, input:not([type]), input[type="text"], input[type="email"], input[type="tel"]'
    )].filter(field => field.name && !field.disabled && !field.hidden && field.offsetParent)
"""
FORMS = f"""
    () => [...document.forms].map((form, place) => [place, form]).filter(
        ([place, form]) => form.method === "post" && ({FREE})(form).length
    ).map(([place, form]) => ({{
        place,
        kept: !form.matches('[data-plain], [hx-post]'),
        by: form.dataset.keptBy ?? "",
        secret: form.querySelector('[type="password"]') !== null,
        autosave: form.dataset.autosave ?? "",
        shape: [form.getAttribute("action") || location.pathname, ...[...form.elements].map(field => field.name)]
            .join(" ").replace(/[0-9]+/g, "N"),
    }}))
"""
TYPE = f"""
    place => ({FREE})(document.forms[place]).forEach((field, number) => {{
        field.value = `写了一半的话 ${{number}}`;
        field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    }})
"""
TYPED = f"place => ({FREE})(document.forms[place]).map(field => field.value)"
SUBMIT = "place => document.forms[place].requestSubmit()"
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
RETRY_NOW = "() => window.dispatchEvent(new Event('online'))"
LOOK_AGAIN = "() => window.dispatchEvent(new Event('focus'))"
NOT_SENT, RESTORED = "尚未提交，正在重试", "尚未提交的内容"


class Line:
    """The connection to the server: open, cut, or answered by a proxy in between."""

    def __init__(self, page: Page) -> None:
        """Intercept the page's POST requests."""
        self.answers: list[dict[str, Any] | None] = []
        page.route("**/*", self._pass)

    def _pass(self, route: Route) -> None:
        if route.request.method != "POST" or not self.answers:
            route.continue_()
            return
        answer = self.answers.pop(0)
        if answer is None:
            route.abort()
        elif answer:
            route.fulfill(**answer)
        else:
            route.continue_()


def cookies_of(person: User, address: str) -> list[Any]:
    """Return the cookies of a sign-in."""
    name = settings.SESSION_COOKIE_NAME
    return [{"name": name, "value": client_of(person).cookies[name].value, "url": address}]


def pages_with_forms(person: User, world: World, seen: set[str]) -> Iterator[str]:  # noqa: F811
    """Return the addresses with a form for this person that no earlier page had."""
    client: Client = client_of(person)
    for route, access, verb in walked(world):
        if route in LEAVES or route.startswith(("api/", "accounts/", "i18n/")):
            continue
        path = fill(route, access, world, "own", verb)
        page = client.get(path)
        if page.streaming:
            page.getvalue()
        elif page.status_code == 200 and "html" in page.headers["Content-Type"] and not path.endswith(ENDS):
            forms = (
                form for form in forms_of(path, page.content.decode()) if form.method == "post" and form.typed
            )
            shapes = {re.sub("[0-9]+", "N", f"{form.action} {sorted(form.typed)}") for form in forms}
            if shapes - seen:
                seen |= shapes
                yield path


def words(page: Page, place: int) -> str:
    """Return the form's message on its state."""
    said = page.locator("form").nth(place).locator("[data-kept]")
    return said.first.inner_text() if said.count() else ""


def wait_for(page: Page, what: str, expression: str, argument: object, wanted: Any) -> None:
    """Wait until an expression gives the expected value."""
    found: Any = None
    for _patience in range(100):
        with contextlib.suppress(Error):  # the page is being left
            found = page.evaluate(expression, argument)
            if wanted(found):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url}: {what}: {found!r}")


SAYS = "place => document.forms[place].querySelector('[data-kept]')?.textContent ?? ''"
ASKS = "() => document.querySelector('#sign-in-ended[open]') !== null"


def survives(window: BrowserContext, path: str, address: str, cookies: list[Any], tried: set[str]) -> None:
    """Type into each form of a page and interrupt connection, server and sign-in.

    Args:
        tried: the shapes of forms that were tried already, by address without numbers and names of fields.
    """
    page = window.new_page()
    page.goto(address + path)
    forms = [form for form in page.evaluate(FORMS) if not form["secret"]]
    for form in forms:
        assert form["kept"] or form["by"], f"{path}: form {form['place']} is kept by nothing"
        if form["by"] or form["autosave"] or form["shape"] in tried:
            continue
        tried.add(form["shape"])
        loses_nothing(page, Line(page), form["place"], address + path, cookies)
    page.close()


def loses_nothing(page: Page, line: Line, place: int, address: str, cookies: list[Any]) -> None:
    """Check one form: reload it, go offline, answer 502, sign out, then send it."""
    page.goto(address)
    page.evaluate(TYPE, place)
    typed = page.evaluate(TYPED, place)
    wait_for(page, "kept", DRAFTS, None, lambda found: found == 1)
    page.reload()
    assert page.evaluate(TYPED, place) == typed, f"{address} lost what was typed when it was loaded again"
    assert RESTORED in words(page, place)
    line.answers = [None, {"status": 502, "body": "<h1>Bad gateway</h1>"}]
    page.evaluate(SUBMIT, place)
    wait_for(page, "no line", SAYS, place, lambda said: NOT_SENT in said)
    page.evaluate(RETRY_NOW)
    page.context.clear_cookies()
    wait_for(page, "bad gateway", "() => 0", None, lambda _said: not line.answers)
    page.evaluate(RETRY_NOW)
    wait_for(page, "signed out", ASKS, None, bool)
    assert page.evaluate(TYPED, place) == typed, f"{address} lost what was typed when the sign-in ended"
    page.context.add_cookies(cookies)
    sent = urlsplit(address).path
    line.answers = [{"status": 200, "json": {"to": sent}}]
    page.evaluate(LOOK_AGAIN)
    wait_for(page, "sent", DRAFTS, None, lambda found: found == 0)


def test_forms_keep_input(browser: Browser, live_server: LiveServer, world: World) -> None:  # noqa: F811
    address, seen, tried = live_server.url, set[str](), set[str]()
    for person in (world.clerk, world.administrator, *world.staff.values()):
        window = browser.new_context(viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]
        window.set_default_timeout(10_000)
        cookies = cookies_of(person, address)
        window.add_cookies(cookies)
        for path in [*pages_with_forms(person, world, seen)]:
            survives(window, path, address, cookies, tried)
        window.close()
    assert len(tried) > 15
