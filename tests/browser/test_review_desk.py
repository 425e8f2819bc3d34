"""The review desk as an officer uses it: by keyboard, with slow answers, without connection, with an input method."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.models import Finding
from admission.review.states import FindingResult
from admission.tests.factories import let_checks_pass, submitted
from banks.register.models import Bank
from conftest import make_officer
from tests.browser.person import Person, until
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]
At = Callable[[str], Person]
SLOWLY = """
const fetched = window.fetch;
window.fetch = async (address, options) => {
  const answer = await fetched(address, options);
  if (options?.method === "POST") await new Promise((go) => setTimeout(go, %s));
  return answer;
};
"""
"""Answers to what is sent arrive so many milliseconds later."""


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application under review, of which every automatic check passes."""
    let_checks_pass(bank)
    return accept_application(application=submitted(bank, clerk), by=people.intake)


def address(application: Application, number: int = 1) -> str:
    """Return the address of the review page at a criterion."""
    return f"/admin/admission/application/{application.pk}/review/{number}/"


def results(application: Application) -> dict[int, str]:
    """Return the recorded results by number."""
    found = Finding.objects.filter(application=application).select_related("criterion")
    return {finding.criterion.number: finding.result for finding in found}


def all_saved(page: Page) -> None:
    """Wait until nothing is unsaved."""
    until(page, "!document.querySelector('.list a.unsaved')", seconds=60)


def said(page: Page, number: int) -> str:
    """Return the page's message on the save of a criterion."""
    return page.locator(f"#criterion-{number} .said").inner_text()


@pytest.mark.parametrize("delay", ["100", "3000", "100 + Math.random() * 1400"])
def test_keys_mark_shown_criterion(at_desk: At, application: Application, delay: str) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.page.add_init_script(SLOWLY % delay)
    reviewer.open(address(application))
    wanted = {}
    for number in range(1, 7):
        met = number % 2 == 1
        reviewer.page.keyboard.press("1" if met else "2")
        if not met:
            reviewer.page.keyboard.insert_text(f"第{number}条不符。")
            reviewer.page.keyboard.press("Escape")
        wanted[number] = "met" if met else "not_met"
        reviewer.page.keyboard.press("j")
        assert reviewer.page.locator(".list [aria-current]").get_attribute("id") == f"item-{number + 1}"
        assert reviewer.page.url.endswith(address(application, number + 1))
    all_saved(reviewer.page)
    assert results(application) == wanted
    reasons = Finding.objects.filter(application=application, result="not_met").order_by("criterion__number")
    assert [row.reason for row in reasons] == ["第2条不符。", "第4条不符。", "第6条不符。"]


