"""Several files at once: a refused file is named and the others are attached."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import holding

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft."""
    return start_application(bank=bank, by=clerk)


def save_with_files(client: Client, application: Application, **contents: bytes) -> str:
    """Choose files by name and save."""
    files = [SimpleUploadedFile(f"{name}.pdf", content) for name, content in contents.items()]
    path = reverse("admission:criterion", args=[application.pk, 1])
    fields = {"text": "证明材料附后。", "version": "0", "file": files}
    return client.post(path, fields, follow=True).content.decode()


def test_several_files_are_attached_at_once(client: Client, application: Application, clerk: User) -> None:
    client.force_login(clerk)
    page = save_with_files(client, application, 执照=PDF, 章程=holding(b"two"))
    assert [evidence.file.name for evidence in Evidence.objects.all()] == ["执照.pdf", "章程.pdf"]
    assert "执照.pdf" in page
    assert application.answers.get().text == "证明材料附后。"


def test_refused_file_is_named_and_earlier_files_stay(
    client: Client, application: Application, clerk: User
) -> None:
    client.force_login(clerk)
    page = save_with_files(client, application, 执照=PDF, 坏件=b"MZ program")
    assert [evidence.file.name for evidence in Evidence.objects.all()] == ["执照.pdf"]
    assert "坏件.pdf" in page
    assert "证明材料附后。" in page


def test_answer_is_saved_without_a_file(client: Client, application: Application, clerk: User) -> None:
    client.force_login(clerk)
    save_with_files(client, application)
    assert application.answers.get().text == "证明材料附后。"
    assert not Evidence.objects.exists()
