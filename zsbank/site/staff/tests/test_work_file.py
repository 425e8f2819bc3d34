"""The work list as a file: what the page shows, one's own or everybody's, recorded."""

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from admission.editions.models import PolicyEdition
from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.staff.work_list import work_of

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
HOME, CSV, XLSX = "/admin/", "/admin/work/list.csv", "/admin/work/list.xlsx"


def lines_of(client: Client, address: str) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return [*csv.reader(io.StringIO(client.get(address).getvalue().decode("utf-8-sig"), newline=""))]


def test_files_hold_what_the_page_shows(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accepted(bank, clerk, people)
    client.force_login(people.reviewer)
    page = client.get(HOME).content.decode()
    assert "共 1 行" in page
    assert f'href="{CSV}" download' in page
    titles, line = lines_of(client, CSV)
    assert titles == ["下一步", "所涉办件", "事由", "期限", "等待起始日", "新情况", "经办人"]
    [item] = work_of(User.objects.get(pk=people.reviewer.pk))
    assert item.due is not None
    assert line[:4] == [str(item.step), application.case_number, item.about, item.due.isoformat()]
    [sheet] = load_workbook(io.BytesIO(client.get(XLSX).getvalue())).worksheets
    assert [cell.value for cell in sheet[2]][:3] == line[:3]
    assert sheet["D2"].value.date() == item.due
    [first, second] = Entry.objects.filter(verb=Verb.EXPORT_LIST, actor=people.reviewer).order_by("pk")
    assert [first.data["list"], first.data["format"], second.data["format"]] == ["work", "csv", "xlsx"]


def test_what_colleagues_have_taken_on_is_in_the_file_of_all(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accepted(bank, clerk, people)
    colleague = make_officer("reviewer2", Role.REVIEWER)
    assign_cases(applications=[application], to=colleague, by=people.decider)
    client.force_login(people.reviewer)
    assert client.get(CSV).headers["Location"] == reverse("admin:index")
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()
    page = client.get(f"{HOME}?all=1").content.decode()
    assert f'href="{CSV}?all=1" download' in page
    _titles, line = lines_of(client, f"{CSV}?all=1")
    assert (line[1], line[-1]) == (application.case_number, str(colleague))
    entry = Entry.objects.get(verb=Verb.EXPORT_LIST)
    assert (entry.data["rows"], entry.data["filters"]) == (1, ["全部"])


def test_name_of_a_bank_is_not_calculated(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    Bank.objects.filter(pk=bank.pk).update(name="=1+1")
    accepted(Bank.objects.get(pk=bank.pk), clerk, people)
    client.force_login(people.reviewer)
    assert not [cell for line in lines_of(client, CSV) for cell in line if cell.startswith("=")]


def test_people_of_banks_are_asked_to_sign_in_as_officers(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(CSV).status_code == 302
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


def test_journal_names_the_work_list(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    accepted(bank, clerk, people)
    client.force_login(people.reviewer)
    client.get(CSV).getvalue()
    client.force_login(people.auditor)
    entry = Entry.objects.get(verb=Verb.EXPORT_LIST)
    page = client.get(reverse("admin:journal_entry_change", args=[entry.pk])).content.decode()
    assert "待办" in page
