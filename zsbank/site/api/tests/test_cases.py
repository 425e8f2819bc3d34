"""Kinds of case in the API: what is declared of them, and who reads which rows."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import PASSING, rated, scored
from inspections.determinations.tests.factories import proposal
from inspections.fees.tests.factories import entered
from inspections.rectification.tests.factories import ADMITTED, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
READ = [kind for kind in cases() if kind.api]


def read(client: Client, path: str) -> list[int]:
    """Return the keys of a list."""
    answer = client.get(reverse(f"api:{path}-list"))
    assert answer.status_code == 200
    return [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.key)
def test_rows_name_their_bank_and_no_person(kind: Case) -> None:
    assert kind.api is not None
    assert "bank" in kind.api.names
    fields = [kind.model._meta.get_field(name) for name in kind.api.names]
    assert [field.name for field in fields if field.related_model in (User, Group)] == []


def test_bank_reads_final_assessments_only(
    client: Client, bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    final = rated(bank, ADMITTED.year + 1, PASSING, people)
    draft = scored(bank, ADMITTED.year + 2, PASSING, people.assessor)
    client.force_login(clerk)
    assert read(client, "assessments") == [final.pk]
    assert client.get(reverse("api:assessments-detail", args=[draft.pk])).status_code == 404
    client.force_login(people.inspector)
    assert read(client, "assessments") == [draft.pk, final.pk]


def test_bank_reads_nothing_of_another_bank(
    client: Client, bank: Bank, clerk: User, stranger: User, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    notice = entered(bank, people.inspector)
    client.force_login(clerk)
    assert read(client, "fee-notices") == [notice.pk]
    client.force_login(stranger)
    assert read(client, "fee-notices") == []
    assert client.get(reverse("api:fee-notices-detail", args=[notice.pk])).status_code == 404


def test_bank_reads_determinations_of_which_it_knows(
    client: Client, bank: Bank, clerk: User, stranger: User, people: "People", edition: PolicyEdition
) -> None:
    held = qualified(bank, people.decider)
    known = proposal(held, by=people.inspector)
    today = clock.today()
    hidden = proposal(held, by=people.inspector, paper_date=today, paper_signed_by=people.second_decider)
    client.force_login(clerk)
    assert read(client, "determinations") == [known.pk]
    assert client.get(reverse("api:determinations-detail", args=[hidden.pk])).status_code == 404
    client.force_login(stranger)
    assert read(client, "determinations") == []


def test_officer_without_a_role_reads_nothing(client: Client, people: "People") -> None:
    people.inspector.groups.clear()
    client.force_login(people.inspector)
    assert {client.get(reverse(f"api:{kind.api.path}-list")).status_code for kind in READ if kind.api} == {
        403
    }


def test_amounts_and_scores_are_exact(
    client: Client, bank: Bank, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    rated(bank, ADMITTED.year + 1, PASSING, people)
    client.force_login(people.inspector)
    [row] = client.get(reverse("api:assessments-list")).json()["results"]
    assert row["score"] == "60.00"
    assert row["bank"] == bank.pk
    assert dt.date.fromisoformat(row["final_on"]) == Assessment.objects.get().final_on
