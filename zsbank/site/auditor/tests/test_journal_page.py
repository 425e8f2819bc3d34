"""The journal at the desk: filters by case, bank, person, verb and time; pages without a count."""

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.register.models import Bank
from tests.security.test_bad_input import BAD
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.actions import record
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LIST = reverse("admin:journal_entry_changelist")
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
