"""Attaching, replacing and removing evidence; revisions keep their hash."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence, remove_evidence, replace_evidence
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.papers import holding
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
NEWER = holding(b"newer")


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft."""
    return start_application(bank=bank, by=clerk)


def attach(application: Application, by: User, name: str = "执照.pdf") -> Evidence:
    """Attach a document to criterion 1."""
    first = application.edition.criteria.get(number=1)
    return attach_evidence(application=application, criterion=first, by=by, content=pdf_file(), name=name)


def replace(evidence: Evidence, by: User) -> Evidence:
    """Replace a document."""
    return replace_evidence(
        evidence=evidence, by=by, content=SimpleUploadedFile("新.pdf", NEWER), name="新执照.pdf"
    )


def test_earlier_revision_keeps_its_hash(application: Application, clerk: User) -> None:
    old = attach(application, clerk)
    newer = replace(old, clerk)
    newest = replace(newer, clerk)
    [(standing, earlier)] = application.answers.get().evidence_with_revisions
    assert standing == newest
    assert [one.file.sha256 for one in earlier] == [newer.file.sha256, old.file.sha256]
    assert Entry.objects.filter(verb="replace_evidence").last().data["replaced_sha256"]  # type: ignore[union-attr]


def test_replaced_or_removed_evidence_is_not_replaced_again(application: Application, clerk: User) -> None:
    old = attach(application, clerk)
    replace(old, clerk)
    with pytest.raises(WrongState):
        replace(old, clerk)
    with pytest.raises(WrongState):
        remove_evidence(evidence=old, by=clerk)
    assert StoredFile.objects.count() == 2


def test_evidence_is_changed_by_members_in_drafts_only(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People", stranger: User
) -> None:
    application = submitted(bank, clerk)
    evidence = application.answers.get(criterion__number=1).evidence.get()
    for person in (stranger, people.reviewer):
        with pytest.raises(NotAllowed):
            replace(evidence, person)
    with pytest.raises(WrongState):
        replace(evidence, clerk)


def test_impossible_evidence_dates_are_refused(application: Application, clerk: User) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    evidence = attach(application, clerk)
    with pytest.raises(Refused):
        replace_evidence(evidence=evidence, by=clerk, content=pdf_file(), name="a.pdf", issued_on=tomorrow)
    evidence.refresh_from_db()
    assert evidence.removed_at is None


# Pages -----------------------------------------------------------------------------------------------------------


def upload(client: Client, application: Application, content: bytes, name: str, **other: str) -> object:
    """Upload one document as the script does."""
    path = reverse("admission:upload", args=[application.pk, 1])
    return client.post(path, {"file": SimpleUploadedFile(name, content), **other})


def test_uploaded_document_is_listed(client: Client, application: Application, clerk: User) -> None:
    client.force_login(clerk)
    answer = upload(client, application, PDF, "执照.pdf")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "执照.pdf" in page
    evidence = Evidence.objects.get()
    again = upload(client, application, NEWER, "新.pdf", replaces=str(evidence.pk))
    assert "1 个以前的版本" in again.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.pdf", "空.pdf"),
        (b"MZ program", "坏.pdf", "坏.pdf"),
        (b"<html>", "页.pdf", "页.pdf"),
        (b"PK\x03\x04 broken", "表.xlsx", "表.xlsx"),
        (b"MZ", "../../etc/pass\u202ewd.pdf", "passwd.pdf"),
    ],
)
def test_refused_document_shows_reason_and_is_not_stored(
    client: Client, application: Application, clerk: User, content: bytes, name: str, said: str
) -> None:
    client.force_login(clerk)
    answer = upload(client, application, content, name)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    assert not StoredFile.objects.exists()


def test_too_large_document_is_refused(
    client: Client, application: Application, clerk: User, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    client.force_login(clerk)
    assert upload(client, application, PDF, "大.pdf").status_code == 422  # type: ignore[attr-defined]
    assert not StoredFile.objects.exists()


def test_missing_file_or_foreign_replacement_is_refused(
    client: Client, application: Application, clerk: User, other_bank: Bank, stranger: User
) -> None:
    theirs = attach(start_application(bank=other_bank, by=stranger), stranger)
    client.force_login(clerk)
    for replaces in (str(theirs.pk), "999999", "\x00", "-1"):
        answer = upload(client, application, PDF, "a.pdf", replaces=replaces)
        assert answer.status_code == 422  # type: ignore[attr-defined]
    assert client.post(reverse("admission:upload", args=[application.pk, 1])).status_code == 422
    theirs.refresh_from_db()
    assert theirs.removed_at is None


def test_other_banks_evidence_is_hidden(client: Client, application: Application, stranger: User) -> None:
    client.force_login(stranger)
    assert upload(client, application, PDF, "a.pdf").status_code == 404  # type: ignore[attr-defined]


def test_download_is_an_attachment_with_verified_hash(
    client: Client, application: Application, clerk: User, stranger: User
) -> None:
    evidence = attach(application, clerk)
    path = reverse("admission:evidence", args=[evidence.pk])
    client.force_login(clerk)
    given = client.get(path)
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content) == PDF  # type: ignore[attr-defined]
    StoredFile.objects.update(sha256="0" * 64)
    assert client.get(path).status_code == 409
    client.force_login(stranger)
    assert client.get(path).status_code == 404


def test_criterion_page_has_constant_query_count(
    client: Client,
    application: Application,
    clerk: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(clerk)
    page = reverse("admission:criterion", args=[application.pk, 1])
    replace(attach(application, clerk), clerk)
    client.get(page)
    with CaptureQueriesContext(connection) as first:
        client.get(page)
    for number in range(4):
        replace(attach(application, clerk, f"{number}.pdf"), clerk)
    with django_assert_num_queries(len(first)):
        client.get(page)
