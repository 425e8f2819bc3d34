"""Lists at the desk: filters, pager, export, several rows at once, and the way back."""

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from admission.editions.models import PolicyEdition
from admission.tests.factories import submitted
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_bank
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.assessments.tests.factories import PASSING, result_of
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
BANKS = "/admin/banks/bank/"
STOPS = re.compile(r"<(?:a|button|input|select|summary|textarea)\b[^>]*>")


def page_of(client: Client, path: str) -> str:
    """Return a list's page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def stops_before(page: str, mark: str) -> list[str]:
    """Return what the tab key stops at before a mark, where menus are closed."""
    shown = re.sub(r"<template.*?</template>", "", page.split(mark, maxsplit=1)[0], flags=re.DOTALL)
    shown = re.sub(r"(</summary>).*?</details>", r"\1", shown, flags=re.DOTALL)
    return [
        stop
        for stop in STOPS.findall(shown)
        if 'type="hidden"' not in stop and 'tabindex="-1"' not in stop and "rail-toggle" not in stop
    ]


def test_first_row_is_few_tabs_away(client: Client, bank: Bank, people: "People") -> None:
    result_of(qualified(bank, people.decider), 2024, score=PASSING, recorded_by=people.second_assessor)
    for person, path in ((people.intake, BANKS), (people.assessor, "/admin/inspections/assessment/")):
        client.force_login(person)
        page = page_of(client, path)
        assert "<main" in page
        assert len(stops_before(page, 'class="whole"')) < 10, stops_before(page, 'class="whole"')


def test_filters_offer_only_what_rows_have(
    client: Client, bank: Bank, other_bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    submitted(bank, clerk)
    qualified(other_bank, people.decider)
    client.force_login(people.reviewer)
    page = page_of(client, "/admin/admission/application/")
    assert "state__exact=draft" not in page
    banks = page_of(client, BANKS)
    assert "standing__exact=qualified" in banks
    assert "standing__exact=locked_out" not in banks
    assert "以 " not in banks
    assert "显示全部" not in banks


def test_active_filters_can_be_taken_away(client: Client, bank: Bank, people: "People") -> None:
    client.force_login(people.reviewer)
    page = page_of(client, f"/admin/exit/exitcase/?bank__id__exact={bank.pk}&q=TC")
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    assert len(chips) == 2
    assert bank.name in page
    assert all(("bank__id" in chip) != ("q=TC" in chip) for chip in chips)
    assert "没有符合的内容" in page


def test_empty_list_says_what_will_be_there(client: Client, people: "People") -> None:
    client.force_login(people.reviewer)
    page = page_of(client, "/admin/exit/exitcase/")
    assert "退出办件列在这里" in page
    assert "没有符合的内容" not in page


def test_pager_says_where_one_is(client: Client, people: "People") -> None:
    for number in range(120):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")
    client.force_login(people.reviewer)
    page = page_of(client, f"{BANKS}?p=2")
    assert "51–100 / 120" in page
    assert [f"?p={number}" in page for number in (1, 3)] == [True, True]


def test_way_back_leads_to_the_row(client: Client, bank: Bank, people: "People") -> None:
    client.force_login(people.reviewer)
    page = page_of(client, f"{BANKS}?q=示例")
    [address] = re.findall(rf'href="({BANKS}{bank.pk}/change/[^"]*)"', page)
    case = page_of(client, address.replace("&amp;", "&"))
    assert re.search(rf'href="{BANKS}\?q=[^"]*#row-{bank.pk}"', case)


def test_crumbs_lead_only_to_permitted_pages(client: Client, people: "People") -> None:
    client.force_login(people.assessor)
    page = page_of(client, "/admin/accounts/user/roles/")
    assert 'href="/admin/accounts/user/"' not in page
    assert 'href="/admin/accounts/"' not in page
    for path in (BANKS, "/admin/exit/exitcase/"):
        assert 'class="crumbs"' not in page_of(client, path)


def test_exported_list_is_what_the_page_shows(client: Client, bank: Bank, people: "People") -> None:
    OutletFactory.create(bank=bank, name="=HYPERLINK(1)")
    OutletFactory.create(bank=bank, name="石岐支行", town="石岐")
    client.force_login(people.inspector)
    answer = client.get("/admin/banks/outlet/list.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"'=HYPERLINK(1)", "石岐支行"}
    filtered = client.get("/admin/banks/outlet/list.xlsx?town=石岐")
    [sheet] = load_workbook(io.BytesIO(filtered.getvalue())).worksheets
    assert [cell.value for cell in next(iter(sheet.columns))][1:] == ["石岐支行"]
    entries = Entry.objects.filter(verb=Verb.EXPORT_LIST, actor=people.inspector)
    assert [entry.data["rows"] for entry in entries.order_by("pk")] == [2, 1]


def test_export_needs_the_permission_of_the_list(client: Client, people: "People") -> None:
    client.force_login(people.auditor)
    assert client.get("/admin/banks/outlet/list.csv").status_code == 403
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


def drafts_of(people: "People") -> list[Assessment]:
    """Return three drafts, the last recorded by the person who will finalise."""
    return [
        result_of(
            qualified(make_bank(f"示例银行{number}", f"TEST{number:014d}"), people.decider),
            2024,
            score=PASSING,
            recorded_by=people.second_assessor if number < 2 else people.assessor,
        )
        for number in range(3)
    ]


def test_several_rows_are_done_or_refused_each_by_itself(client: Client, people: "People") -> None:
    drafts = drafts_of(people)
    client.force_login(people.assessor)
    address = reverse("admin:inspections_assessment_bulk", args=["finalise_assessment"])
    keys = {"pk": [draft.pk for draft in drafts]}

    asked = client.get(address, keys).content.decode()
    assert asked.count('name="pk"') == 2
    assert str(drafts[2]) in asked
    answer = client.post(address, keys)

    states = [Assessment.objects.get(pk=draft.pk).state for draft in drafts]
    assert states == [AssessmentState.FINAL, AssessmentState.FINAL, AssessmentState.DRAFT]
    assert str(drafts[2]) in answer.content.decode()
    assert Entry.objects.filter(verb=Verb.FINALISE_ASSESSMENT).count() == 2


def test_several_rows_need_the_role(client: Client, people: "People") -> None:
    address = reverse("admin:inspections_assessment_bulk", args=["finalise_assessment"])
    client.force_login(people.reviewer)
    assert client.post(address, {"pk": [draft.pk for draft in drafts_of(people)]}).status_code == 404
    assert Entry.objects.filter(verb=Verb.REFUSE, actor=people.reviewer).exists()
