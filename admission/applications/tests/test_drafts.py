"""A bank deletes its draft; what was submitted says so and leads on."""

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import delete_draft, start_application
from admission.applications.actions.evidence import attach_evidence, replace_evidence
from admission.applications.models import Answer, Application, Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import answer_all, pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft with answers, and a document in two revisions."""
    application = start_application(bank=bank, by=clerk)
    answer_all(application, clerk)
    first = attach_evidence(
        application=application,
        criterion=application.edition.criteria.get(number=1),
        by=clerk,
        content=pdf_file(3),
        name="一.pdf",
    )
    replace_evidence(evidence=first, by=clerk, content=pdf_file(4), name="二.pdf")
    return application


def test_draft_is_deleted_with_a_journal_entry(client: Client, draft: Application, clerk: User) -> None:
    client.force_login(clerk)
    address = reverse("admission:delete", args=[draft.pk])
    assert address in client.get(reverse("admission:task_list", args=[draft.pk])).content.decode()
    assert "删除草稿" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert (Application.objects.count(), Answer.objects.count(), Evidence.objects.count()) == (0, 0, 0)
    entry = Entry.objects.get(verb=Verb.DELETE_DRAFT)
    assert entry.data["number"] == draft.case_number
    assert entry.actor_name == clerk.name
    assert entry.data["files"]
    assert client.get(address).status_code == 404


def test_number_of_a_deleted_draft_is_not_given_again(draft: Application, bank: Bank, clerk: User) -> None:
    delete_draft(application=draft, by=clerk)
    assert start_application(bank=bank, by=clerk).case_number != draft.case_number


def test_submitted_application_is_not_deleted(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = submitted(bank, clerk)
    with pytest.raises(WrongState):
        delete_draft(application=application, by=clerk)
    client.force_login(clerk)
    address = reverse("admission:delete", args=[application.pk])
    client.post(address)
    assert Application.objects.filter(pk=application.pk).exists()
    assert address not in client.get(reverse("admission:task_list", args=[application.pk])).content.decode()


def test_submission_page_afterwards_says_what_happened_and_leads_on(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = submitted(bank, clerk)
    client.force_login(clerk)
    page = client.get(reverse("admission:submit", args=[application.pk]), follow=True).content.decode()
    assert "已收到，编号" in page
    assert "由市人社局办理" in page
    assert reverse("admission:receipt", args=[application.pk]) in page
    assert reverse("admission:task_list", args=[application.pk]) in page
