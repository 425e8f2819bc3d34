"""Pages of complaints, in the portal and at the desk."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.tests.factories import PDF
from banks.register.models import Bank
from inspections.complaints.actions import replies
from inspections.complaints.models import Complaint, ComplaintImport, ComplaintReply
from inspections.complaints.terms import OTHER_KIND
from inspections.complaints.tests.factories import (
    DUE,
    FACTS,
    answered,
    came_in,
    closed,
    entered,
    forwarded,
    outlet_of,
    row,
    workbook,
)
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
FIGURES_OF_BANK = "/complaints/figures/"
LIST, FIGURES = "/admin/inspections/complaint/", "/admin/inspections/complaint/figures/"


def as_(client: Client, person: User) -> Client:
    """Sign a person in."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_bank_sees_a_complaint_once_it_is_forwarded(
    client: Client, bank: Bank, clerk: User, people: "People"
) -> None:
    complaint = entered(bank, people.inspector)
    page = reverse("inspections:complaint", args=[complaint.pk])
    as_(client, clerk)
    assert client.get(page).status_code == 404
    assert complaint.case_number not in client.get(reverse("inspections:complaints")).content.decode()
    sent = forwarded(bank, people.inspector, reference="2")
    shown = client.get(reverse("inspections:complaint", args=[sent.pk])).content.decode()
    assert FACTS in shown
    assert "2025年3月18日（含当日）前" in shown


def test_other_bank_sees_nothing(client: Client, complaint: Complaint, stranger: User) -> None:
    as_(client, stranger)
    for name in ("complaint", "complaint_answer"):
        assert client.get(reverse(f"inspections:{name}", args=[complaint.pk])).status_code == 404


def test_refused_answer_loses_nothing(client: Client, complaint: Complaint, clerk: User) -> None:
    as_(client, clerk)
    address = reverse("inspections:complaint_answer", args=[complaint.pk])
    given = {"text": "已回访张先生。", "files": SimpleUploadedFile("核查情况.pdf", PDF)}
    page = client.post(address, given)
    assert "张先生" in page.context["form"].errors["text"][0]
    assert "已回访张先生。" in page.content.decode()
    assert "核查情况.pdf" in page.content.decode()
    assert not ComplaintReply.objects.exists()


def test_home_says_what_is_missing(
    client: Client, complaint: Complaint, clerk: User, people: "People"
) -> None:
    answered(complaint, clerk)
    with clock.playing(DUE):
        replies.send_back_complaint(complaint=complaint, by=people.inspector, reason="未附系统升级记录。")
    page = as_(client, clerk).get("/").content.decode()
    assert f"答复投诉{complaint}并附证明材料" in page
    assert "未附系统升级记录。" in page


def test_personal_data_is_refused_at_the_field_and_nothing_is_lost(
    client: Client, bank: Bank, people: "People"
) -> None:
    qualified(bank, people.decider)
    outlet = outlet_of(bank=bank)
    given = {
        "bank": bank.pk,
        "outlet": outlet.name,
        "source": "12345",
        "reference": "DH1",
        "received_on": "2025-03-03",
        "kind": "first-contact",
        "facts": "请回电13800138000",
    }
    address = reverse("admin:inspections_complaint_list_action", args=["enter_complaint"])
    page = as_(client, people.inspector).post(address, given)
    assert "13800138000" in page.context["form"].errors["facts"][0]
    assert page.context["form"]["reference"].value() == "DH1"
    given["facts"] = FACTS
    page = client.post(address, given | {"outlet": "无此支行"})
    assert "该行没有此网点" in page.context["form"].errors["outlet"][0]
    assert page.context["form"]["outlet"].value() == "无此支行"
    assert client.post(address, given).status_code == 302
    assert Complaint.objects.get().outlet == outlet


