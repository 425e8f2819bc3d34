"""Lists at the desk: filters, pager, export, several rows at once, and the way back."""

import csv
import html
import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from admission.editions.models import PolicyEdition
from admission.tests.factories import submitted
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_bank
from conftest import make_officer
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.assessments.tests.factories import PASSING, result_of
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import user_lock
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.pages.exports.listed import MOST_ROWS, ListFormat
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
BANKS = "/admin/banks/bank/"
OUTLETS = "/admin/banks/outlet/"
PEOPLE = "/admin/accounts/user/"
STOPS = re.compile(r"<(?:a|button|input|select|summary|textarea)\b[^>]*>")


def page_of(client: Client, path: str) -> str:
    """Return a list's page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(answer: Any) -> str:
    """Return the text of a CSV file."""
    content: bytes = answer.getvalue()
    return content.decode("utf-8-sig")


def stops_before(page: str, mark: str) -> list[str]:
    """Return the tab stops before a mark, with menus closed."""
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
        assert len(stops_before(page, 'class="whole"')) <= 10, stops_before(page, 'class="whole"')


def test_filters_offer_existing_values_only(
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


def test_active_filters_are_removable(client: Client, bank: Bank, people: "People") -> None:
    client.force_login(people.reviewer)
    page = page_of(client, f"/admin/exit/exitcase/?bank__id__exact={bank.pk}&q=TC")
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    assert len(chips) == 2
    assert bank.name in page
    assert all(("bank__id" in chip) != ("q=TC" in chip) for chip in chips)
    assert "没有符合的内容" in page


def test_empty_list_describes_its_rows(client: Client, people: "People") -> None:
    client.force_login(people.reviewer)
    page = page_of(client, "/admin/exit/exitcase/")
    assert "退出办件列在这里" in page
    assert "没有符合的内容" not in page


def test_pager_shows_position(client: Client, people: "People") -> None:
    for number in range(120):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")
    client.force_login(people.reviewer)
    page = page_of(client, f"{BANKS}?p=2")
    assert "51–100 / 120" in page
    assert [f"?p={number}" in page for number in (1, 3)] == [True, True]


def test_back_link_leads_to_row(client: Client, bank: Bank, people: "People") -> None:
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


def test_export_is_offered_beside_the_filters_with_its_rows(
    client: Client, bank: Bank, people: "People"
) -> None:
    OutletFactory.create_batch(3, bank=bank, town="石岐")
    OutletFactory.create(bank=bank, town="小榄")
    client.force_login(people.inspector)
    page = page_of(client, f"{OUTLETS}?town=石岐&o=1")
    offered = page[page.index("list-export") : page.index('class="chip"')]
    assert "共 3 行" in offered
    addresses = [html.unescape(one) for one in re.findall(r'href="([^"]*)" download', offered)]
    assert [one.partition("?")[0] for one in addresses] == [f"{OUTLETS}list.xlsx", f"{OUTLETS}list.csv"]
    assert len(list(csv.reader(io.StringIO(text_of(client.get(addresses[1])))))) == 4
    assert "list-export" not in page_of(client, f"{OUTLETS}?q=没有此名称")


def test_export_says_list_filters_and_day_in_its_name_and_in_the_journal(
    client: Client, bank: Bank, people: "People"
) -> None:
    OutletFactory.create(bank=bank, name="石岐支行", town="石岐")
    OutletFactory.create(bank=bank, name="小榄支行", town="小榄")
    client.force_login(people.inspector)
    answer = client.get(f"{OUTLETS}list.xlsx?town=石岐&q=支行/..")
    assert answer.status_code == 302
    answer = client.get(f"{OUTLETS}list.xlsx?town=石岐&q=支行")
    name = unquote(answer.headers["Content-Disposition"])
    assert name == f"attachment; filename*=utf-8''网点_查找-支行_镇街-石岐_{clock.today().isoformat()}.xlsx"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    [sheet] = load_workbook(io.BytesIO(answer.getvalue())).worksheets
    assert [cell.value for cell in next(iter(sheet.columns))][1:] == ["石岐支行"]
    [entry] = Entry.objects.filter(verb=Verb.EXPORT_LIST, actor=people.inspector)
    query = entry.data.pop("query")
    assert "q=" in query
    assert entry.data == {
        "list": "banks.outlet",
        "format": "xlsx",
        "rows": 1,
        "filters": ["查找 支行", "镇街 石岐"],
    }


def test_export_needs_the_permission_of_the_list(client: Client, people: "People") -> None:
    client.force_login(people.auditor)
    assert client.get(f"{OUTLETS}list.csv").status_code == 403
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


@pytest.mark.parametrize("query", ["nonsense=1", "p=99", "p=x", "bank__id__exact=x", "q=%00", "o=99", "e=1"])
def test_bad_address_of_an_export_is_treated_as_by_the_list(
    query: str, client: Client, bank: Bank, people: "People"
) -> None:
    OutletFactory.create(bank=bank)
    client.force_login(people.inspector)
    page = client.get(f"{OUTLETS}?{query}")
    answer = client.get(f"{OUTLETS}list.csv?{query}")
    assert answer.status_code == page.status_code
    if answer.status_code == 302:
        assert client.get(answer.headers["Location"]).status_code == 302
        assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


def test_export_is_only_read(client: Client, bank: Bank, people: "People") -> None:
    OutletFactory.create(bank=bank)
    client.force_login(people.inspector)
    assert [client.post(f"{OUTLETS}list.csv").status_code, client.head(f"{OUTLETS}list.csv").status_code] == [
        405
    ] * 2
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


def test_too_long_list_offers_csv(
    client: Client, bank: Bank, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    OutletFactory.create_batch(3, bank=bank)
    client.force_login(people.inspector)
    monkeypatch.setitem(MOST_ROWS, ListFormat.XLSX, 2)
    page = page_of(client, OUTLETS)
    assert "Excel 文件最多 2 行，请改选 CSV" in page
    assert f"{OUTLETS}list.xlsx" not in page
    assert f"{OUTLETS}list.csv" in page
    answer = client.get(f"{OUTLETS}list.xlsx", follow=True)
    assert "Excel 文件最多 2 行，请改选 CSV" in answer.content.decode()
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()
    assert client.get(f"{OUTLETS}list.csv").status_code == 200


def test_person_has_one_spreadsheet_made_at_a_time(client: Client, bank: Bank, people: "People") -> None:
    OutletFactory.create(bank=bank)
    client.force_login(people.inspector)
    with user_lock(people.inspector, "list"):
        assert client.get(f"{OUTLETS}list.xlsx").status_code == 302
        assert client.get(f"{OUTLETS}list.csv").status_code == 200
    assert client.get(f"{OUTLETS}list.xlsx").getvalue()
    assert Entry.objects.filter(verb=Verb.EXPORT_LIST).count() == 2


def test_masked_names_stay_masked_in_files(client: Client, people: "People") -> None:
    for role, whole in ((Role.SECURITY_ADMINISTRATOR, True), (Role.AUDIT_ADMINISTRATOR, False)):
        client.force_login(make_officer(f"the-{role.value}", role))
        cells = {
            cell for row in csv.reader(io.StringIO(text_of(client.get(f"{PEOPLE}list.csv")))) for cell in row
        }
        assert ("reviewer" in cells, "re****" in cells) == (whole, not whole)


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


def test_bulk_action_handles_each_row_separately(client: Client, people: "People") -> None:
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


def test_bulk_action_needs_role(client: Client, people: "People") -> None:
    address = reverse("admin:inspections_assessment_bulk", args=["finalise_assessment"])
    client.force_login(people.reviewer)
    assert client.post(address, {"pk": [draft.pk for draft in drafts_of(people)]}).status_code == 404
    assert Entry.objects.filter(verb=Verb.REFUSE, actor=people.reviewer).exists()
