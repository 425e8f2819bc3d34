"""Files chosen in a form in a real browser: they survive a refusal, a break of the line and the end of a sign-in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationReport
from inspections.rectification.tests.factories import HEARD, ordered
from tests.browser.person import PASSWORD, SOON_BACK, Person
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.choosing import forget
from zsbank.base.files.models import ChosenFile, StoredFile

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]
At = Callable[[str], Person]
KEPT_WITHIN_MS = 500


@pytest.fixture
def report_page(bank: Bank, clerk: User, people: "People", edition: PolicyEdition) -> str:
    """The page of the rectification report."""
    clerk.set_password(PASSWORD)
    clerk.save(update_fields=["password"])
    with clock.playing(clock.today() - 2 * HEARD):
        admitted(bank, clerk, people)
    order = ordered(bank, people, on=clock.today())
    return f"/rectification/{order.pk}/report/"


def kept(person: Person) -> str:
    """Return the rows of the form's files."""
    return person.page.locator(".chosen").inner_text()


def test_refused_report_keeps_files(at_desk: At, report_page: str, document: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一件.pdf"
    other.write_bytes(document.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1) + b"\n")
    clerk = at_desk("clerk").sign_in()
    clerk.open(report_page)
    clerk.page.set_input_files("[name=files]", [document, other])
    clerk.page.locator(".chosen .file").nth(1).wait_for()
    clerk.page.set_input_files("[name=files]", document)
    clerk.page.get_by_text("已选择过同一文件").wait_for()
    clerk.press("提交整改报告")
    assert "证明材料.pdf" in kept(clerk)
    assert "另一件.pdf" in kept(clerk)
    clerk.picture("bank-report-refused")
    remove = clerk.page.get_by_role("button", name="移除 另一件.pdf")
    remove.click()
    clerk.page.get_by_role("button", name="撤销 另一件.pdf").click()
    clerk.page.get_by_role("button", name="移除 另一件.pdf").click()
    clerk.fill(text="窗口已全部开放。")
    clerk.press("提交整改报告")
    report = RectificationReport.objects.get()
    assert [file.name for file in report.files.all()] == ["证明材料.pdf"]
    clerk.page.wait_for_load_state("networkidle")
    assert not ChosenFile.objects.exists()


def test_upload_resumes_after_disconnection_and_sign_in(
    at_desk: At, report_page: str, document: Path
) -> None:
    clerk = at_desk("clerk").sign_in()
    clerk.open(report_page)
    answers = [503, 401]

    def break_off(route: Route) -> None:
        if answers:
            route.fulfill(status=answers.pop(0), body="")
        else:
            route.continue_()

    clerk.page.route("**/files/chosen/", break_off)
    clerk.page.set_input_files("[name=files]", document)
    clerk.page.get_by_text("未保存，正在重试").wait_for()
    assert clerk.page.locator("form[data-uploading]").count() == 1
    clerk.page.get_by_text("登录已结束，重新登录后继续").wait_for()
    clerk.page.evaluate("document.dispatchEvent(new Event('signed-in-again'))")
    clerk.page.locator(".chosen .file").wait_for()
    assert clerk.page.locator("form[data-uploading]").count() == 0
    assert StoredFile.objects.filter(chosen__isnull=False).count() == 1


def test_selected_files_are_in_the_form_after_the_window_was_closed(
    at_desk: At, report_page: str, document: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一件.pdf"
    other.write_bytes(document.read_bytes() + b"\n")
    clerk = at_desk("clerk").sign_in()
    clerk.open(report_page)
    clerk.page.set_input_files("[name=files]", [document, other])
    clerk.page.locator(".chosen .file").nth(1).wait_for()
    clerk.page.get_by_role("button", name="移除 另一件.pdf").click()
    clerk.page.wait_for_timeout(KEPT_WITHIN_MS)
    clerk.page.close()
    clerk.page = clerk.window.new_page()
    clerk.page.route("**/files/chosen/*/?name=files", lambda route: route.abort(), times=1)
    clerk.open(report_page)
    clerk.page.evaluate(SOON_BACK)
    clerk.page.locator(".chosen .file").wait_for()
    assert "证明材料.pdf" in kept(clerk)
    assert "另一件.pdf" not in kept(clerk)
    clerk.fill(text="窗口已全部开放。")
    clerk.press("提交整改报告")
    assert RectificationReport.objects.get().files.get().name == "证明材料.pdf"


def test_selected_file_that_is_gone_is_said(at_desk: At, report_page: str, document: Path) -> None:
    clerk = at_desk("clerk").sign_in()
    clerk.open(report_page)
    clerk.page.set_input_files("[name=files]", document)
    clerk.page.locator(".chosen .file").wait_for()
    clerk.page.wait_for_timeout(KEPT_WITHIN_MS)
    forget(ChosenFile.objects.get().pk)
    clerk.open(report_page)
    clerk.page.get_by_text("您此前选择的文件已不再保留").wait_for()


def test_refused_determination_keeps_document(
    at_desk: At, bank: Bank, clerk: User, people: "People", edition: PolicyEdition, document: Path
) -> None:
    admitted(bank, clerk, people)
    inspector = at_desk("inspector").sign_in()
    inspector.open("/admin/inspections/determination/do/propose_determination/")
    inspector.fill(
        bank=str(bank.pk),
        kind="criteria_not_met",
        paper_date="2099-01-01",
        paper_signed_by=str(people.decider.pk),
        criteria=str(edition.criteria.get(number=5).pk),
        facts="两个窗口未开放。",
    )
    inspector.attach("document", document)
    inspector.press("提出认定建议")
    assert "证明材料.pdf" in kept(inspector)
    inspector.picture("desk-determination-refused")
    inspector.fill(paper_date=clock.today().isoformat())
    inspector.press("提出认定建议")
    assert Determination.objects.get().document.name == "证明材料.pdf"
    assert not ChosenFile.objects.exists()


def test_refused_form_keeps_files_without_scripts(at_desk: At, report_page: str, document: Path) -> None:
    clerk = at_desk("clerk").sign_in()
    clerk.page.route("**/js/*.js", lambda route: route.abort())
    clerk.open(report_page)
    clerk.page.set_input_files("[name=files]", document)
    clerk.press("提交整改报告")
    assert clerk.page.get_by_role("checkbox", name="提交").is_checked()
    clerk.fill(text="窗口已全部开放。")
    clerk.press("提交整改报告")
    assert RectificationReport.objects.get().files.get().name == "证明材料.pdf"
