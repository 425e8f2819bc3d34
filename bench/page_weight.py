"""What a first visit to a page of the desk loads, in bytes as sent, by kind of file.

    .venv/bin/python -m bench.page_weight http://127.0.0.1:8000 SIGN-IN-NAME PASSWORD [PATH …]

Signs in at a running register, opens each page in a browser with an empty cache, and prints the bytes of documents,
style sheets, scripts, fonts and pictures, and their sum. Two registers are compared by the ratio of their sums.
"""

import argparse
from collections import Counter

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PAGES = ("/admin/", "/admin/banks/outlet/")


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.page_weight")
    parser.add_argument("address")
    parser.add_argument("name")
    parser.add_argument("password")
    parser.add_argument("paths", nargs="*", default=PAGES)
    return parser.parse_args()


def signed_in(browser: Browser, asked: argparse.Namespace) -> Page:
    """Return a page of a window that is signed in."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{asked.address}/accounts/login/")
    page.fill("[name=login]", asked.name)
    page.fill("[name=password]", asked.password)
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")
    return page


def weight_of(page: Page, address: str) -> Counter[str]:
    """Return the bytes sent for a page without a cache, by kind of file."""
    sent: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: sent.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    network.detach()
    return sent


def main() -> None:
    """Measure and print."""
    asked = arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = signed_in(browser, asked)
        for path in asked.paths:
            sent = weight_of(page, asked.address + path)
            parts = ", ".join(f"{kind} {size:,}" for kind, size in sorted(sent.items()))
            print(f"{path}: {sent.total():,} bytes ({parts})")
        browser.close()


if __name__ == "__main__":
    main()
