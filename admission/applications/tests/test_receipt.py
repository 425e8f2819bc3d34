"""The receipt lists what was submitted and never changes."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence, remove_evidence
from admission.applications.documents import submitted_evidence
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import Busy, user_lock
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """Submitted on Monday 2026-03-02."""
    with clock.playing(MONDAY):
        return submitted(bank, clerk)


def test_receipt_lists_number_time_person_and_file_hashes(
    client: Client, application: Application, clerk: User
) -> None:
    client.force_login(clerk)
    page = client.get(reverse("admission:receipt", args=[application.pk])).content.decode()
    said = [application.case_number, "2026-03-02 12:00", str(clerk)]
    said += [evidence.file.sha256 for evidence in Evidence.objects.all()]
    assert [words for words in said if words not in page] == []


def test_receipt_is_a_pdf(client: Client, application: Application, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get(reverse("admission:receipt_pdf", args=[application.pk]))
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_receipts_of_a_person_are_rendered_one_at_a_time(
    client: Client, application: Application, clerk: User, administrator: User
) -> None:
    path = reverse("admission:receipt_pdf", args=[application.pk])
    client.force_login(clerk)
    with user_lock(clerk, "receipt"):
        assert client.get(path).status_code == 429
        client.force_login(administrator)
        assert client.get(path).status_code == 200
    client.force_login(clerk)
    assert client.get(path).status_code == 200


def test_lock_is_released_when_rendering_fails(clerk: User) -> None:
    with pytest.raises(RuntimeError), user_lock(clerk, "receipt"):
        raise RuntimeError
    with user_lock(clerk, "receipt"), pytest.raises(Busy), user_lock(clerk, "receipt"):
        pass


def test_receipt_is_unchanged_by_a_supplement(
    application: Application, clerk: User, people: "People"
) -> None:
    before = [evidence.pk for evidence in submitted_evidence(application)]
    first = application.edition.criteria.get(number=1)
    with clock.playing(dt.date(2026, 3, 3)):
        record_remark(application=application, criterion=first, by=people.intake, text="执照过期。")
        request_supplement(application=application, by=people.intake)
        old = Evidence.objects.get(answer__application=application, answer__criterion=first)
        remove_evidence(evidence=old, by=clerk)
        attach_evidence(
            application=application, criterion=first, by=clerk, content=pdf_file(), name="新执照.pdf"
        )
    assert [evidence.pk for evidence in submitted_evidence(application)] == before


def test_draft_and_other_banks_application_have_no_receipt(
    client: Client, application: Application, other_bank: Bank, stranger: User
) -> None:
    draft = start_application(bank=other_bank, by=stranger)
    client.force_login(stranger)
    names = ("admission:receipt", "admission:receipt_pdf")
    answers = [
        client.get(reverse(name, args=[row.pk])).status_code for name in names for row in (draft, application)
    ]
    assert answers == [404] * 4
