"""The checklist of an inspection on a phone: filled in without a connection, and sent when there is one again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Route

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from conftest import People
from inspections.visits.models import ChecklistItem, InspectionVisit
from inspections.visits.terms import ItemResult, Severity
from inspections.visits.tests.factories import FACTS, criteria_of, planned
from tests.browser.person import NARROW, Person, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNSENT = """
    () => new Promise(done => {
        const request = indexedDB.open("unsent", 1);
        request.onsuccess = () => {
            if (!request.result.objectStoreNames.contains("files")) return done(0);
            const rows = request.result.transaction("files").objectStore("files").count();
            rows.onsuccess = () => { request.result.close(); done(rows.result); };
        };
    })
"""


@pytest.fixture
def visit(bank: Bank, people: People, edition: PolicyEdition) -> InspectionVisit:
    """An inspection that is planned for today."""
    return planned(bank, people)


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A photograph from the camera."""
    path = tmp_path / "现场照片.jpg"
    Image.new("RGB", (64, 48), "navy").save(path)
    return path


def checklist(visit: InspectionVisit) -> str:
    """Return the address of the checklist of its first outlet."""
    place = visit.outlets.earliest("pk")
    return reverse("admin:inspections_inspectionvisit_checklist", args=[visit.pk, place.pk])


def find(officer: Person, pk: int, photograph: Path) -> None:
    """Mark a criterion as not in order, with severity, facts and a photograph, as with a thumb."""
    officer.page.locator(f"label[for=id_result_{pk}_1]").click()
    officer.page.locator(f"label[for=id_severity_{pk}_1]").click()
    officer.page.fill(f"[name=facts_{pk}]", FACTS)
    officer.page.set_input_files(f"[name=photographs_{pk}]", photograph)


def until_kept(officer: Person) -> None:
    """Wait until the browser has kept one photograph."""
    for _patience in range(100):
        if officer.page.evaluate(UNSENT) == 1:
            break
        officer.page.wait_for_timeout(50)
    assert officer.page.evaluate(UNSENT) == 1


def over_plain_http(route: Route) -> None:
    """Answer as over HTTP, where browsers ignore the header that clears their storage: the script does it alone."""
    answer = route.fetch(max_redirects=0)
    kept = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
    assert len(kept) < len(answer.headers)
    route.fulfill(response=answer, headers=kept)


def assert_found(pk: int) -> None:
    """Check that the finding is stored with its photograph."""
    item = ChecklistItem.objects.get(criterion=pk)
    assert (item.result, item.severity, item.facts) == (ItemResult.NOT_IN_ORDER, Severity.MODERATE, FACTS)
    assert [file.name for file in item.files.all()] == ["现场照片.jpg"]


def test_checklist_is_sent_when_the_connection_is_back(
    at_desk: Callable[[str], Person], officers: None, visit: InspectionVisit, photograph: Path
) -> None:
    officer = at_desk("inspector").sign_in()
    officer.open(checklist(visit))
    officer.picture("checklist")
    officer.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    first, second, *_others = criteria_of(visit)
    assert officer.page.locator(f"[name=photographs_{first.pk}]").get_attribute("capture") == "environment"
    officer.window.set_offline(offline=True)
    find(officer, first.pk, photograph)
    officer.page.locator(f"label[for=id_result_{second.pk}_0]").click()
    officer.page.get_by_role("button", name="保存检查清单").click()
    until(officer.page, "document.body.innerText.includes('没有网络。已保存在本机')")
    assert not ChecklistItem.objects.exists()
    officer.window.set_offline(offline=False)
    officer.page.wait_for_url("**/change/")
    assert_found(first.pk)
    assert ChecklistItem.objects.get(criterion=second).result == ItemResult.IN_ORDER
    assert officer.page.evaluate(UNSENT) == 0


def test_page_that_the_phone_closed_has_everything_again(
    at_desk: Callable[[str], Person], officers: None, visit: InspectionVisit, photograph: Path
) -> None:
    officer = at_desk("inspector").sign_in()
    officer.open(checklist(visit))
    (pk, *_others) = (one.pk for one in criteria_of(visit))
    officer.window.set_offline(offline=True)
    find(officer, pk, photograph)
    until(officer.page, f"Object.values(localStorage).some(draft => draft.includes('{FACTS}'))")
    until_kept(officer)
    officer.page.close()
    officer.window.set_offline(offline=False)
    officer.page = officer.window.new_page()
    officer.open(checklist(visit))
    assert officer.page.input_value(f"[name=facts_{pk}]") == FACTS
    officer.page.locator(".chosen .file", has_text="现场照片.jpg").wait_for()
    officer.press("保存检查清单")
    assert_found(pk)
    assert officer.page.evaluate(UNSENT) == 0


def test_signing_out_on_any_page_forgets_what_was_not_uploaded(
    at_desk: Callable[[str], Person], officers: None, visit: InspectionVisit, photograph: Path
) -> None:
    officer = at_desk("inspector").sign_in()
    officer.open(checklist(visit))
    officer.window.set_offline(offline=True)
    find(officer, criteria_of(visit)[0].pk, photograph)
    until_kept(officer)
    officer.page.close()
    officer.window.set_offline(offline=False)
    officer.page = officer.window.new_page()
    officer.open("/admin/")
    until_kept(officer)
    officer.page.route("**/logout/", over_plain_http)
    officer.page.evaluate("() => document.querySelector('form[action$=\"logout/\"]').requestSubmit()")
    officer.page.wait_for_url("**/accounts/login/**")
    assert officer.page.evaluate(UNSENT) == 0


def test_finding_that_is_not_whole_is_said_at_its_criterion(
    at_desk: Callable[[str], Person], officers: None, visit: InspectionVisit
) -> None:
    officer = at_desk("inspector").sign_in()
    officer.open(checklist(visit))
    (pk, *_others) = (one.pk for one in criteria_of(visit))
    officer.page.locator(f"label[for=id_result_{pk}_1]").click()
    officer.press("保存检查清单")
    said = officer.page.locator(f"#criterion-{pk}").inner_text()
    assert "请选择严重程度" in said
    assert "请写明发现的情况" in said
    officer.picture("checklist-wrong")
    assert not ChecklistItem.objects.exists()