def test_outlet_is_found_among_those_of_the_bank_only(
    client: Client, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    for one in (bank, other_bank):
        qualified(one, people.decider)
        outlet_of(bank=one, name=f"{one.name}三乡支行")
    given = came_in(bank=other_bank.pk, outlet="三乡支行", received_on="2025-03-03")
    address = reverse("admin:inspections_complaint_list_action", args=["enter_complaint"])
    assert as_(client, people.inspector).post(address, given).status_code == 302
    assert Complaint.objects.get().outlet_name == f"{other_bank.name}三乡支行"
    page = client.get(address).content.decode()
    assert f"{bank.name}三乡支行" not in page


def test_list_of_a_hotline_from_upload_to_complaints(client: Client, bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    as_(client, people.inspector)
    upload = reverse("admin:inspections_complaintimport_list_action", args=["read_complaints"])
    wrong = client.post(upload, {"source": "12333", "file": SimpleUploadedFile("a.xlsx", b"x")})
    assert wrong.context["form"].errors["file"]
    assert wrong.context["form"]["source"].value() == "12333"
    content = workbook([row(1), row(2, bank="无此银行"), row(3, facts="回电13800138000")])
    sent = client.post(upload, {"source": "12345", "file": SimpleUploadedFile("转办清单.xlsx", content)})
    read = ComplaintImport.objects.get()
    assert sent["Location"] == reverse("admin:inspections_complaintimport_change", args=[read.pk])
    page = client.get(sent["Location"]).content.decode()
    assert "DH2025030300001" in page
    assert "F4" in page
    assert "I5" in page
    assert "13800138000" not in page
    columns = reverse("admin:inspections_complaintimport_action", args=[read.pk, "name_complaint_columns"])
    form = client.get(columns).context["form"]
    assert [form[f"column_{place}"].value() for place in (2, 6, 9)] == ["reference", "bank", "facts"]
    twice = {"header": "2", "column_2": "reference", "column_3": "reference"}
    refused = client.post(columns, twice)
    assert refused.context["form"].errors
    assert refused.context["form"]["column_3"].value() == "reference"
    take_in = reverse("admin:inspections_complaintimport_action", args=[read.pk, "import_complaints"])
    assert client.post(take_in).status_code == 302
    assert Complaint.objects.get().reference == "DH2025030300001"


def test_several_are_forwarded_at_once(client: Client, bank: Bank, people: "People") -> None:
    keys = [entered(bank, people.inspector, reference=str(n)).pk for n in range(2)]
    as_(client, people.inspector).post(f"{LIST}bulk/forward_complaint/", {"pk": keys})
    assert Complaint.objects.filter(state="forwarded").count() == 2


def test_lists_take_the_same_number_of_queries_for_one_and_three(
    client: Client, bank: Bank, clerk: User, people: "People", django_assert_num_queries: Any
) -> None:
    counts: list[int] = []
    addresses = [(people.inspector, f"{FIGURES}2025/?by={by}") for by in ("bank", "outlet", "kind", "month")]
    for person, address in (
        (clerk, "/complaints/"),
        (clerk, FIGURES_OF_BANK),
        (clerk, "/"),
        (people.inspector, LIST),
        *addresses,
    ):
        as_(client, person)
        for serial in range(3):
            reference, outlet = f"{len(counts)}{serial}", outlet_of(bank=bank)
            reply = answered(forwarded(bank, people.inspector, reference=reference, outlet=outlet), clerk)
            with clock.playing(DUE):
                replies.send_back_complaint(
                    complaint=reply.complaint, by=people.inspector, reason="未附记录。"
                )
            if serial == 0:
                client.get(address)
                with CaptureQueriesContext(connection) as few:
                    client.get(address)
        counts.append(len(few))
        client.get(address)  # counts the work items again, as the journal has grown
        with django_assert_num_queries(counts[-1]):
            client.get(address)


def test_figures_lead_to_the_complaints(client: Client, complaint: Complaint, people: "People") -> None:
    as_(client, people.inspector)
    for by in ("bank", "outlet", "kind", "month", "nonsense"):
        page = client.get(f"{FIGURES}2025/?by={by}")
        ((_row, _name, address),) = page.context["rows"]
        assert complaint.case_number in client.get(address).content.decode(), by
    assert client.get(f"{FIGURES}9999/").status_code == 404


def test_filters_by_kind_and_lateness(client: Client, complaint: Complaint, people: "People") -> None:
    as_(client, people.inspector)
    for query, shown in (
        ("kind=first-contact", True),
        ("kind=other", False),
        ("late=yes", True),
        ("late=no", False),
    ):
        assert (complaint.case_number in client.get(f"{LIST}?{query}").content.decode()) is shown, query


def test_file_of_the_list_has_the_number(client: Client, complaint: Complaint, people: "People") -> None:
    page = b"".join(as_(client, people.inspector).get(f"{LIST}list.csv"))
    assert complaint.reference in page.decode("utf-8-sig")


def test_bank_reads_figures_of_what_was_forwarded_to_it(
    client: Client, bank: Bank, other_bank: Bank, clerk: User, people: "People"
) -> None:
    outlet = outlet_of(bank=bank, name="石岐支行")
    first = forwarded(bank, people.inspector, reference="1", outlet=outlet)
    answered(first, clerk)
    closed(first, people.inspector)
    forwarded(bank, people.inspector, reference="2", kind=OTHER_KIND)
    entered(bank, people.inspector, reference="3")
    forwarded(other_bank, people.inspector, reference="4")
    as_(client, clerk)
    assert FIGURES_OF_BANK in client.get("/complaints/").content.decode()
    page = client.get(FIGURES_OF_BANK)
    assert (page.context["year"], page.context["sums"]["count"]) == (2025, 2)
    counted = {
        by: {
            name: row["count"]
            for row, name, _address in client.get(f"{FIGURES_OF_BANK}?by={by}").context["rows"]
        }
        for by in ("outlet", "month")
    }
    assert counted == {"outlet": {"石岐支行": 1, "银行整体": 1}, "month": {"3 月": 2}}
    for query in ("?year=2024", "?year=９９９９&by=bank'", "?year=x&page=x"):
        assert client.get(FIGURES_OF_BANK + query).context["year"] == 2025
    page = client.get(f"{FIGURES_OF_BANK}?by=bank")
    assert other_bank.name not in page.content.decode()


def test_figures_of_bank_without_complaints_say_so(client: Client, clerk: User) -> None:
    page = as_(client, clerk).get(FIGURES_OF_BANK).content.decode()
    assert "转交" in page
    assert "<table" not in page
