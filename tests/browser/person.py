"""A person at a browser: signs in, opens pages, clicks, types, takes screenshots."""

import contextlib
import os
import random
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route

from tests.accessibility import findings, too_wide

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PASSWORD = "a-long-enough-Passw0rd"
SECRET = ("password", "again")
ANSWERED = """
    window.shown === undefined || !window.shown.isConnected
    || document.querySelector("#sign-in-ended[open]") !== null
    || [...document.querySelectorAll("[data-kept].error")].some(said => !said.textContent.includes("正在重试"))
"""
NOT_SENT, ANSWER_LOST, BROKEN, SLOW = 0.15, 0.3, 0.4, 0.45
"""Up to which number drawn from 0 to 1 a request is not sent, loses its answer, is answered by a proxy, or waits."""

SLOW_MS = (100, 3000)

SOON_BACK = "setInterval(() => window.dispatchEvent(new Event('online')), 300)"
"""The line is back soon."""

PICTURES = os.environ.get("ZSBANK_PICTURES")


def until(page: Page, expression: str, seconds: int = 20) -> None:
    """Wait until an expression is true in the page, whose policy forbids Playwright's own way to ask.

    Raises:
        AssertionError: it did not become true in time.
    """
    for _patience in range(seconds * 20):
        with contextlib.suppress(Error):  # the page is being left
            if page.evaluate(expression):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url}: {expression} did not become true")


class Person:
    """One browser window with its own cookies; errors of page scripts fail the test."""

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        """Open the window at the register's address."""
        self.address, self.name = address, name
        self.window = browser.new_context(viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]
        self.window.set_default_timeout(10_000)
        self.page: Page = self.window.new_page()
        self.complaints: list[str] = []
        self.cuts = 0
        self.typed: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def on_a_bad_line(self, seed: int) -> Self:
        """Cut the line at random moments: before a request of a script, before its answer, or with a proxy's error.

        Some answers come late.

        Args:
            seed: of the moments; how they fall on requests also depends on the machine's pace.
        """
        chance = random.Random(seed)  # noqa: S311

        def pass_or_cut(route: Route) -> None:
            drawn = chance.random() if route.request.resource_type in ("fetch", "xhr") else 1
            self.cuts += drawn < BROKEN
            if drawn < NOT_SENT:
                route.abort()
            elif drawn < ANSWER_LOST:
                route.fetch()
                route.abort()
            elif drawn < BROKEN:
                route.fulfill(status=502, body="<h1>Bad gateway</h1>")
            else:
                if drawn < SLOW:
                    self.page.wait_for_timeout(chance.uniform(*SLOW_MS))
                route.continue_()

        self.window.add_init_script(SOON_BACK)
        self.window.route("**/*", pass_or_cut)
        return self

    def sign_in(self) -> Self:
        """Sign in with the form, without earlier cookies."""
        self.window.clear_cookies()
        self.open("/accounts/login/")
        self.page.fill("[name=login]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.press("登录")
        return self

    def open(self, path: str) -> str:
        """Open a page that must exist, and return its text."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.confirm()
        return self.text()

    def confirm(self) -> None:
        """Enter the password if re-authentication is asked for."""
        if "/accounts/reauthenticate/" in self.page.url:
            self.page.fill("[name=password]", PASSWORD)
            with self.page.expect_navigation():
                self.page.locator("main button[type=submit], main .btn").first.click()

    def text(self) -> str:
        """Return the text of the page."""
        return self.page.locator("body").inner_text()

    def press(self, words: str) -> None:
        """Click the button or link with this text and wait for the next page, or for the answer in this one."""
        named = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        self.page.evaluate("window.shown = document.querySelector('.frame, main, #content')")
        (named if named.count() else link).first.click()
        self._wait_for_answer()
        if self.page.locator("#sign-in-ended[open]").count():
            self.take_the_step()
            self._wait_for_answer()
        self.page.wait_for_load_state()
        self.confirm()

    def press_twice(self, words: str) -> None:
        """Click the button with this text twice, as impatient people do, and wait for the answer."""
        self.page.evaluate("window.shown = document.querySelector('.frame, main, #content')")
        self.page.get_by_role("button", name=words, exact=True).dblclick(no_wait_after=True)
        self._wait_for_answer()
        self.page.wait_for_load_state("networkidle")

    def _wait_for_answer(self) -> None:
        """Wait for another page, the same with its reasons, or a word on why not."""
        until(self.page, ANSWERED)

    def take_the_step(self) -> None:
        """Re-authenticate in another tab; the page continues by itself."""
        with self.page.expect_popup() as opened:
            self.page.locator("#sign-in-ended [data-open]").click()
        aside = opened.value
        aside.fill("[name=password]", PASSWORD)
        if aside.locator("[name=login]").count():
            aside.fill("[name=login]", self.name)
        aside.locator("main button[type=submit], main .btn").first.click()
        self.page.locator("#sign-in-ended:not([open])").wait_for(state="attached")

    def fill(self, **fields: str) -> None:
        """Fill in fields of any type by name, and note what was typed."""
        for name, value in fields.items():
            if name not in SECRET:
                self.typed.append(value)
            field = self.page.locator(f"[name={name}]").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "checkbox":
                field.check()
            elif field.get_attribute("type") == "radio":
                self.page.locator(f"[name={name}][value={value}]").check()
            else:
                field.fill(value)

    def attach(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.page.locator(f"input[name={name}]").set_input_files(file)

    def accessible(self, name: str) -> None:
        """Check that axe reports nothing (WCAG 2.1 A and AA, and its good practices)."""
        said = findings(self.page)
        assert not said, f"{name}: {said}"

    def picture(self, name: str) -> None:
        """Check accessibility and sideways scrolling at both widths, and keep screenshots if wanted."""
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            sideways = too_wide(self.page)
            assert not sideways, f"{name} is {sideways} px too wide at {size['width']}"
            if PICTURES:
                path = Path(PICTURES) / f"{name}-{size['width']}.png"
                self.page.screenshot(path=path, full_page=True)
        self.accessible(name)

    def close(self) -> None:
        """Close the window with a last screenshot; fail if its scripts reported errors."""
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"last-{self.name}.png")
        self.window.close()
        assert not self.complaints, self.complaints
