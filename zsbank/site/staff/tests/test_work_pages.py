"""The work list has pages, the most urgent item on the first."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from banks.register.models import Bank
from inspections.determinations.tests.factories import proposal
from inspections.rectification.tests.factories import qualified
from zsbank.site.staff import home

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def test_long_work_list_has_pages(
    bank: Bank, other_bank: Bank, people: "People", client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "PER_PAGE", 1)
    for one in (bank, other_bank):
        proposal(qualified(one, people.decider), by=people.inspector)
    client.force_login(people.second_decider)
    pages = [client.get(f"/admin/?page={number}").content.decode() for number in (1, 2)]
    shown = [[one.name for one in (bank, other_bank) if one.name in page] for page in pages]
    assert [len(names) for names in shown] == [1, 1]
    assert {*shown[0], *shown[1]} == {bank.name, other_bank.name}
    assert "?page=2" in pages[0]
    assert "<b>2</b>" in pages[0], "the number of all items stands beside the list"
