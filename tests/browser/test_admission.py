"""Admission in a browser: every criterion, old tabs, double clicks, uploads."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

from admission.applications.models import Answer, Application, Evidence
from admission.applications.states import ApplicationState
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Decision
from admission.review.actions.acceptance import accept_application
from admission.review.models import Finding
from admission.review.states import FindingResult
from admission.tests.factories import answer_all, recommended
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from tests.browser.filling import answer
from tests.browser.person import Person
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]
At = Callable[[str], Person]


def page_of(application: Application, number: int) -> str:
    """Return the address of a criterion in the portal."""
    return f"/applications/{application.pk}/criteria/{number}/"


def test_every_criterion_is_answered_and_found_met_or_not_met(
    at_desk: At, draft: Application, document: Path
) -> None:
    OutletFactory.create_batch(2, bank=draft.bank)
    clerk = at_desk("bank-a").sign_in()
    for number in range(1, 25):
        clerk.open(page_of(draft, number))
        missing = clerk.page.locator("#lacking").inner_text()
        assert "没有" not in missing, f"{number}: {missing}"
        assert ("前补齐，不影响" in clerk.page.inner_text("main")) == (number in (8, 14)), number
        answer(clerk, page_of(draft, number), number, document)
        clerk.open(page_of(draft, number))
        assert "没有" in clerk.page.locator("#lacking").inner_text()
    clerk.open(f"/applications/{draft.pk}/submit/")
    clerk.fill(declared="on")
    clerk.press("提交申请")
    accept_application(application=Application.objects.get(), by=User.objects.get(username="intake"))

    reviewer = at_desk("reviewer").sign_in()
    for number in range(1, 25):
        reviewer.open(f"/admin/admission/application/{draft.pk}/review/{number}/")
        find(reviewer, number, "1", FindingResult.MET)
        find(reviewer, number, "2", FindingResult.NOT_MET, reason=f"第{number}条与实际不符。")
    reviewer.open(f"/admin/admission/application/{draft.pk}/do/recommend/")
    letter = reviewer.page.locator("article.letter").inner_text()
    assert all(f"第{number}条与实际不符。" in letter for number in range(1, 25))
    assert reviewer.page.locator("[name=outcome]").count() == 1
    reviewer.picture("desk-recommend-refusal")


def find(reviewer: Person, number: int, key: str, result: FindingResult, reason: str = "") -> None:
    """Choose a finding with its key, with a reason if needed, and wait until it is saved."""
    if reason:
        reviewer.page.fill(f"#reason-{number}", reason)
        reviewer.page.keyboard.press("Escape")
    reviewer.page.keyboard.press(key)
    saved = Finding.objects.filter(criterion__number=number, result=result, reason=reason)
    for _patience in range(100):
        if saved.exists():
            break
        reviewer.page.wait_for_timeout(50)
    assert saved.exists(), f"criterion {number} is not on record as {result}"
    reviewer.page.get_by_role("status").filter(has_text="已保存").first.wait_for()


def test_old_tab_gets_edit_conflict_and_keeps_input(at_desk: At, draft: Application) -> None:
    first, second = at_desk("bank-a").sign_in(), at_desk("bank-a").sign_in()
    for person in (first, second):
        person.open(page_of(draft, 4))
    first.fill(text="第一个窗口写的。")
    first.press("保存并留在本页")
    second.fill(text="第二个窗口写的。")
    second.press("保存并留在本页")
    assert second.page.get_by_role("alert").count() == 1
    assert second.page.input_value("[name=text]") == "第二个窗口写的。"
    assert "第一个窗口写的。" in second.text()
    second.picture("bank-stale")
    second.press("保存并留在本页")
    assert Answer.objects.get().text == "第二个窗口写的。"


def test_double_click_submits_once(at_desk: At, draft: Application, person_of_bank: User) -> None:
    answer_all(draft, person_of_bank)
    clerk = at_desk("bank-a").sign_in()
    clerk.open(f"/applications/{draft.pk}/submit/")
    clerk.fill(declared="on")
    clerk.press_twice("提交申请")
    assert Application.objects.get().state == ApplicationState.SUBMITTED
    assert Entry.objects.filter(verb="submit_application").count() == 1


def test_double_click_decides_once(at_desk: At, bank: Bank, person_of_bank: User, people: object) -> None:
    application = recommended(bank, person_of_bank, people)
    decider = at_desk("decider").sign_in()
    decider.open(f"/admin/admission/application/{application.pk}/do/decide/")
    decider.press_twice("签发决定")
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(verb="decide").count() == 1


def test_decision_from_old_tab_is_refused(
    at_desk: At, bank: Bank, person_of_bank: User, people: object
) -> None:
    application = recommended(bank, person_of_bank, people)
    decider = at_desk("decider").sign_in()
    decider.open(f"/admin/admission/application/{application.pk}/do/decide/")
    decide(application=application, by=User.objects.get(username="decider2"))
    decider.press("签发决定")
    assert decider.page.get_by_role("alert").count() >= 1
    assert Decision.objects.get().by.username == "decider2"


def test_upload_shows_progress_and_keeps_input(
    at_desk: At, draft: Application, document: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏件.pdf"
    bad.write_bytes(b"MZ nothing")
    clerk = at_desk("bank-a").sign_in()
    clerk.open(page_of(draft, 1))
    clerk.fill(text="正在填写。")
    clerk.page.set_input_files("[name=file]", [document, bad])
    clerk.page.locator("#evidence-list .file").wait_for()
    clerk.page.locator(".uploads .error").wait_for()
    assert "坏件.pdf" in clerk.page.locator(".uploads").inner_text()
    assert clerk.page.input_value("[name=text]") == "正在填写。"
    assert "没有附" not in clerk.page.locator("#lacking").inner_text()
    clerk.picture("bank-uploaded")
    clerk.page.select_option("[name=replaces]", index=1)
    clerk.page.set_input_files("[name=file]", document)
    clerk.page.locator("#evidence-list details").wait_for()
    assert Evidence.objects.filter(removed_at=None).count() == 1
    assert Evidence.objects.count() == 2


def test_saving_waits_for_uploads(at_desk: At, draft: Application, document: Path) -> None:
    clerk = at_desk("bank-a").sign_in()
    clerk.open(page_of(draft, 1))

    def slowly(route: Route) -> None:
        time.sleep(0.8)
        route.continue_()

    clerk.page.route("**/evidence/", slowly)
    clerk.fill(text="证照附后。")
    clerk.page.set_input_files("[name=file]", document)
    clerk.press("保存并继续")
    assert clerk.page.url.endswith("/criteria/2/")
    assert (Evidence.objects.count(), Answer.objects.get().text) == (1, "证照附后。")


def test_control_axe_finds_fault(at_desk: At) -> None:
    """Control: a picture without alternative text fails the check."""
    person = at_desk("nobody")
    person.open("/accounts/login/")
    person.accessible("sign-in")
    person.page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/static/img/mark.svg\">'")
    with pytest.raises(AssertionError, match="image-alt"):
        person.accessible("broken")
