"""The record at the desk: narrowed by case, bank, person, verb and time; page by page without counting."""

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
    """A browser that is signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(people: "People") -> Client:
    """The inspector's browser: sees the record and the cases."""
    return as_person(people.inspector)


def listed(client: Client, query: str = "") -> list[int]:
    """The keys of the entries on a page, in its order."""
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return [int(pk) for pk in ENTRY.findall(answer.content.decode())]


@pytest.fixture
def entries(bank: Bank, other_bank: Bank, clerk: User, administrator: User) -> dict[str, int]:
    """One entry that each filter finds."""
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
def test_each_filter_narrows(desk: Client, entries: dict[str, int], query: str, found: list[str]) -> None:
    assert [pk for pk in listed(desk, query) if pk in entries.values()] == [entries[name] for name in found]


def test_the_record_of_a_case_and_of_a_bank_and_back(
    desk: Client, bank: Bank, entries: dict[str, int]
) -> None:
    case = reverse("admin:banks_bank_change", args=[bank.pk])
    for query in (f"?subject_type=banks.bank&subject_id={bank.pk}", f"?uscc={bank.uscc}"):
        keys = listed(desk, query)
        assert entries["clerk"] in keys
        assert entries["admin"] not in keys
        assert f'class="btn second" href="{case}"' in desk.get(LIST + query).content.decode()
    assert f"{LIST}?uscc={bank.uscc}" in desk.get(case).content.decode()


def test_pages_follow_each_other_without_gaps_and_count_nothing(desk: Client, bank: Bank) -> None:
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


def test_the_number_of_queries_is_the_same_for_one_entry_and_for_many(desk: Client, bank: Bank) -> None:
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
def test_what_cannot_be_looked_for_is_said_at_its_field(desk: Client, name: str) -> None:
    for value in BAD:
        assert desk.get(LIST, {name: value}).status_code == 200


def test_sign_ins_are_neither_offered_nor_found_by_who_may_not_read_of_them(
    desk: Client, people: "People", clerk: User
) -> None:
    entry = record(verb=Verb.SIGN_IN, by=clerk, subject=clerk)
    assert 'value="sign_in"' not in desk.get(LIST).content.decode()
    assert entry.pk not in listed(desk)
    assert listed(desk, "?verb=sign_in") == []
    assert listed(as_person(people.auditor), "?verb=sign_in") == [entry.pk]


def test_verbs_are_offered_in_words(desk: Client) -> None:
    assert '<option value="save_outlet">保存网点</option>' in desk.get(LIST).content.decode()


def test_subjects_lead_to_their_pages_only_where_the_reader_may_open_them(
    desk: Client, people: "People", entries: dict[str, int], bank: Bank
) -> None:
    case = f'<a href="{reverse("admin:banks_bank_change", args=[bank.pk])}">'
    assert Entry.objects.filter(pk=entries["clerk"]).exists()
    assert case in desk.get(LIST).content.decode()
    assert case not in as_person(people.auditor).get(LIST).content.decode()
