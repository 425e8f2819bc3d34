"""Attaching, replacing and removing evidence; revisions keep their hash."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.actions.evidence import (
    attach_evidence,
    correct_evidence_dates,
    remove_evidence,
    replace_evidence,
    restore_evidence,
)
from admission.applications.documents import submitted_evidence
from admission.applications.gaps import missing_in
from admission.applications.models import Application, Evidence
from admission.applications.rules import may_submit
from admission.editions.models import PolicyEdition
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import PDF, fill_in, pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.papers import holding
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import FileRefused, Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
NEWER = holding(b"newer")
Day = Callable[[dt.date], dt.date | None]


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


TOMORROW = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("issued", "expires", "hint"),
    [
        (lambda today: today + TOMORROW, lambda today: None, "签发日期晚于今天"),
        (lambda today: today, lambda today: today - TOMORROW, "有效期届满日早于签发日期"),
        (lambda today: dt.date(1900, 1, 1), lambda today: None, "年份过早"),
        (lambda today: None, lambda today: dt.date(1900, 1, 1), "年份过早"),
    ],
)
def test_impossible_evidence_dates_block_submission(
    bank: Bank, clerk: User, edition: PolicyEdition, issued: Day, expires: Day, hint: str
) -> None:
    application = start_application(bank=bank, by=clerk)
    fill_in(application, clerk)
    assert may_submit(None, application)
    evidence = application.answers.get(criterion__number=1).evidence.get()
    dates = {"issued_on": issued(clock.today()), "expires_on": expires(clock.today())}
    correct_evidence_dates(evidence=evidence, by=clerk, **dates)
    answer = application.answers.with_evidence().get(criterion__number=1)
    [reason] = missing_in(answer.criterion, answer, None)
    assert hint in reason
    assert may_submit(None, application).has("incomplete")
    with pytest.raises(Incomplete):
        submit_application(application=application, by=clerk)
    correct_evidence_dates(evidence=evidence, by=clerk, issued_on=None, expires_on=None)
    assert may_submit(None, application)


def test_date_correction_is_recorded_with_earlier_dates(application: Application, clerk: User) -> None:
    evidence = attach(application, clerk)
    for day in (dt.date(2020, 1, 2), dt.date(2021, 1, 2)):
        correct_evidence_dates(evidence=evidence, by=clerk, issued_on=day, expires_on=None)
    entry = Entry.objects.filter(verb="correct_evidence_dates").latest("pk")
    assert (entry.data["issued_on_before"], entry.data["issued_on"]) == ("2020-01-02", "2021-01-02")


def test_same_file_is_attached_once(application: Application, clerk: User) -> None:
    first = attach(application, clerk)
    with pytest.raises(FileRefused, match="已附上同一文件"):
        attach(application, clerk, "同一份.pdf")
    other = attach_evidence(
        application=application,
        criterion=first.answer.criterion,
        by=clerk,
        content=pdf_file(1),
        name="二.pdf",
    )
    with pytest.raises(FileRefused, match="已附上同一文件"):
        replace_evidence(evidence=other, by=clerk, content=pdf_file(), name="三.pdf")
    assert Evidence.objects.filter(removed_at=None).count() == 2


def test_removed_evidence_is_restored_in_draft(application: Application, clerk: User) -> None:
    evidence = attach(application, clerk)
    remove_evidence(evidence=evidence, by=clerk)
    restore_evidence(evidence=evidence, by=clerk)
    evidence.refresh_from_db()
    assert evidence.removed_at is None
    verbs = Entry.objects.filter(verb__endswith="_evidence").order_by("pk").values_list("verb", flat=True)
    assert [*verbs] == ["attach_evidence", "remove_evidence", "restore_evidence"]
    with pytest.raises(WrongState):
        restore_evidence(evidence=evidence, by=clerk)


def test_replaced_revision_is_not_restored(application: Application, clerk: User) -> None:
    old = attach(application, clerk)
    replace(old, clerk)
    with pytest.raises(WrongState):
        restore_evidence(evidence=old, by=clerk)


def test_evidence_removed_before_submission_stays_removed(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    draft = start_application(bank=bank, by=clerk)
    fill_in(draft, clerk)
    first = draft.edition.criteria.get(number=1)
    gone = attach_evidence(application=draft, criterion=first, by=clerk, content=pdf_file(1), name="撤.pdf")
    remove_evidence(evidence=gone, by=clerk)
    submit_application(application=draft, by=clerk)
    record_remark(application=draft, criterion=first, by=people.intake, text="缺章程。")
    request_supplement(application=draft, by=people.intake)
    with pytest.raises(WrongState):
        restore_evidence(evidence=gone, by=clerk)
    assert "撤.pdf" not in [one.file.name for one in submitted_evidence(Application.objects.get())]


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


def test_download_is_attachment_with_verified_hash(
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
    first_criterion = application.edition.criteria.get(number=1)
    for number in range(1, 5):
        attach_evidence(
            application=application,
            criterion=first_criterion,
            by=clerk,
            content=pdf_file(number),
            name=f"{number}.pdf",
        )
    with django_assert_num_queries(len(first)):
        client.get(page)
