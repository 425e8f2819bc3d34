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
from exit.cases.terms import DUTIES
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


def test_page_shows_document_reason_person_and_last_day(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = file_application(client).content.decode()
    case = ExitCase.objects.get()
    for shown in ("业务调整。", str(administrator), "申请书.pdf", "可撤回至", case.case_number):
        assert shown in page
    document = reverse("exit:document", args=[case.pk])
    assert f'href="{document}?look"' in page
    assert b"".join(client.get(document).streaming_content) == PDF  # type: ignore[attr-defined]


def test_clerk_reads_case_without_withdrawal_button(client: Client, administrator: User, clerk: User) -> None:
    client.force_login(administrator)
    file_application(client)
    address = reverse("exit:case", args=[ExitCase.objects.get().pk])
    client.force_login(clerk)
    page = client.get(address).content.decode()
    assert "申请书.pdf" in page
    assert "撤回退出申请" not in page


def test_exit_case_of_another_bank_is_not_found(client: Client, administrator: User, stranger: User) -> None:
    client.force_login(administrator)
    file_application(client)
    pk = ExitCase.objects.get().pk
    client.force_login(stranger)
    for name in ("exit:case", "exit:document"):
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_page_names_every_consequence_of_the_policy(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = client.get(reverse("exit:apply")).content.decode()
    said = {
        "（一）": "立即停止发卡",
        "（二）": "贵行自行承担费用，组织持卡人更换银行、更换卡片",
        "（三）": "向公众做好引导和解释",
        "（四）": "自愿更换之前，贵行继续为其提供服务",
        "（五）": "尚未领取的卡片，重新申领的费用由贵行承担",
    }
    assert [duty[:3] for duty in DUTIES] == list(said)
    assert [mark for mark, words in said.items() if words not in page] == []
    assert "医保" in page
    assert "五年" in page
