"""Pages of a case have a constant query count."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.tests.factories import submitted
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import holding

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def cost(client: Client, address: str) -> int:
    """The number of queries of a page, once warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def grow(application: Application, by: User) -> None:
    """Add many outlets, and more documents to every criterion that has one."""
    OutletFactory.create_batch(30, bank=application.bank)
    for criterion in application.edition.criteria.filter(number__in=(1, 2, 3)):
        for number in range(4):
            content = ContentFile(holding(f"{number}".encode()))
            attach_evidence(
                application=application, criterion=criterion, by=by, content=content, name=f"{number}.pdf"
            )


@pytest.mark.parametrize("page", ["admission:task_list", "admission:submit"])
def test_task_list_has_constant_query_count(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, page: str
) -> None:
    OutletFactory.create(bank=bank)
    draft = start_application(bank=bank, by=clerk)
    save_answer(
        application=draft, criterion=edition.criteria.get(number=1), by=clerk, text="符合。", facts={}
    )
    client.force_login(clerk)
    address = reverse(page, args=[draft.pk])
    before = cost(client, address)
    for criterion in edition.criteria.exclude(number=1):
        save_answer(application=draft, criterion=criterion, by=clerk, text="符合。", facts={})
    grow(draft, clerk)
    assert cost(client, address) == before


@pytest.mark.parametrize("page", ["review", "change", "clock"])
def test_desk_has_constant_query_count(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People", page: str
) -> None:
    OutletFactory.create(bank=bank)
    application = submitted(bank, clerk)
    client.force_login(people.reviewer)
    args = [application.pk, 1] if page == "review" else [application.pk]
    address = reverse(f"admin:admission_application_{page}", args=args)
    before = cost(client, address)
    OutletFactory.create_batch(30, bank=bank)
    answer = application.answers.get(criterion__number=1)
    for number in range(6):
        answer.evidence.create(file=answer.evidence.first().file, replaces=None)  # type: ignore[union-attr]
        answer.application.notes.create(by=people.reviewer, at=answer.saved_at, text=f"备注{number}")
    assert cost(client, address) == before