def test_keys_do_not_write_into_fields(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    for key in ("2", "3"):
        reviewer.page.keyboard.press(key)
        assert reviewer.page.input_value("#reason-1") == ""
        reviewer.page.keyboard.press("Escape")
    assert said(reviewer.page, 1) == "未保存：请填写理由"
    reviewer.page.keyboard.press("r")
    reviewer.page.keyboard.type("1j2k")
    assert reviewer.page.input_value("#reason-1") == "1j2k"
    assert reviewer.page.locator(".list [aria-current]").get_attribute("id") == "item-1"


def test_input_method_keys_mark_nothing(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    composing = "new KeyboardEvent('keydown', {key: '%s', isComposing: true, bubbles: true})"
    for key in "123j":
        reviewer.page.evaluate(f"document.body.dispatchEvent({composing % key})")
    assert reviewer.page.locator("#criterion-1 :checked").count() == 0
    reviewer.page.keyboard.press("2")
    typing = reviewer.window.new_cdp_session(reviewer.page)
    typing.send("Input.imeSetComposition", {"text": "mei2", "selectionStart": 4, "selectionEnd": 4})
    reviewer.page.wait_for_timeout(1200)
    assert results(application) == {}
    typing.send("Input.insertText", {"text": "没有窗口。"})
    all_saved(reviewer.page)
    assert Finding.objects.get().reason == "没有窗口。"


def test_unsent_findings_are_kept_and_sent_in_order(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    reviewer.window.set_offline(True)
    for _number in (1, 2, 3):
        reviewer.page.keyboard.press("1")
        reviewer.page.keyboard.press("j")
    until(reviewer.page, "document.getElementById('unsaved').textContent.includes('1, 2, 3')")
    assert "未保存" in reviewer.page.locator("#unsaved").inner_text()
    assert results(application) == {}
    reviewer.window.set_offline(False)
    all_saved(reviewer.page)
    found = Finding.objects.order_by("at").values_list("criterion__number", flat=True)
    assert [*found] == [1, 2, 3]
    assert reviewer.page.locator("#unsaved").inner_text() == ""


@pytest.mark.parametrize("status", [502, 429])
def test_failed_request_is_retried(at_desk: At, application: Application, status: int) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    answers = iter([status, status])

    def refuse(route: object) -> None:
        left = next(answers, None)
        route.fulfill(status=left) if left else route.continue_()  # type: ignore[attr-defined]

    reviewer.page.route(f"**{address(application)}", refuse)
    reviewer.page.keyboard.press("1")
    until(reviewer.page, "document.querySelector('#criterion-1 .said').textContent.includes('重试')")
    all_saved(reviewer.page)
    assert results(application) == {1: "met"}
    assert said(reviewer.page, 1).startswith("已保存 ")


def test_pasted_reason_is_not_cut_off(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    reviewer.page.keyboard.press("2")
    reviewer.page.keyboard.insert_text("甲" * 3000)
    reviewer.page.get_by_text("已有 3000 个字符，最多 2000 个").first.wait_for()
    until(reviewer.page, "document.querySelector('#criterion-1 .said').textContent.includes('最多 2000 个')")
    reason = reviewer.page.locator("#reason-1")
    assert len(reason.input_value()) == 3000
    reason.fill("甲" * 2000)
    reviewer.page.keyboard.press("Escape")
    all_saved(reviewer.page)
    assert Finding.objects.get().reason == "甲" * 2000


def test_unsaved_finding_is_sent_after_new_sign_in(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    reviewer.window.clear_cookies()
    reviewer.page.keyboard.press("2")
    reviewer.page.keyboard.insert_text("没有窗口。")
    reviewer.page.keyboard.press("Escape")
    until(reviewer.page, "document.querySelector('#criterion-1 .said a')")
    assert "登录已结束" in said(reviewer.page, 1)
    desk, reviewer.page = reviewer.page, reviewer.window.new_page()
    reviewer.sign_in()
    desk.bring_to_front()
    desk.evaluate("document.dispatchEvent(new CustomEvent('signed-in-again'))")
    all_saved(desk)
    assert Finding.objects.get().reason == "没有窗口。"


def test_unsaved_finding_is_not_sent_by_another_person(at_desk: At, application: Application) -> None:
    make_officer("reviewer2", Role.REVIEWER).set_password("x")
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    desk, reviewer.page, reviewer.name = reviewer.page, reviewer.window.new_page(), "decider"
    reviewer.sign_in()
    desk.bring_to_front()
    desk.keyboard.press("1")
    until(desk, "document.querySelector('#criterion-1 .said a')")
    assert results(application) == {}


def test_unsaved_reason_survives_reload(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    reviewer.page.keyboard.press("r")
    reviewer.page.keyboard.insert_text("只写了理由。")
    reviewer.page.keyboard.press("Escape")
    for key in "jk":
        reviewer.page.keyboard.press(key)
    assert reviewer.page.input_value("#reason-1") == "只写了理由。"
    reviewer.page.on("dialog", lambda dialog: dialog.accept())
    reviewer.page.reload()
    assert reviewer.page.input_value("#reason-1") == "只写了理由。"
    assert said(reviewer.page, 1) == "未保存：请选择审查结论"


def test_finding_of_colleague_is_shown_beside_own(
    at_desk: At, application: Application, people: "People"
) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    record_finding(
        application=application,
        criterion=application.edition.criteria.get(number=1),
        by=make_officer("reviewer2", Role.REVIEWER),
        result=FindingResult.NOT_MET,
        reason="没有窗口。",
    )
    reviewer.page.keyboard.press("1")
    theirs = reviewer.page.locator("#criterion-1 .theirs")
    theirs.wait_for()
    assert "没有窗口。" in theirs.inner_text()
    assert results(application) == {1: "not_met"}
    reviewer.picture("review-conflict")
    theirs.get_by_role("button", name="以我的为准").click()
    all_saved(reviewer.page)
    assert results(application) == {1: "met"}


def test_keys_are_listed(at_desk: At, application: Application) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    reviewer.page.keyboard.press("?")
    assert "下一条" in reviewer.page.locator("#keys").inner_text()
    reviewer.page.keyboard.press("1")
    reviewer.page.keyboard.press("Escape")
    assert reviewer.page.locator("#criterion-1 :checked").count() == 0


def test_reason_typed_with_pauses_is_recorded_once(
    at_desk: At, application: Application, people: "People"
) -> None:
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(address(application))
    page = reviewer.page
    page.keyboard.press("2")
    for typed in ("执照", "复印件", "看不清。"):
        page.keyboard.insert_text(typed)
        page.wait_for_timeout(1500)
    assert Finding.objects.get().reason == "执照复印件看不清。"
    assert not Entry.objects.filter(verb=Verb.RECORD_FINDING).exists()
    with page.expect_response("**/review/1/"):
        page.keyboard.press("Escape")
    all_saved(page)
    [entry] = Entry.objects.filter(verb=Verb.RECORD_FINDING)
    assert entry.reason == "执照复印件看不清。"
