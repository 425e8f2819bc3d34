"""The page of an exit case in the portal."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, admitted
from banks.register.models import Bank
from exit.cases.models import ExitCase
from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import picture

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_force(bank: Bank, clerk: User, people: "People", edition: PolicyEdition) -> None:
    """The bank is admitted."""
    admitted(bank, clerk, people)


def file_application(client: Client, name: str = "申请书.pdf", content: bytes = PDF) -> Any:
    """File the bank's application to exit."""
    document = SimpleUploadedFile(name, content)
    path = reverse("exit:apply")
    return client.post(path, {"statement": "业务调整。", "document": document}, follow=True)


def test_picture_is_not_a_written_application(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = file_application(client, "照片.png", picture("PNG")).content.decode()
    assert "此处需提交 PDF、OFD 文件" in page
    assert not ExitCase.objects.exists()


def test_page_shows_document_reason_person_and_until_when(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = file_application(client).content.decode()
    case = ExitCase.objects.get()
    for shown in ("业务调整。", str(administrator), "申请书.pdf", "可撤回至", case.case_number):
        assert shown in page
    document = reverse("exit:document", args=[case.pk])
    assert f'href="{document}?look"' in page
    assert b"".join(client.get(document).streaming_content) == PDF  # type: ignore[attr-defined]


def test_clerk_reads_the_case_but_is_not_offered_to_withdraw(
    client: Client, administrator: User, clerk: User
) -> None:
    client.force_login(administrator)
    file_application(client)
    address = reverse("exit:case", args=[ExitCase.objects.get().pk])
    client.force_login(clerk)
    page = client.get(address).content.decode()
    assert "申请书.pdf" in page
    assert "撤回退出申请" not in page


def test_another_bank_does_not_find_it(client: Client, administrator: User, stranger: User) -> None:
    client.force_login(administrator)
    file_application(client)
    pk = ExitCase.objects.get().pk
    client.force_login(stranger)
    for name in ("exit:case", "exit:document"):
        assert client.get(reverse(name, args=[pk])).status_code == 404
