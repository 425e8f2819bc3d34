"""A photograph that should not be with a finding is taken out of it until the record is signed."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.register.models import Bank
from inspections.visits.actions import fieldwork
from inspections.visits.models import ChecklistItem
from inspections.visits.terms import ItemResult
from inspections.visits.tests.factories import criteria_of, recorded, signed, to_record
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def finding() -> ChecklistItem:
    """Return the only finding."""
    found: ChecklistItem = ChecklistItem.objects.get(result=ItemResult.NOT_IN_ORDER)
    return found


def test_file_leaves_the_finding_and_stays_stored(bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    item = finding()
    wrong = item.files.get()
    given = to_record(visit, people.assessor, photographs=2)
    fieldwork.record_inspection(**given, without={item.criterion_id: [wrong.pk]})
    assert sorted(item.files.values_list("name", flat=True)) == ["照片0.pdf", "照片1.pdf"]
    assert not item.files.filter(pk=wrong.pk).exists()
    assert StoredFile.objects.filter(pk=wrong.pk).exists()
    entry = Entry.objects.filter(verb=Verb.RECORD_INSPECTION).latest("pk")
    assert (entry.actor, entry.data["removed"]) == (people.assessor, [wrong.name])


def test_file_of_another_finding_is_not_taken_out(bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    item = finding()
    other = criteria_of(visit)[1]
    for without in ({other.pk: [item.files.get().pk]}, {item.criterion_id: [999_999]}):
        with pytest.raises(WrongState):
            fieldwork.record_inspection(**to_record(visit, people.inspector), without=without)
    assert item.files.count() == 1


def test_ticked_file_is_taken_out_on_the_page(client: Client, bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    item = finding()
    client.force_login(people.inspector)
    address = reverse("admin:inspections_inspectionvisit_checklist", args=[visit.pk, item.place_id])
    field = f"without_{item.criterion_id}"
    assert f'name="{field}"' in client.get(address).content.decode()
    given = {f"result_{one.pk}": "not_seen" for one in criteria_of(visit)} | {
        f"result_{item.criterion_id}": "not_in_order",
        f"severity_{item.criterion_id}": item.severity,
        f"facts_{item.criterion_id}": item.facts,
        "seen_on": clock.today().isoformat(),
        "version": item.place.version,
    }
    assert client.post(address, given | {field: ["999999"]}).status_code in (200, 422)
    assert item.files.count() == 1
    assert client.post(address, given | {field: [str(item.files.get().pk)]}).status_code == 302
    assert not item.files.exists()
    assert f'name="{field}"' not in client.get(address).content.decode()


def test_nothing_is_taken_out_of_a_signed_record(bank: Bank, people: "People") -> None:
    visit = signed(bank, people)
    item = finding()
    with pytest.raises(WrongState):
        fieldwork.record_inspection(
            **to_record(visit, people.inspector), without={item.criterion_id: [item.files.get().pk]}
        )
    assert item.files.count() == 1
