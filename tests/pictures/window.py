"""A browser window: signs in, opens pages, finds links, takes screenshots."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse, Browser, Error, Page, Request, ViewportSize

from tests.accessibility import findings, too_wide

CHROMIUM = "/usr/bin/chromium"
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)
WIDTHS: dict[int, ViewportSize] = {1440: {"width": 1440, "height": 900}, 390: {"width": 390, "height": 844}}
STILL = (Path(__file__).parent / "still.js").read_text(encoding="utf-8")
NOT_FETCHED = ("*/files/*", "*/evidence/*", "*/letters/*?open*", "*/looking/")
"""What pages ask for by themselves and the register notes: that a document was seen, and who looks at a case.

It would show on the pages that are still to come.
"""

LINKS = (
    "() => [...document.querySelectorAll('a[href], [hx-get]')].map(e => e.href || e.getAttribute('hx-get'))"
)
SIGN_IN, AGAIN = "/accounts/login/", "/accounts/reauthenticate/"


class Window:
    """One window with its own cookies."""

    def __init__(self, browser: Browser, address: str) -> None:
        """`address` has no trailing slash."""
        self.address = address
        self.context = browser.new_context(
            viewport=WIDTHS[1440], locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        self.password = ""
        self.on_the_way: set[Request] = set()
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        self._leave_no_traces(page)
        page.on("request", self._leaves)
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, self._came)
        return page

    def renew(self) -> None:
        """Replace a page that crashed; the session is kept."""
        self.page.close()
        self.page = self._new_page()

    def _leave_no_traces(self, page: Page) -> None:
        """Uses the browser's own protocol, because Playwright's routes disable the cache."""
        fetching = self.context.new_cdp_session(page)
        fetching.send("Fetch.enable", {"patterns": [{"urlPattern": form} for form in NOT_FETCHED]})

        def refuse(asked: dict[str, Any]) -> None:
            fetching.send("Fetch.failRequest", {"requestId": asked["requestId"], "errorReason": "Aborted"})

        fetching.on("Fetch.requestPaused", refuse)

    def _leaves(self, request: Request) -> None:
        self.on_the_way.add(request)

    def _came(self, request: Request) -> None:
        self.on_the_way.discard(request)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in by the form."""
        self.password = password
        self.page.goto(self.address + SIGN_IN)
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", password)
        self._send()
        if SIGN_IN in self.page.url:
            raise SystemExit(f"✗ {name} could not sign in")

    def _send(self) -> None:
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.locator("[name=password]").press("Enter")

    def look(self, path: str) -> bool:
        """Whether an address answers with a page, without showing it."""
        answer: APIResponse = self.context.request.get(self.address + path, max_redirects=0)
        return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")

    def open(self, path: str) -> int:
        """Open a page and wait until the network is idle; return its status, 0 for a file."""
        self.on_the_way.clear()
        try:
            answer = self.page.goto(self.address + path)
        except Error as error:
            if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
                return 0
            raise
        if self.on_the_way:
            self.page.wait_for_load_state("networkidle")
        if AGAIN in self.page.url and AGAIN not in path and self.password:
            self.page.fill("[name=password]", self.password)
            self._send()
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return 0
        return answer.status

    @property
    def path(self) -> str:
        """The address of the page with its query."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def links(self) -> list[str]:
        """The addresses of the register that the page links to."""
        found: list[str] = self.page.evaluate(LINKS)
        return [
            link.removeprefix(self.address) for link in found if link.startswith((f"{self.address}/", "/"))
        ]

    def take(self, at: Path) -> list[str]:
        """Save the page at every width, and its text; return what axe reports and how far it scrolls sideways."""
        faults: list[str] = []
        for width, size in WIDTHS.items():
            self.page.set_viewport_size(size)
            self.page.evaluate(STILL)
            if width == max(WIDTHS):
                at.with_name(f"{at.name}.txt").write_text(self.text(), encoding="utf-8")
            self.page.screenshot(
                path=at.with_name(f"{at.name}.{width}.png"), full_page=True, animations="disabled"
            )
            faults += [f"{width}: {finding}" for finding in findings(self.page)]
            if wide := too_wide(self.page):
                faults.append(f"{width}: {wide} px too wide")
        self.page.set_viewport_size(WIDTHS[max(WIDTHS)])
        return faults

    def text(self) -> str:
        """The text of the page by lines."""
        lines = self.page.locator("body").inner_text().splitlines()
        return "\n".join(line.strip() for line in lines if line.strip()) + "\n"

    def close(self) -> None:
        """Close the window."""
        self.context.close()
