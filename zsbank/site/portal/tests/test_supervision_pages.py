"""Pages of rectification, assessment, exit and letters: own bank only, refusals shown, constant queries."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, admitted, pdf_file
from banks.register.models import Bank
from exit.cases.models import ExitCase
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import determined
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.tests.papers import holding
from zsbank.base.journal.queries import history_of
from zsbank.base.letters.models import Letter
from zsbank.site.portal.tests.test_pages import signed_in

ADMITTED, DETERMINED, SEEN = dt.date(2026, 3, 2), dt.date(2026, 8, 31), dt.date(2026, 9, 15)
STATEMENT = "本行业务调整，申请终止合作。"


@pytest.fixture
def qualified(bank: Bank, clerk: User, administrator: User, people: object, edition: PolicyEdition) -> Bank:
    with clock.playing(ADMITTED):
        admitted(bank, clerk, people)
    bank.refresh_from_db()
    return bank


@pytest.fixture
def order(qualified: Bank, people: object, edition: PolicyEdition) -> RectificationOrder:
    with clock.playing(DETERMINED):
        determined(
            qualified,
            by=people.inspector,  # type: ignore[attr-defined]
            decided_by=people.decider,  # type: ignore[attr-defined]
            on=DETERMINED,
        )
    return RectificationOrder.objects.get(bank=qualified)


def page(client: Client, address: str, typed: dict[str, object] | None = None) -> tuple[int, str]:
    with clock.playing(SEEN):
        answer = client.get(address) if typed is None else client.post(address, typed)
    return answer.status_code, answer.content.decode()


def test_order_page_explains_due_date(order: RectificationOrder, clerk: User) -> None:
    status, text = page(signed_in(clerk), reverse("inspections:order", args=[order.pk]))
    assert status == 200
    assert "2027-03-01" in text
    assert "民法典第202条" in text


def test_order_of_another_bank_is_not_found(order: RectificationOrder, stranger: User) -> None:
    client, document = signed_in(stranger), order.determination.document_id  # type: ignore[union-attr]
    for address in (
        reverse("inspections:order", args=[order.pk]),
        reverse("inspections:report", args=[order.pk]),
        reverse("inspections:file", args=[order.pk, document]),
    ):
        assert page(client, address)[0] == 404
    assert page(client, reverse("inspections:report", args=[order.pk]), {"text": "x"})[0] == 404


def test_report_without_file_keeps_text(order: RectificationOrder, clerk: User) -> None:
    address = reverse("inspections:report", args=[order.pk])
    status, text = page(signed_in(clerk), address, {"text": "两支行已增设窗口"})
    assert status == 200
    assert 'role="alert"' in text
    assert "两支行已增设窗口" in text


def test_report_with_two_files_is_submitted(order: RectificationOrder, clerk: User) -> None:
    files = [SimpleUploadedFile("一.pdf", PDF), SimpleUploadedFile("二.pdf", holding(b"2"))]
    client = signed_in(clerk)
    status, _text = page(
        client, reverse("inspections:report", args=[order.pk]), {"text": "已整改", "files": files}
    )
    order.refresh_from_db()
    assert (status, order.state) == (302, "reported")
    assert order.reports.get().files.count() == 2
    assert "二.pdf" in page(client, reverse("inspections:order", args=[order.pk]))[1]


def test_page_of_a_submitted_report_says_so_and_not_that_time_is_over(
    order: RectificationOrder, clerk: User
) -> None:
    address, client = reverse("inspections:report", args=[order.pk]), signed_in(clerk)
    assert page(client, address, {"text": "已整改", "files": [SimpleUploadedFile("一.pdf", PDF)]})[0] == 302
    again: tuple[dict[str, object] | None, ...] = (None, {"text": "再交一次"})
    for given in again:
        _status, text = page(client, address, given)
        assert "由市人社局办理" in text
        assert re.search("您已于.{3,20}提交整改报告", text)
        assert "未能在期限内" not in text
    assert "再交一次" in text


def test_home_links_to_order(order: RectificationOrder, clerk: User) -> None:
    assert reverse("inspections:order", args=[order.pk]) in page(signed_in(clerk), "/")[1]


def test_administrator_files_and_withdraws_exit_application(qualified: Bank, administrator: User) -> None:
    client, upload = signed_in(administrator), SimpleUploadedFile("退出申请.pdf", PDF)
    assert page(client, reverse("exit:apply"), {"statement": STATEMENT, "document": upload})[0] == 302
    case = ExitCase.objects.get(bank=qualified)
    assert case.case_number in page(client, reverse("exit:standing"))[1]
    assert page(client, reverse("exit:withdraw", args=[case.pk]), {"yes": "1"})[0] == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_clerk_is_refused_keeping_statement(qualified: Bank, clerk: User) -> None:
    upload = SimpleUploadedFile("退出申请.pdf", PDF)
    status, text = page(signed_in(clerk), reverse("exit:apply"), {"statement": STATEMENT, "document": upload})
    assert status == 200
    assert 'role="alert"' in text
    assert STATEMENT in text


def test_exit_case_of_another_bank_is_not_found(qualified: Bank, administrator: User, stranger: User) -> None:
    upload = SimpleUploadedFile("退出申请.pdf", PDF)
    page(signed_in(administrator), reverse("exit:apply"), {"statement": STATEMENT, "document": upload})
    address = reverse("exit:withdraw", args=[ExitCase.objects.get().pk])
    assert page(signed_in(stranger), address)[0] == 404
    assert page(signed_in(stranger), address, {"yes": "1"})[0] == 404


def test_decided_application_shows_letter(qualified: Bank, clerk: User) -> None:
    application = qualified.applications.get()
    text = page(signed_in(clerk), reverse("admission:task_list", args=[application.pk]))[1]
    assert str(Letter.objects.get()) in text


def test_letter_without_file_or_of_another_bank_is_not_found(
    qualified: Bank, clerk: User, stranger: User
) -> None:
    address = reverse("banks:letter", args=[Letter.objects.get().pk])
    Letter.objects.update(file=None)
    assert page(signed_in(clerk), address)[0] == 404
    assert page(signed_in(stranger), address)[0] == 404


def test_download_of_own_letter_is_recorded(qualified: Bank, clerk: User, stranger: User) -> None:
    letter = Letter.objects.get()
    file = store_upload(content=pdf_file(), name="函.pdf", by=None)
    Letter.objects.filter(pk=letter.pk).update(file=file)
    address = reverse("banks:letter", args=[letter.pk])
    answer = signed_in(clerk).get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert history_of(letter).filter(verb="download_letter", actor=clerk).exists()
    assert signed_in(stranger).get(address).status_code == 404


@pytest.mark.parametrize("name", ["banks:letters", "inspections:orders", "portal:home"])
def test_lists_take_constant_queries(
    name: str, order: RectificationOrder, clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(clerk)
    with django_assert_num_queries(COST[name]):
        page(client, reverse(name))
    letter = Letter.objects.first()
    assert letter is not None
    for number in range(100, 150):
        letter.pk, letter.number, letter.case_id = None, number, number
        letter._state.adding = True
        letter.save()
    with django_assert_num_queries(COST[name]):
        page(client, reverse(name))


COST = {"banks:letters": 7, "inspections:orders": 6, "portal:home": 20}
