"""Takes the pictures of the README again, from the demonstration.

Which page a picture shows is said by the links that lead to it, so that no number of a row stands here.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.pictures.window import CHROMIUM, QUIETLY, Window

OUT = Path(__file__).resolve().parents[2] / "docs/pictures"
SIZE: ViewportSize = {"width": 1080, "height": 675}
WIDE: ViewportSize = {"width": 1440, "height": 900}
VIEWER = 4000
"""Milliseconds until the browser's PDF viewer has painted; it says nothing when it has."""
IN_CHINESE = "--lang=zh-CN"
"""For the words that the browser itself shows, such as of a file field."""


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, and the forms of the links that lead to it from the first page."""

    name: str
    person: str
    links: tuple[str, ...]
    size: ViewportSize = field(default_factory=lambda: SIZE)


class WithDocuments(Window):
    """A window that shows documents; the demonstration's journal may note that they were seen."""

    def _leave_no_traces(self, page: Page) -> None:
        pass


SHOTS = (
    Shot("task-list", "bank-f", (r"/applications/$", r"/applications/\d+/$")),
    Shot("work-list", "reviewer", ()),
    Shot("review-desk", "reviewer", (r"/application/\d+/review/$", r"/review/5/"), WIDE),
    Shot("clock", "bank-a", (r"/applications/$", r"/applications/\d+/$", r"/clock/$")),
    Shot("import", "bank-f", (r"/outlets/$", r"/outlets/import/$")),
)
LETTER = Shot("letter", "bank-c", (r"/letters/$",))


def retake(address: str, password: str) -> list[Path]:
    """Take all pictures of the README into `docs/pictures`; return their files.

    Args:
        address: of a register with the demonstration, without trailing slash.
        password: of the people of the demonstration.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIETLY, IN_CHINESE])
        made = [_page(browser, address, password, shot) for shot in SHOTS]
        made.append(_letter(browser, address, password))
        browser.close()
    return made


def _page(browser: Browser, address: str, password: str, shot: Shot) -> Path:
    window = _led(browser, address, password, shot)
    if shot.size == WIDE:
        window.page.wait_for_timeout(VIEWER)
    path = OUT / f"{shot.name}.png"
    window.page.screenshot(path=path, animations="disabled")
    window.close()
    return path


def _letter(browser: Browser, address: str, password: str) -> Path:
    """Picture the first page of a letter's PDF."""
    window = _led(browser, address, password, LETTER)
    link = _link(window.page, window.links(), r"/letters/\d+/").partition("?")[0]
    answer = window.context.request.get(address + link)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(answer.body())
        file.flush()
        at = OUT / LETTER.name
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", "60", file.name, str(at)],
            check=True,
        )
    window.close()
    return at.with_suffix(".png")


def _led(browser: Browser, address: str, password: str, shot: Shot) -> Window:
    window = WithDocuments(browser, address)
    window.page.set_viewport_size(shot.size)
    window.sign_in(shot.person, password)
    window.open("/")
    for form in shot.links:
        window.open(_link(window.page, window.links(), form))
    return window


def _link(page: Page, links: list[str], form: str) -> str:
    for link in links:
        if re.search(form, link):
            return link
    raise SystemExit(f"✗ {page.url} has no link like {form}")
