"""The journal at the desk: filters by case, bank, person, verb and time; pages without a count."""

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from conftest import make_officer
from tests.security.test_bad_input import BAD
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.actions import record
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import STAFF_ROLES, Role
from zsbank.site.auditor import journal_desk, journal_page

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LIST = reverse("admin:journal_entry_changelist")
SUBJECT = re.compile(r'href="(/admin/[^"?]+/change/)"')
ENTRY = re.compile(r"/admin/journal/entry/(\d+)/change/")


def as_person(person: User) -> Client:
    """Return a signed-in client."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(people: "People") -> Client:
    """A client of the inspector, who sees journal and cases."""
    return as_person(people.inspector)


def listed(client: Client, query: str = "") -> list[int]:
    """Return the primary keys of the entries on a page, in order."""
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return [int(pk) for pk in ENTRY.findall(answer.content.decode())]


@pytest.fixture
def entries(bank: Bank, other_bank: Bank, clerk: User, administrator: User) -> dict[str, int]:
    """One entry for each filter."""
    made = {
        "clerk": record(verb=Verb.SAVE_OUTLET, by=clerk, subject=bank, uscc=bank.uscc),
        "admin": record(verb=Verb.REMOVE_OUTLET, by=administrator, subject=other_bank, uscc=other_bank.uscc),
    }
    with clock.playing(clock.today().replace(year=2020)):
        made["old"] = record(verb=Verb.LOCK_OUT, by=None, subject=other_bank, uscc=other_bank.uscc)
    return {name: entry.pk for name, entry in made.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?verb=save_outlet", ["clerk"]),
        ("?person=clerk", ["clerk"]),
        ("?until=2020-12-31", ["old"]),
        ("?since=2021-01-01&verb=remove_outlet", ["admin"]),
        ("?since=2021-01-01&until=2020-01-01", []),
    ],
)
def test_filter_finds_matching_entries(
    desk: Client, entries: dict[str, int], query: str, found: list[str]
) -> None:
    assert [pk for pk in listed(desk, query) if pk in entries.values()] == [entries[name] for name in found]


def test_journal_of_case_and_bank_links_back(desk: Client, bank: Bank, entries: dict[str, int]) -> None:
    case = reverse("admin:banks_bank_change", args=[bank.pk])
    for query in (f"?subject_type=banks.bank&subject_id={bank.pk}", f"?uscc={bank.uscc}"):
        keys = listed(desk, query)
        assert entries["clerk"] in keys
        assert entries["admin"] not in keys
        assert f'class="btn second" href="{case}"' in desk.get(LIST + query).content.decode()
    assert f"{LIST}?uscc={bank.uscc}" in desk.get(case).content.decode()


def test_active_filters_are_taken_away_one_by_one(desk: Client, bank: Bank, entries: dict[str, int]) -> None:
    query = f"?verb=save_outlet&subject_type=banks.bank&subject_id={bank.pk}&before=999999"
    page = desk.get(LIST + query).content.decode()
    chips = dict(re.findall(r'<a class="chip" href="([^"]*)">\s*(.*?)\s*<span', page, re.DOTALL))
    assert {address.replace("&amp;", "&"): words for address, words in chips.items()} == {
        f"?subject_type=banks.bank&subject_id={bank.pk}": "办理内容: 保存网点",
        "?verb=save_outlet": "所属: 银行",
    }


def test_rows_have_keys_and_a_way_back_to_the_filtered_list(desk: Client, entries: dict[str, int]) -> None:
    page = desk.get(f"{LIST}?verb=save_outlet").content.decode()
    row = page[page.index(f'<tr id="row-{entries["clerk"]}" data-row>') :]
    address = re.search(r'<a class="whole" href="([^"]*)"', row)
    assert address is not None
    assert f'href="{LIST}?verb=save_outlet#row-{entries["clerk"]}"' in desk.get(address[1]).content.decode()
    assert 'name="case"' in page[page.index('role="search"') : page.index("data-list-search")]


def test_pages_are_complete_without_count_queries(desk: Client, bank: Bank) -> None:
    made = [record(verb=Verb.SAVE_OUTLET, by=None, subject=bank).pk for _number in range(120)]
    query, seen, pages = "?verb=save_outlet", list[int](), 0
    while query:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = desk.get(LIST + query).content.decode()
        assert not [one["sql"] for one in queries if "COUNT(" in one["sql"] and "journal_entry" in one["sql"]]
        seen += [int(pk) for pk in ENTRY.findall(page)]
        older = re.search(r'href="([^"]*)" rel="next"', page)
        query, pages = older[1].replace("&amp;", "&") if older else "", pages + 1
    assert seen == made[::-1]
    assert pages == 3


def test_file_has_the_filtered_entries_of_all_pages(desk: Client, bank: Bank) -> None:
    made = [record(verb=Verb.SAVE_OUTLET, by=None, subject=bank, reason="长" * 200).pk for _one in range(60)]
    record(verb=Verb.LOCK_OUT, by=None, subject=bank)
    page = desk.get(f"{LIST}?verb=save_outlet&before={made[5]}").content.decode()
    [address] = re.findall(r'href="([^"]*list.csv[^"]*)" download', page)
    assert "共 60 行" in page
    assert "before" not in address
    answer = desk.get(address.replace("&amp;", "&"))
    assert "办理内容-保存网点" in unquote(answer.headers["Content-Disposition"])
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert lines[0] == ["记录时间", "办理事项", "当时名称", "状态变化"]
    assert len(lines) == 61
    assert all(line[1].endswith("长" * 200) for line in lines[1:])
    assert Entry.objects.latest("pk").data["rows"] == 60


def test_file_of_all_entries_ends_before_its_own(desk: Client, bank: Bank) -> None:
    record(verb=Verb.SAVE_OUTLET, by=None, subject=bank)
    before = Entry.objects.count()
    lines = desk.get(f"{LIST}list.csv").getvalue().decode().splitlines()
    assert len(lines) == 1 + before
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.data["rows"]) == (Verb.EXPORT_LIST, before)
    assert "导出了列表" not in lines[1]


def test_long_journal_says_how_many_rows_at_least(
    desk: Client, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (journal_page, journal_desk):
        monkeypatch.setattr(module, "COUNTED", 5)
    for _entry in range(7):
        record(verb=Verb.SAVE_OUTLET, by=None, subject=bank)
    assert "5 行以上" in desk.get(f"{LIST}?verb=save_outlet").content.decode()


def test_file_is_not_made_for_an_invalid_filter(desk: Client, bank: Bank) -> None:
    record(verb=Verb.SAVE_OUTLET, by=None, subject=bank)
    for query in ("verb=nothing", "since=x", "case=%00", "case=nothing+like+this"):
        assert "list-export" not in desk.get(f"{LIST}?{query}").content.decode()
        answer = desk.get(f"{LIST}list.csv?{query}")
        assert answer.headers["Location"].startswith(f"{LIST}?")
    assert not Entry.objects.filter(verb=Verb.EXPORT_LIST).exists()


def test_file_hides_sign_ins_like_the_list(desk: Client, people: "People", bank: Bank) -> None:
    record(verb=Verb.SIGN_IN, by=people.auditor, subject=people.auditor)
    record(verb=Verb.SAVE_OUTLET, by=None, subject=bank)
    signed_in = f"{people.auditor.name}登录"
    assert signed_in not in desk.get(f"{LIST}list.csv").getvalue().decode()
    assert signed_in in as_person(people.auditor).get(f"{LIST}list.csv").getvalue().decode()


def test_journal_takes_constant_queries(desk: Client, bank: Bank) -> None:
    counts = []
    for number in (1, 30):
        for _entry in range(number):
            record(verb=Verb.SAVE_OUTLET, by=None, subject=bank, uscc=bank.uscc)
        desk.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["case", "uscc", "person", "verb", "since", "until", "subject_id", "before"])
def test_invalid_filter_is_shown_at_its_field(desk: Client, name: str) -> None:
    for value in BAD:
        assert desk.get(LIST, {name: value}).status_code == 200


def test_sign_ins_are_hidden_without_permission(desk: Client, people: "People", clerk: User) -> None:
    entry = record(verb=Verb.SIGN_IN, by=clerk, subject=clerk)
    assert 'value="sign_in"' not in desk.get(LIST).content.decode()
    assert entry.pk not in listed(desk)
    assert listed(desk, "?verb=sign_in") == []
    assert listed(as_person(people.auditor), "?verb=sign_in") == [entry.pk]


def test_verb_filter_shows_words(desk: Client) -> None:
    assert '<option value="save_outlet">保存网点</option>' in desk.get(LIST).content.decode()


def test_subject_is_linked_only_if_reader_may_open_it(
    desk: Client, people: "People", entries: dict[str, int], bank: Bank
) -> None:
    case = f'<a href="{reverse("admin:banks_bank_change", args=[bank.pk])}">'
    assert Entry.objects.filter(pk=entries["clerk"]).exists()
    assert case in desk.get(LIST).content.decode()
    assert case not in as_person(people.auditor).get(LIST).content.decode()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_linked_subject_has_a_page(
    role: Role, bank: Bank, clerk: User, edition: PolicyEdition, entries: dict[str, int]
) -> None:
    draft = start_application(bank=bank, by=clerk)
    record(verb=Verb.SIGN_IN, by=clerk, subject=clerk)
    officer = make_officer("officer", role)
    record(verb=Verb.SIGN_IN, by=officer, subject=officer)
    person = as_person(officer)
    answer = person.get(LIST)
    page = answer.content.decode()
    linked = {link for link in SUBJECT.findall(page) if not ENTRY.match(link)}
    assert [link for link in linked if person.get(link).status_code != 200] == []
    if role in (Role.INSPECTOR, Role.AUDIT_ADMINISTRATOR):
        assert linked
        assert draft.case_number in page
