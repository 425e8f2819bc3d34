"""Evidence on the page of a criterion: dates, removal and restoring, preview."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, pdf_file
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft with a document attached to criterion 1."""
    draft = start_application(bank=bank, by=clerk)
    first = draft.edition.criteria.get(number=1)
    attach_evidence(application=draft, criterion=first, by=clerk, content=pdf_file(), name="执照.pdf")
    return draft


def save(client: Client, application: Application, to: str = "criterion", **given: Any) -> str:
    """Save criterion 1 and return the page."""
    version = application.answers.get().version
    path = reverse(f"admission:{to}", args=[application.pk, 1])
    return client.post(path, {"text": "附后。", "version": version, **given}, follow=True).content.decode()


def dates(evidence: Evidence, issued: str, expires: str) -> dict[str, str]:
    """The fields of a document's dates."""
    return {f"evidence-{evidence.pk}-issued_on": issued, f"evidence-{evidence.pk}-expires_on": expires}


@pytest.mark.parametrize("to", ["criterion", "autosave"])
def test_dates_of_each_document_are_saved_once(
    client: Client, application: Application, clerk: User, to: str
) -> None:
    client.force_login(clerk)
    evidence = Evidence.objects.get()
    for _time in range(2):
        save(client, application, to, **dates(evidence, "2020-01-02", "2030-01-02"))
    evidence.refresh_from_db()
    assert (evidence.issued_on, evidence.expires_on) == (dt.date(2020, 1, 2), dt.date(2030, 1, 2))
    assert Entry.objects.filter(verb="correct_evidence_dates").count() == 1


def test_impossible_dates_are_kept_with_a_hint(client: Client, application: Application, clerk: User) -> None:
    client.force_login(clerk)
    page = save(client, application, **dates(Evidence.objects.get(), "2099-01-02", ""), stay="1")
    assert 'value="2099-01-02"' in page
    assert "签发日期晚于今天" in page


def test_unreadable_date_refuses_the_page_and_keeps_the_input(
    client: Client, application: Application, clerk: User
) -> None:
    client.force_login(clerk)
    page = save(client, application, **dates(Evidence.objects.get(), "昨天", ""))
    assert 'value="昨天"' in page
    assert "附后。" in page
    assert not application.answers.get().text


def test_autosave_without_dates_leaves_them_alone(
    client: Client, application: Application, clerk: User
) -> None:
    client.force_login(clerk)
    Evidence.objects.update(issued_on="2020-01-02")
    save(client, application, "autosave")
    assert Evidence.objects.get().issued_on == dt.date(2020, 1, 2)


def test_removed_document_is_listed_and_restored(
    client: Client, application: Application, clerk: User
) -> None:
    client.force_login(clerk)
    evidence = Evidence.objects.get()
    page = save(client, application, remove=evidence.pk)
    assert "已移除执照.pdf" in page
    assert f'name="restore"\n          value="{evidence.pk}"' in page
    page = save(client, application, restore=evidence.pk)
    assert "已恢复执照.pdf" in page
    assert Evidence.objects.get().removed_at is None


def test_preview_shows_the_document_and_records_one_opening(
    client: Client, application: Application, clerk: User, stranger: User
) -> None:
    client.force_login(clerk)
    address = reverse("admission:evidence", args=[Evidence.objects.get().pk])
    page = client.get(f"{address}?look").content.decode()
    assert f'<iframe class="looked-at" src="{address}?open#' in page
    assert not Entry.objects.filter(verb="open_file").exists()
    shown = client.get(f"{address}?open")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert b"".join(shown.streaming_content) == PDF  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="open_file").count() == 1
    client.force_login(stranger)
    assert client.get(f"{address}?look").status_code == 404
