"""The answer to a criterion saves itself: slow servers, no line, input methods, leaving at once, an idle session."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route
from pytest_django import Settings

from admission.applications.models import Answer, Application
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
At = Callable[[str], Person]
COMPOSE = """
    words => {
        const field = document.querySelector("[name=text]");
        field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
        field.value += words;
        field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    }
"""
COMPOSED = """
    words => {
        const field = document.querySelector("[name=text]");
        field.value = words;
        field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: words }));
    }
"""


@pytest.fixture
def clerk(at_desk: At, draft: Application) -> Person:
    """A clerk of the bank on the page of criterion 4."""
    clerk = at_desk("bank-a").sign_in()
    clerk.open(page_of(draft))
    return clerk


def page_of(application: Application) -> str:
    """Return the address of criterion 4."""
    return f"/applications/{application.pk}/criteria/4/"


def saved(person: Person) -> str:
    """Wait for the message that the page is saved, and return it."""
    said = person.page.locator("#saved").filter(has_text="已保存")
    said.wait_for()
    return said.inner_text()


def slowly(seconds: float) -> Callable[[Route], None]:
    """Let each answer to a form wait."""

    def wait(route: Route) -> None:
        if route.request.method == "POST":
            time.sleep(seconds)
        route.continue_()

    return wait


@pytest.mark.parametrize(("delay", "pause"), [(0.1, 1500), (0.6, 1500), (3.0, 0), (3.0, 1700)])
def test_saving_never_conflicts_with_autosave(clerk: Person, delay: float, pause: int) -> None:
    clerk.page.route("**/*", slowly(delay))
    clerk.page.locator("[name=text]").press_sequentially("写了一些，", delay=20)
    clerk.page.wait_for_timeout(pause)
    clerk.page.locator("[name=text]").press_sequentially("又写了一些。", delay=20)
    clerk.press("保存并留在本页")
    assert clerk.page.get_by_role("alert").count() == 0
    assert clerk.page.input_value("[name=text]") == "写了一些，又写了一些。"
    assert Answer.objects.get().text == "写了一些，又写了一些。"


def test_pasted_text_is_not_cut_off(clerk: Person) -> None:
    text = clerk.page.locator("[name=text]")
    text.focus()
    clerk.page.keyboard.insert_text("甲" * 100_000)
    clerk.page.get_by_text("已有 100000 个字符，最多 5000 个").first.wait_for()
    clerk.press("保存并留在本页")
    assert "最多 5000 个" in clerk.page.get_by_role("alert").first.inner_text()
    assert len(text.input_value()) == 100_000
    text.fill("甲" * 5000)
    clerk.press("保存并留在本页")
    assert Answer.objects.get().text == "甲" * 5000


def test_failed_autosave_is_shown_and_retried(clerk: Person) -> None:
    answers: list[dict[str, Any] | None] = [None, {"status": 502, "body": "Bad gateway"}]

    def broken(route: Route) -> None:
        answer = answers.pop(0) if answers else {}
        if answer is None:
            route.abort()
        elif answer:
            route.fulfill(**answer)
        else:
            route.continue_()

    clerk.page.route("**/autosave/", broken)
    clerk.page.locator("[name=text]").press_sequentially("断网时写的。")
    clerk.page.locator("#saved").filter(has_text="未保存，正在重试").wait_for()
    saved(clerk)
    assert not answers
    clerk.picture("bank-autosaved")
    assert Answer.objects.get().text == "断网时写的。"


def test_leaving_immediately_keeps_input(clerk: Person, draft: Application) -> None:
    clerk.page.locator("[name=text]").press_sequentially("刚写完就走。")
    clerk.page.goto(f"{clerk.address}/")
    clerk.open(page_of(draft))
    assert clerk.page.input_value("[name=text]") == "刚写完就走。"


def test_window_closed_offline_keeps_input(clerk: Person, draft: Application) -> None:
    clerk.window.set_offline(True)
    clerk.page.locator("[name=text]").press_sequentially("没有网。")
    clerk.page.locator("#saved").filter(has_text="未保存，正在重试").wait_for()
    clerk.page.close()
    clerk.window.set_offline(False)
    clerk.page = clerk.window.new_page()
    clerk.open(page_of(draft))
    assert clerk.page.input_value("[name=text]") == "没有网。"
    saved(clerk)
    assert Answer.objects.get().text == "没有网。"


def test_half_composed_words_are_not_saved(clerk: Person) -> None:
    clerk.page.evaluate(COMPOSE, "zhongshan")
    clerk.page.wait_for_timeout(2000)
    assert not Answer.objects.exists()
    clerk.page.evaluate(COMPOSED, "中山")
    saved(clerk)
    assert Answer.objects.get().text == "中山"


def test_colleagues_answer_is_not_overwritten_by_autosave(
    at_desk: At, clerk: Person, draft: Application
) -> None:
    second = at_desk("bank-a").sign_in()
    second.open(page_of(draft))
    clerk.page.locator("[name=text]").press_sequentially("第一个窗口。")
    saved(clerk)
    second.page.locator("[name=text]").press_sequentially("第二个窗口。")
    second.page.locator("#saved.error").wait_for()
    assert Answer.objects.get().text == "第一个窗口。"
    assert second.page.input_value("[name=text]") == "第二个窗口。"


def test_ending_session_warns_and_is_prolonged(at_desk: At, draft: Application, settings: Settings) -> None:
    settings.SESSION_IDLE_SECONDS = 200
    clerk = at_desk("bank-a")
    clerk.page.clock.install()
    clerk.sign_in()
    clerk.open(page_of(draft))
    clerk.page.clock.fast_forward(31_000)
    warning = clerk.page.locator("#sign-in-idle[open]")
    warning.wait_for()
    assert "分钟后将退出登录" in warning.inner_text()
    clerk.picture("bank-idle-warning")
    clerk.page.get_by_role("button", name="保持登录").click()
    warning.wait_for(state="detached")


def test_ended_session_continues_after_sign_in_elsewhere(clerk: Person) -> None:
    clerk.page.locator("[name=text]").press_sequentially("登录结束后写的。")
    clerk.window.clear_cookies()
    clerk.page.locator("#sign-in-ended[open]").wait_for()
    assert "登录已结束，重新登录后继续" in clerk.page.locator("#saved").inner_text()
    clerk.picture("bank-session-ended")
    clerk.take_the_step()
    saved(clerk)
    assert Answer.objects.get().text == "登录结束后写的。"
