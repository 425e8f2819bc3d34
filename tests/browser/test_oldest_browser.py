"""Chromium 86, the oldest browser of docs/decisions/0026: pages are styled and work, and older ones are told."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tinycss2
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from admission.applications.models import Answer, Application
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.models import Finding
from admission.tests.factories import submitted
from banks.register.models import Bank
from bin.styles import SHEETS, built
from tests.browser.conftest import QUIETLY
from tests.browser.oldest import VERSION, OldPerson, chromium
from tests.browser.person import NARROW, until
from zsbank.base.accounts.models import User
from zsbank.base.pages.tests.test_old_browsers import FINE_WITHOUT

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], OldPerson]
SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").rglob("*.js"))
STRANGE = """
    parts => parts.filter(([name, value]) => {
        if (value) return !CSS.supports(name, value);
        try {
            document.querySelector(name);
        } catch {
            return true;
        }
    })
"""
"""Names the selectors and properties that the browser does not know."""

READ = """
    texts => texts.filter(([name, text]) => {
        try {
            new Function(text);
        } catch {
            return true;
        }
    }).map(([name]) => name)
"""
"""Names the scripts that the browser cannot read."""

BRAND, GROUND, MET = "rgb(29, 79, 145)", "rgb(245, 246, 248)", "rgb(233, 245, 238)"


@pytest.fixture(scope="module")
def old_browser(browser: Browser) -> Iterator[Browser]:
    """Chromium 86."""
    old = browser.browser_type.launch(executable_path=chromium(), args=list(QUIETLY))
    assert old.version.startswith(VERSION)
    yield old
    old.close()


@pytest.fixture
def sit(old_browser: Browser, live_server: LiveServer) -> Iterator[Sit]:
    """Open a window of the old browser for an account by name."""
    windows: list[OldPerson] = []

    def sit_down(name: str) -> OldPerson:
        windows.append(OldPerson(old_browser, live_server.url, name))
        return windows[-1]

    yield sit_down
    for window in windows:
        window.close()


def test_bank_answers_a_criterion(sit: Sit, draft: Application, document: Path) -> None:
    clerk = sit("bank-a").sign_in()
    assert clerk.style("body", "backgroundColor") == GROUND
    assert clerk.style(".frame", "display") == "grid"
    assert clerk.style(".btn", "backgroundColor") == BRAND
    clerk.open(f"/applications/{draft.pk}/criteria/4/")
    assert clerk.style("[name=text]", "borderTopWidth") == "1px"
    clerk.page.locator("[name=text]").press_sequentially("旧浏览器里写的。")
    clerk.page.locator("#saved").filter(has_text="已保存").wait_for()
    assert Answer.objects.get().text == "旧浏览器里写的。"
    clerk.open(f"/applications/{draft.pk}/criteria/2/")
    clerk.attach("file", document)
    clerk.page.locator(".file .named").filter(has_text=document.name).wait_for()
    clerk.fill(text="材料附后。")
    clerk.press("保存并留在本页")
    assert set(Answer.objects.values_list("text", flat=True)) == {"旧浏览器里写的。", "材料附后。"}


@pytest.mark.usefixtures("officers")
def test_officer_reviews_by_keys(
    sit: Sit, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    reviewer = sit("reviewer").sign_in()
    reviewer.open(f"/admin/admission/application/{application.pk}/review/1/")
    reviewer.page.keyboard.press("1")
    assert reviewer.style("#criterion-1 :checked + label", "backgroundColor") == MET
    reviewer.page.keyboard.press("j")
    reviewer.page.keyboard.press("2")
    reviewer.page.keyboard.insert_text("没有窗口。")
    reviewer.page.keyboard.press("Escape")
    until(reviewer.page, "!document.querySelector('.list a.unsaved')")
    found = Finding.objects.order_by("criterion__number").values_list("result", "reason")
    assert [*found] == [("met", ""), ("not_met", "没有窗口。")]


@pytest.mark.usefixtures("officers")
def test_officer_finds_work(sit: Sit, bank: Bank, clerk: User, edition: PolicyEdition) -> None:
    number = submitted(bank, clerk).case_number
    officer = sit("intake").sign_in()
    assert number in officer.open("/admin/")
    assert officer.style(".office", "display") == "grid"
    officer.page.keyboard.press("Control+k")
    officer.page.keyboard.type(number)
    officer.page.locator(".palette-found a").filter(has_text=number).wait_for()
    officer.page.locator("[data-close]").click()
    officer.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    menu = officer.page.locator(".rail")
    assert not menu.is_visible()
    officer.page.get_by_role("button", name="菜单").click()
    assert menu.is_visible()
    officer.page.mouse.click(NARROW["width"] - 10, 600)
    assert not menu.is_visible()


def test_older_browser_is_told_in_one_line(sit: Sit) -> None:
    """Without any style, as in a browser that knows none of it, the line shows and the mark stays small."""
    anybody = sit("nobody")
    anybody.open("/accounts/login/")
    line = anybody.page.locator(".too-old")
    assert not line.is_visible()
    anybody.page.route("**/*.css", lambda route: route.abort())
    anybody.page.reload()
    assert line.is_visible()
    assert "Chromium 86" in line.inner_text()
    assert anybody.page.evaluate("document.querySelector('img.logo').width") == 28


def written(nodes: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield the selectors of a style sheet, each with an empty text, and its properties with their values."""
    for node in nodes:
        if isinstance(node, tinycss2.ast.QualifiedRule):
            yield tinycss2.serialize(node.prelude), ""
            for one in tinycss2.parse_declaration_list(
                node.content, skip_comments=True, skip_whitespace=True
            ):
                yield one.lower_name, tinycss2.serialize(one.value)
        elif node.lower_at_keyword in ("media", "supports"):
            yield from written(tinycss2.parse_rule_list(node.content, skip_whitespace=True))


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheet_is_understood(old_browser: Browser, name: str) -> None:
    page = old_browser.new_page()
    nodes = tinycss2.parse_stylesheet(built(name), skip_comments=True, skip_whitespace=True)
    strange = [one for one, *_value in page.evaluate(STRANGE, [*written(nodes)]) if "-moz-" not in one]
    page.close()
    assert [one for one in strange if one not in FINE_WITHOUT and "::file-selector-button" not in one] == []


def test_scripts_are_understood(old_browser: Browser) -> None:
    """Statements between modules are left out, because the scripts are read as functions."""
    between = re.compile(r"^(import .*;|export )", re.MULTILINE)
    texts = [(script.name, between.sub("", script.read_text(encoding="utf-8"))) for script in SCRIPTS]
    page = old_browser.new_page()
    assert page.evaluate(READ, texts) == []
    assert page.evaluate(READ, [["newer.js", "class Newer { static { } }"]]) == ["newer.js"]
    page.close()
