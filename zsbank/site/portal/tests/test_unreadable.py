"""What cannot be read is refused in words, above all too much text in one form."""

import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.steps import FORM_KEY

pytestmark = pytest.mark.django_db
TOO_MUCH = "甲" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3 + 1)


@pytest.fixture
def path(bank: Bank) -> str:
    return reverse("banks:new_outlet")


def test_too_much_text_is_refused_in_words(client: Client, clerk: User, path: str) -> None:
    client.force_login(clerk)
    answer = client.post(path, {"name": TOO_MUCH})
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "一次提交的文字过多，最多5 MB" in page
    assert "表单中仍保留您填写的内容" in page


@pytest.mark.parametrize("headers", [{FORM_KEY: "a" * 32}, {"X-Requested-With": "XMLHttpRequest"}])
def test_script_gets_a_problem(client: Client, clerk: User, path: str, headers: dict[str, str]) -> None:
    client.force_login(clerk)
    answer = client.post(path, {"name": TOO_MUCH}, headers=headers)
    assert answer.status_code == 413
    said = json.loads(answer.content)
    assert said["title"] == "too_much_text"
    assert said["detail"].startswith("一次提交的文字过多")


def test_form_with_broken_parts_is_refused_in_words(client: Client, clerk: User, path: str) -> None:
    client.force_login(clerk)
    answer = client.post(path, b"--x", content_type="multipart/form-data; boundary=" + "b" * 300)
    assert answer.status_code == 400
    assert "提交的内容无法读取" in answer.content.decode()
