"""Nothing typed or chosen is lost: every form, while line, server and sign-in come and go."""

import contextlib
import json
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
from tests.walk.forms import forms_of
from tests.walk.test_forms import ENDS
from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World, two_banks, with_every_role
from zsbank.base.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """A world that is committed, for the server to see it."""
    return two_banks()


FREE = """
    form => [...form.elements].filter(
        field => /^(text|textarea|email|tel|number|date|select-one|select-multiple|checkbox|radio)/.test(field.type)
            && field.name && !field.disabled && !field.hidden && field.offsetParent && !("anew" in field.dataset)
    )
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
        shape: [
            (form.getAttribute("action") || location.pathname).replace(/^\\/admin\\/.*\\/do\\/.*$/, "/admin/do/"),
            ...[...form.elements].map(field => field.name),
        ].join(" ").replace(/[0-9]+/g, "N"),
    }}))
"""
TYPE = f"""
    place => ({FREE})(document.forms[place]).forEach((field, number) => {{
        if (field.type === "checkbox" || field.type === "radio") field.checked = !field.checked;
        else if (field.options) field.selectedIndex = field.options.length - 1;
        else if (field.type === "date") field.value = "2026-01-05";
        else if (field.type === "number") field.value = String(number + 1);
        else field.value = `写了一半的话 ${{number}}`;
        field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    }})
"""
TYPED = f"place => ({FREE})(document.forms[place]).map(field => [field.value, field.checked])"
SUBMIT = "place => document.forms[place].requestSubmit()"
TWICE = "place => [1, 2].forEach(() => document.forms[place].requestSubmit())"
COMPOSE = f"""
    place => new Promise(done => {{
        const field = ({FREE})(document.forms[place]).find(one => /^text/.test(one.type));
        if (!field) return done(true);
        field.value = "zhong s";
        field.dispatchEvent(new InputEvent("input", {{ bubbles: true, isComposing: true }}));
        setTimeout(() => done(!Object.keys(localStorage).some(key => key.startsWith("draft:"))), 400);
    }})
"""
"""Types what an input method has not turned into words yet; whether that is not kept."""

STALE = {
    "status": 403,
    "content_type": "application/problem+json",
    "body": json.dumps({"type": "urn:zsbank:form_token", "detail": "stale"}),
}
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
SOMEWHERE = "/help/"
HERE = "() => location.pathname"
RETRY_NOW = "() => window.dispatchEvent(new Event('online'))"
LOOK_AGAIN = "() => window.dispatchEvent(new Event('focus'))"
NOT_SENT, RESTORED = "尚未提交，正在重试", "尚未提交的内容"


class Line:
    """The connection to the server: open, cut, or answered by a proxy in between."""

    def __init__(self, page: Page) -> None:
        """Intercept the page's POST requests."""
        self.answers: list[dict[str, Any] | None] = []
        self.keys = set[str]()
        page.route("**/*", self._pass)

    def _pass(self, route: Route) -> None:
        if route.request.method != "POST" or not self.answers:
            route.continue_()
            return
        self.keys.add(route.request.headers.get("x-form-key", ""))
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


def pages_with_forms(person: User, world: World, seen: set[str]) -> Iterator[str]:
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
            shapes = {
                re.sub("[0-9]+", "N", f"{_place_of(form.action)} {sorted(form.typed)}") for form in forms
            }
            if shapes - seen:
                seen |= shapes
                yield path


def _place_of(action: str) -> str:
    """Return where a form is; action pages of the desk are one template."""
    return re.sub(r"^/admin/.*/do/.*", "/admin/do/", action)


def words(page: Page, place: int) -> str:
    """Return the form's message on its state."""
    said = page.locator("form").nth(place).locator("[data-kept]")
    return said.first.inner_text() if said.count() else ""


def wait_for(page: Page, what: str, expression: str, argument: object, wanted: Any) -> None:
    """Wait until an expression gives the expected value."""
    found: Any = None
    for _patience in range(400):
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
    """Check one form: compose words, send it from another tab, reload it, press twice with an old token, go offline,
    answer 502, sign out, then send it and go back.
    """
    page.goto(address)
    shown = page.evaluate(TYPED, place)
    assert page.evaluate(COMPOSE, place), f"{address} keeps half-composed words"
    page.evaluate(TYPE, place)
    typed = page.evaluate(TYPED, place)
    if typed == shown:  # the only choice there is
        page.goto(address)
        wait_for(page, "nothing to keep", DRAFTS, None, lambda found: found == 0)
        return
    wait_for(page, "kept", DRAFTS, None, lambda found: found == 1)
    sent_from_another_tab(page, place, address)
    page.reload()
    assert page.evaluate(TYPED, place) == typed, f"{address} lost what was typed when it was loaded again"
    assert RESTORED in words(page, place)
    line.answers = [STALE, None, {"status": 502, "body": "<h1>Bad gateway</h1>"}]
    page.evaluate(TWICE, place)
    wait_for(page, "no line", SAYS, place, lambda said: NOT_SENT in said)
    page.evaluate(RETRY_NOW)
    page.context.clear_cookies()
    wait_for(page, "bad gateway", "() => 0", None, lambda _said: not line.answers)
    page.evaluate(RETRY_NOW)
    wait_for(page, "signed out", ASKS, None, bool)
    assert page.evaluate(TYPED, place) == typed, f"{address} lost what was typed when the sign-in ended"
    page.context.add_cookies(cookies)
    line.answers = [{"status": 200, "json": {"to": SOMEWHERE}}]
    page.evaluate(LOOK_AGAIN)
    wait_for(page, "sent", HERE, None, lambda path: path == SOMEWHERE)
    assert page.evaluate(DRAFTS) == 0, f"{address} is kept after it was sent"
    page.go_back()
    wait_for(page, "back", HERE, None, lambda path: path == urlsplit(address).path)
    page.wait_for_load_state()
    assert RESTORED not in words(page, place), f"{address} offers what was sent once more"
    assert len(line.keys) == 1, f"{address} was sent as {len(line.keys)} forms"


def sent_from_another_tab(page: Page, place: int, address: str) -> None:
    """Send the same form from a second tab, which takes its draft away; what the first has stays its own."""
    other = page.context.new_page()
    line = Line(other)
    other.goto(address)
    line.answers = [{"status": 200, "json": {"to": urlsplit(address).path}}]
    other.evaluate(SUBMIT, place)
    wait_for(other, "sent from another tab", DRAFTS, None, lambda found: found == 0)
    other.close()


def test_forms_keep_input(browser: Browser, live_server: LiveServer, world: World) -> None:
    address, seen, tried = live_server.url, set[str](), set[str]()
    for person in (world.clerk, world.administrator, with_every_role()):
        window = browser.new_context(viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]
        window.set_default_timeout(10_000)
        cookies = cookies_of(person, address)
        window.add_cookies(cookies)
        for path in [*pages_with_forms(person, world, seen)]:
            survives(window, path, address, cookies, tried)
        window.close()
    assert len(tried) > 45
