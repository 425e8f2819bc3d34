"""The command `next_step`: what a newcomer reads at the start of an empty register, and afterwards."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from conftest import make_officer
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says."""
    call_command("next_step")
    return capsys.readouterr().out


def test_empty_register_says_the_command_to_type(
    capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.SITE_ADDRESS = settings.BASE_DIR / "data", "http://127.0.0.1:8000"
    assert "    .venv/bin/python manage.py first_administrator 登录名 姓名 邮箱" in said(capsys)
    settings.DATA_DIR, settings.SITE_ADDRESS = tmp_path / "with blank", "http://127.0.0.1:8123"
    told = said(capsys)
    assert f"ZSBANK_DATA='{tmp_path}/with blank' ZSBANK_ADDRESS=http://127.0.0.1:8123 .venv/bin" in told


def test_afterwards_it_says_the_address_of_the_set_up_page(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    make_officer("secadmin", Role.SECURITY_ADMINISTRATOR)
    assert f"{settings.SITE_ADDRESS}/admin/set-up/" in said(capsys)
