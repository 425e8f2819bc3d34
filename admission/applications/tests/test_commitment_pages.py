"""The service commitment on pages, in print, at the review and in the API."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from admission.applications.actions.commitments import remove_commitment
from admission.applications.models import Application, ServiceCommitment
from admission.editions.models import PolicyEdition
from admission.review.panels import panels_of
from admission.review.queries import review_list
from admission.tests.factories import PDF, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_content
from zsbank.base.files.formats import FileKind
from zsbank.base.refusals import NotAllowed

if TYPE_CHECKING:
    from conftest import People
from admission.applications.tests.conftest import MONDAY
from admission.applications.tests.test_commitments import sign

pytestmark = pytest.mark.django_db


def post(client: Client, application: Application, **fields: Any) -> Any:
    """Send the form of the page."""
    return client.post(reverse("admission:commitment", args=[application.pk]), fields)


def test_sheet_is_signed_corrected_and_removed_in_the_portal(
    client: Client, draft: Application, clerk: User
) -> None:
    client.force_login(clerk)
    assert post(client, draft, signatory="示例行长", signed_on="2026-03-02").status_code == 200
    scan = SimpleUploadedFile("承诺书.pdf", PDF)
    assert post(client, draft, file=scan, signatory="示例行长", signed_on="2026-03-02").status_code == 302
    row = draft.commitments.get()
    assert post(client, draft, signatory="另一人", signed_on="2026-03-02", replaces=row.pk).status_code == 302
    row.refresh_from_db()
    assert (row.signatory, row.removed_at) == ("另一人", None)
    page = client.get(reverse("admission:criterion", args=[draft.pk, 6])).content.decode()
    assert "另一人" in page
    assert client.get(reverse("admission:commitment_file", args=[row.pk])).getvalue() == PDF
    assert post(client, draft, remove=row.pk).status_code == 302
    assert not draft.commitments.filter(removed_at=None).exists()
    page = client.get(reverse("admission:commitment", args=[draft.pk])).content.decode()
    assert f'name="restore"\n        value="{row.pk}"' in page
    assert post(client, draft, restore=row.pk).status_code == 302
    assert draft.commitments.get().removed_at is None


def test_sheet_of_another_bank_is_not_found(
    client: Client, draft: Application, clerk: User, stranger: User
) -> None:
    row = sign(draft, clerk)
    client.force_login(stranger)
    for name, pk in (("commitment", draft.pk), ("commitment_sheet", draft.pk), ("commitment_file", row.pk)):
        assert client.get(reverse(f"admission:{name}", args=[pk])).status_code == 404
    with pytest.raises(NotAllowed):
        remove_commitment(commitment=row, by=stranger)


def test_printed_sheet_has_every_undertaking(client: Client, draft: Application, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get(reverse("admission:commitment_sheet", args=[draft.pk]))
    assert answer.content.startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", "")
    asking = draft.edition.criteria.filter(undertaking_needed=True)
    assert [one.number for one in asking if f"第{one.number}条" not in text] == []
    assert draft.bank.uscc in text
    assert draft.case_number in text


def test_review_shows_the_sheet_with_each_undertaking(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    application.answers.filter(criterion__number__in=(6, 9)).update(signatory="", signed_on=None)
    file = given_with(application, clerk).file
    panels = panels_of(review_list(application), people.reviewer, may_ask=False)
    shown = [panel.number for panel in panels if file in [one.file for one in panel.files]]
    assert shown == [6, 9]
    client.force_login(people.reviewer)
    opened = reverse("admin:admission_application_file", args=[application.pk, file.pk])
    assert client.get(opened).getvalue() == PDF


def given_with(application: Application, by: User) -> ServiceCommitment:
    """Create the service commitment of a submitted application, without an action."""
    file = store_content(blocks=[PDF], name="承诺书扫描件.pdf", kind=FileKind.PDF, by=by)
    return ServiceCommitment.objects.create(
        application=application, file=file, signatory="示例行长", signed_on=clock.today()
    )


def test_program_reads_the_sheet_with_its_criteria(client: Client, draft: Application, clerk: User) -> None:
    sign(draft, clerk)
    draft.answers.filter(criterion__number=9).update(signatory="副行长", signed_on=MONDAY)
    client.force_login(clerk)
    said = client.get(f"/api/v1/applications/{draft.pk}/").json()["service_commitment"]
    asking = draft.edition.criteria.filter(undertaking_needed=True).exclude(number=9)
    assert said["criteria"] == [one.number for one in asking]
    assert (said["signatory"], said["signed_on"], len(said["sha256"])) == ("示例行长", "2026-03-02", 64)
