"""The desk's first page for those who look after the program and watch over the record."""

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
    """The first page's own part."""
    return client.get("/admin/").content.decode().split('class="desk"')[1]


def test_the_system_administrator_sees_how_each_part_runs_and_no_case(client: Client) -> None:
    client.force_login(make_officer("system", Role.SYSTEM_ADMINISTRATOR))
    page = home_of(client)
    assert all(part in page for part in PARTS)
    assert "从未出现" in page, "the worker, which no test starts"
    assert client.get("/admin/operations/sweeprun/").status_code == 200
    assert client.get("/admin/admission/application/").status_code == 403


def test_the_auditor_sees_how_far_the_record_is_known_outside_and_can_take_it_away(
    client: Client, people: "People"
) -> None:
    checkpoints.keep(clock.today().toordinal())
    client.force_login(people.auditor)
    page = home_of(client)
    assert f"最新核对点{clock.today().isoformat()}" in page
    assert "/admin/journal/entry/export/" in page
    assert "数据库" not in page


def test_a_checkpoint_that_cannot_be_read_is_said_and_breaks_nothing(
    client: Client, people: "People"
) -> None:
    path = checkpoints.path_of(clock.today())
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    client.force_login(people.auditor)
    assert "没有应答" in home_of(client)


def test_an_officer_sees_neither(client: Client, people: "People") -> None:
    client.force_login(people.reviewer)
    page = home_of(client)
    assert "数据库" not in page
    assert "核对点" not in page
