"""Pages of fee notices, in the portal and at the desk."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.register.models import Bank
from inspections.fees.actions import payments
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.tests.factories import DUE, entered, printed, stated
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

LIST, FIGURES = "/admin/inspections/feenotice/", "/admin/inspections/feenotice/figures/"


def test_bank_reads_its_own_notices_and_states_a_payment(
    client: Client, notice: FeeNotice, clerk: User
) -> None:
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("inspections:fees")).content.decode()
    assert "44200025000017" in page
    assert "12,345.60" in page
    address = reverse("inspections:fee_payment", args=[notice.pk])
    refused = client.post(address, {"paid_on": "2100-01-01", "remark": "已由总行代缴"}).content.decode()
    assert "已由总行代缴" in refused
    assert not FeePayment.objects.exists()


def test_home_says_what_to_pay_and_why_the_statement_was_sent_back(
    client: Client, notice: FeeNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk, DUE)
    with clock.playing(DUE):
        payments.send_back_fee_payment(notice=notice, by=people.inspector, reason="编号不符。")
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/").content.decode()
    assert "按缴款通知书44200025000017缴纳12,345.60元并申报" in page
    assert "缴款申报被退回：编号不符。" in page


def test_lists_take_the_same_number_of_queries_for_one_and_three_notices(
    client: Client, bank: Bank, clerk: User, people: "People", django_assert_num_queries: Any
) -> None:
    counts: list[int] = []
    for person, address in (
        (clerk, "/fees/"),
        (clerk, "/"),
        (people.inspector, FIGURES),
        (people.inspector, LIST),
    ):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for serial in range(3):
            number = f"{len(counts)}{serial}"
            payments_of = stated(entered(bank, people.inspector, number=number), clerk, DUE)
            with clock.playing(DUE):
                payments.send_back_fee_payment(
                    notice=payments_of.notice, by=people.inspector, reason="编号不符。"
                )
            if serial == 0:
                client.get(address)
                with CaptureQueriesContext(connection) as few:
                    client.get(address)
        counts.append(len(few))
        client.get(address)  # counts the work items again, as the journal has grown
        with django_assert_num_queries(counts[-1]):
            client.get(address)


def test_figures_at_the_desk_lead_to_the_notices(client: Client, notice: FeeNotice, people: "People") -> None:
    client.force_login(people.inspector, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:inspections_feenotice_figures")).content.decode()
    link = f"/admin/inspections/feenotice/?bank__id__exact={notice.bank_id}&amp;year=2025"
    assert link in page
    assert "44200025000017" in client.get(link.replace("&amp;", "&")).content.decode()
    late = client.get("/admin/inspections/feenotice/?late=yes").content.decode()
    assert "44200025000017" in late
    in_time = client.get("/admin/inspections/feenotice/?late=no").content.decode()
    assert "44200025000017" not in in_time


def test_commas_between_thousands_are_read_and_others_refused(
    client: Client, bank: Bank, people: "People"
) -> None:
    qualified(bank, people.decider)
    client.force_login(people.inspector, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:inspections_feenotice_list_action", args=["enter_fee_notice"])
    given = printed() | {"bank": bank.pk, "issued_on": "2025-03-03", "due": "2025-03-31"}
    for amount in ("12,34", "1.234,50", "一百", "1e30", "0"):
        page = client.post(address, given | {"amount": amount, "document": ""}).context["form"]
        assert "amount" in page.errors, amount
    for amount in ("￥１２，３４５.6", "12,345.60元", "12345.6"):
        page = client.post(address, given | {"amount": amount, "document": ""}).context["form"]
        assert "amount" not in page.errors, amount
        assert page.cleaned_data["amount"] == Decimal("12345.60")


def test_role_without_the_verb_has_no_page(client: Client, notice: FeeNotice, people: "People") -> None:
    client.force_login(people.assessor, backend="django.contrib.auth.backends.ModelBackend")
    assert people.assessor.groups.get().name == Role.ASSESSOR.value
    address = reverse("admin:inspections_feenotice_list_action", args=["enter_fee_notice"])
    assert client.get(address).status_code == 404
