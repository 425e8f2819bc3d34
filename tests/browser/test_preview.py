"""Evidence on the review page: Chromium shows PDF and pictures under their security policies."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.actions.evidence import attach_evidence
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.tests.factories import answer_all
from banks.register.models import Bank
from tests.browser.person import PASSWORD, Person, until
from zsbank.base.accounts.models import User
from zsbank.base.files.actions import record_scan
from zsbank.base.files.scanner import Answer
from zsbank.base.pages.file_response import INLINE_POLICY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]
RED = (255, 0, 0)


def red(kind: str) -> bytes:
    """Return a document recognisable by its colour."""
    out = BytesIO()
    Image.new("RGB", (300, 300), RED).save(out, kind)
    return out.getvalue()


def red_dots(person: Person, where: str = "iframe[name=shown]") -> int:
    """Return the number of red pixels where the evidence is shown."""
    person.page.wait_for_timeout(2000)
    shot = person.page.locator(where).screenshot()
    with Image.open(BytesIO(shot)) as picture:
        found = picture.convert("RGB").getcolors(maxcolors=1 << 24) or []
    return sum(count for count, (red, green, blue) in found if red > 240 and max(green, blue) < 15)  # type: ignore[misc]


def test_review_page_shows_pdf_and_picture(
    with_viewer: Browser, live_server: LiveServer, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    first = edition.criteria.get(number=1)
    for content, name in ((red("PDF"), "红.pdf"), (red("PNG"), "红.png")):
        attach_evidence(
            application=application, criterion=first, by=clerk, content=ContentFile(content), name=name
        )
    answer_all(application, clerk)
    submit_application(application=application, by=clerk)
    accept_application(application=application, by=User.objects.get(username="intake"))
    reviewer = Person(with_viewer, live_server.url, "reviewer").sign_in()
    reviewer.open(f"/admin/admission/application/{application.pk}/review/1/")
    assert red_dots(reviewer) > 10_000
    reviewer.page.get_by_role("link", name="红.png").click()
    assert red_dots(reviewer, ".picture") == 300 * 300
    links = [link.get_attribute("href") for link in reviewer.page.locator(".files a[data-show]").all()[:2]]
    assert [link.partition("#")[2] for link in links if link] == ["view=FitH&navpanes=0&pagemode=none", ""]
    given = [reviewer.window.request.get(f"{reviewer.address}{link}") for link in links]
    assert [answer.headers["content-security-policy"] for answer in given] == [
        INLINE_POLICY,
        f"{INLINE_POLICY}; sandbox",
    ]


def test_photograph_is_fitted_enlarged_and_turned(
    at_desk: Callable[[str], Person], bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    out = BytesIO()
    Image.new("RGB", (3000, 1500), RED).save(out, "JPEG")
    attach_evidence(
        application=application,
        criterion=edition.criteria.get(number=1),
        by=clerk,
        content=ContentFile(out.getvalue()),
        name="照片.jpg",
    )
    answer_all(application, clerk)
    submit_application(application=application, by=clerk)
    accept_application(application=application, by=User.objects.get(username="intake"))
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open(f"/admin/admission/application/{application.pk}/review/1/")
    photo, pane = reviewer.page.locator(".picture img"), reviewer.page.locator(".picture")
    until(reviewer.page, "document.querySelector('.picture img').complete")
    reviewer.page.wait_for_timeout(300)
    room = pane.bounding_box()
    assert room

    def size() -> tuple[int, int]:
        """Return width and height of the photograph as shown."""
        box = photo.bounding_box()
        assert box
        return round(box["width"]), round(box["height"])

    fitted = size()
    assert (fitted[0] <= room["width"] + 1, round(fitted[0] / fitted[1], 1)) == (True, 2)
    reviewer.page.keyboard.press("t")
    assert round(size()[1] / size()[0], 1) == 2
    assert size()[1] <= room["height"] + 1
    reviewer.page.keyboard.press("Shift+T")
    reviewer.page.keyboard.press("+")
    assert size()[0] > fitted[0]
    reviewer.page.get_by_role("button", name="适合窗口").click()
    assert size() == fitted
    pane.hover()
    reviewer.page.mouse.wheel(0, -100)
    assert size()[0] > fitted[0]
    reviewer.page.keyboard.press("0")
    assert size() == fitted


def test_member_sees_scan_and_quarantine_of_files(
    at_desk: Callable[[str], Person], bank: Bank, clerk: User, edition: PolicyEdition, settings: Settings
) -> None:
    settings.CLAMAV_SOCKET = "unix:/nobody/there.sock"
    clerk.set_password(PASSWORD)
    clerk.save(update_fields=["password"])
    application = start_application(bank=bank, by=clerk)
    first = edition.criteria.get(number=1)
    waiting, bad = (
        attach_evidence(
            application=application, criterion=first, by=clerk, content=ContentFile(red(kind)), name=name
        )
        for name, kind in (("营业执照副本及金融许可证.pdf", "PDF"), ("章程.png", "PNG"))
    )
    record_scan(file_id=bad.file_id, answer=Answer("Eicar-Test-Signature"))
    person = at_desk("clerk").sign_in()
    person.open(f"/applications/{application.pk}/criteria/1/")
    rows = person.page.locator("#evidence-list .file")
    assert [row.locator(".tag").count() for row in rows.all()] == [1, 1]
    assert rows.locator(f'a[href*="/evidence/{waiting.pk}/"], a[href*="/evidence/{bad.pk}/"]').count() == 0
    person.picture("evidence-being-checked")
