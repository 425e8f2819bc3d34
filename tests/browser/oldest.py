"""The oldest browser that the register serves: Chromium 86, from an npm package that is a test's requirement only."""

import os
from pathlib import Path

import brotli
from django.conf import settings
from playwright.sync_api import Browser

from tests.browser.person import Person

VERSION = "86."
PACKED = settings.BASE_DIR / "node_modules" / "chrome-aws-lambda" / "bin" / "chromium.br"
UNPACKED = settings.BASE_DIR / ".build" / "chromium-86" / "chromium"
CAN_BE_SEEN = """
    Element.prototype.checkVisibility ??= function () {
        return getComputedStyle(this).visibility === "visible";
    };
"""
"""What Playwright's own scripts call, and Chromium has from 105 on."""


def chromium() -> Path:
    """Return the program, unpacked once (1 s, 138 MB)."""
    if not UNPACKED.exists():
        assert PACKED.exists(), "Chromium 86 is missing: bin/setup test installs it"
        UNPACKED.parent.mkdir(parents=True, exist_ok=True)
        scratch = UNPACKED.with_suffix(f".{os.getpid()}")
        scratch.write_bytes(brotli.decompress(PACKED.read_bytes()))
        scratch.chmod(0o755)
        scratch.rename(UNPACKED)
    return UNPACKED


class OldPerson(Person):
    """A person at Chromium 86."""

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        """Give Playwright's world in the page what the browser lacks; the register's scripts do not see it."""
        super().__init__(browser, address, name)
        world = f"__playwright_utility_world_{self.page._impl_obj._guid}"
        protocol = self.window.new_cdp_session(self.page)
        protocol.send("Page.enable")
        protocol.send("Page.addScriptToEvaluateOnNewDocument", {"source": CAN_BE_SEEN, "worldName": world})

    def style(self, selector: str, name: str) -> str:
        """Return a computed style of the first element that the selector finds."""
        style: str = self.page.locator(selector).first.evaluate(
            "(element, name) => getComputedStyle(element)[name]", name
        )
        return style
