"""The desk's home for administrators and auditors."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from conftest import make_officer
from zsbank.base.calendar import clock
from zsbank.base.roles import Role
from zsbank.site.operations import checkpoints

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
PARTS = ("数据库", "队列", "后台任务", "邮件发送", "查毒", "存储")


def home_of(client: Client) -> str:
    """Return the content of the home page."""
    return client.get("/admin/").content.decode().split('class="desk"')[1]


def test_system_administrator_sees_health_but_no_cases(client: Client) -> None:
    client.force_login(make_officer("system", Role.SYSTEM_ADMINISTRATOR))
    page = home_of(client)
    assert all(part in page for part in PARTS)
    assert "从未出现" in page, "the worker, which no test starts"
    assert client.get("/admin/operations/sweeprun/").status_code == 200
    assert client.get("/admin/admission/application/").status_code == 403


def test_auditor_sees_checkpoint_and_export(client: Client, people: "People") -> None:
    checkpoints.store_checkpoint(clock.today().toordinal())
    client.force_login(people.auditor)
    page = home_of(client)
    assert f"最新核对点{clock.today().isoformat()}" in page
    assert "/admin/journal/entry/export/" in page
    assert "数据库" not in page


def test_unreadable_checkpoint_is_shown_on_home(client: Client, people: "People") -> None:
    path = checkpoints.path_of(clock.today())
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    client.force_login(people.auditor)
    assert "没有应答" in home_of(client)


def test_officer_sees_no_health(client: Client, people: "People") -> None:
    client.force_login(people.reviewer)
    page = home_of(client)
    assert "数据库" not in page
    assert "核对点" not in page
