"""Fields of the API: which are shown and which can be written."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
INTERNAL = "内部意见：倾向不同意。"


def test_bank_cannot_read_findings_and_notes(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    record_finding(
        application=application,
        criterion=edition.criteria.get(number=5),
        by=people.reviewer,
        result=FindingResult.NOT_MET,
        reason=INTERNAL,
    )
    client.force_login(clerk)
    answer = client.get(f"/api/v1/applications/{application.pk}/")
    assert answer.status_code == 200
    assert INTERNAL not in answer.content.decode()
    assert not {"findings", "recommendations", "conflicts", "notes", "case_officer", "opinions"} & set(
        answer.json()
    )


def test_protected_fields_are_not_written(
    client: Client, bank: Bank, other_bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    client.force_login(clerk)
    smuggled = {"state": "approved", "bank": other_bank.pk, "decide_by": "2030-01-01", "case_number": "X-1"}
    created = client.post("/api/v1/applications/", smuggled, content_type="application/json").json()
    row = Application.objects.get(pk=created["id"])
    assert (row.bank, row.state, row.decide_by) == (bank, ApplicationState.DRAFT, None)
    assert row.case_number != "X-1"
    given = {"text": "自行承担。", "version": 0, "criterion": 5, "saved_at": "2000-01-01T00:00:00Z", "id": 1}
    client.put(f"/api/v1/applications/{row.pk}/answers/9/", given | smuggled, content_type="application/json")
    answer = row.answers.get()
    row.refresh_from_db()
    assert (answer.criterion.number, answer.text) == (9, "自行承担。")
    assert answer.saved_at.year > 2000
    assert (row.bank, row.state) == (bank, ApplicationState.DRAFT)
