"""/healthz: status 200, or 503 with the faults, without secrets."""

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django import Settings

from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tests.test_letters import signed
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.roles import Role
from zsbank.site.operations import checkpoints, health, queries
from zsbank.site.operations.models import Heartbeat, SweepRun
from zsbank.site.operations.tasks import beat_heart

if TYPE_CHECKING:
    from banks.register.models import Bank
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zsbank.site.operations.urls")]


@pytest.fixture(autouse=True)
def queue(settings: Settings, tmp_path: Any) -> None:
    settings.REDIS_URL = ""
    settings.QUEUE_DIR = tmp_path
    (tmp_path / "messages").mkdir()


@pytest.fixture(autouse=True)
def operator(client: Client) -> User:
    """The reader of the details."""
    person = make_officer("operator", Role.SYSTEM_ADMINISTRATOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.mark.usefixtures("alive")
def test_anybody_reads_only_whether_it_is_well(clerk: User, settings: Settings) -> None:
    visitor, member = Client(), Client()
    member.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    for client in (visitor, member):
        assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"status": "ok"})
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    for client in (visitor, member):
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "wrong"})


@pytest.fixture
def alive() -> None:
    beat_heart()


def _swept(ago: dt.timedelta) -> SweepRun:
    at = clock.now() - ago
    return SweepRun.objects.create(on=at.date(), started_at=at, finished_at=at)


def _wrong(client: Client) -> list[str]:
    answer = client.get("/healthz")
    body = answer.json()
    assert answer.status_code == (503 if body["wrong"] else 200)
    assert body["status"] == ("wrong" if body["wrong"] else "ok")
    wrong: list[str] = body["wrong"]
    return wrong


@pytest.mark.usefixtures("alive")
def test_fresh_database_is_healthy(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["parts"]["sweep"]) == (200, "none has finished yet")
    assert "no-store" in answer["Cache-Control"]


def test_worker_never_seen_is_fault(client: Client) -> None:
    assert _wrong(client) == ["worker: has never been seen; check that it is running"]


def test_worker_not_seen_for_two_minutes_is_fault(client: Client) -> None:
    Heartbeat.objects.create(name=queries.WORKER, at=clock.now() - dt.timedelta(seconds=121))
    assert _wrong(client) == ["worker: last seen 121 s ago"]


@pytest.mark.usefixtures("alive")
@pytest.mark.parametrize(("hours", "well"), [(25, True), (27, False)])
def test_sweep_older_than_26_hours_is_fault(client: Client, hours: int, well: bool) -> None:
    _swept(dt.timedelta(hours=hours))
    assert (_wrong(client) == []) is well


@pytest.mark.usefixtures("alive")
def test_sweeps_of_simulated_days_do_not_count(client: Client) -> None:
    _swept(dt.timedelta(hours=30))
    now = clock.now()
    SweepRun.objects.create(on=dt.date(2031, 1, 1), started_at=now, finished_at=now)
    assert _wrong(client) == ["sweep: last finished 30.0 h ago, 0 failed"]


@pytest.mark.usefixtures("alive")
def test_unwritable_queue_is_fault(client: Client, settings: Settings, tmp_path: Any) -> None:
    settings.QUEUE_DIR = tmp_path / "gone"
    assert _wrong(client) == ["broker: its folder is not writable"]


@pytest.mark.usefixtures("alive")
def test_unavailable_broker_is_fault_without_secret(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://:verysecret@127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["broker: does not answer (ConnectionError)"]
    assert b"verysecret" not in answer.content


@pytest.mark.usefixtures("alive")
def test_mail_waiting_since_yesterday_is_fault(client: Client, administrator: User) -> None:
    notices.post(to=[administrator], key="a", title="标题", body="正文")
    assert _wrong(client) == []
    Message.objects.update(at=clock.now() - dt.timedelta(hours=27))
    expected = ["messages: 1 not mailed since yesterday or longer"] if administrator.email else []
    assert _wrong(client) == expected


def test_waiting_mail_is_shown_with_the_error_but_no_address(clerk: User) -> None:
    notices.post(to=[clerk], key="a", title="标题", body="正文")
    notices.put_off(ConnectionRefusedError("zhangsan@bank.example"))
    [finding] = health.check(("messages",))
    assert finding.well
    assert "1封待下次重试，最近一次错误：ConnectionRefusedError" in finding.says
    assert "@" not in finding.says


def test_letter_that_is_passed_over_is_fault(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider, on=clock.today())
    assert [finding.well for finding in health.check(("letters",))] == [True]
    Letter.objects.filter(pk=letter.pk).update(deaths=3)
    [finding] = health.check(("letters",))
    assert not finding.well
    assert "1件多次使程序中止或超时" in finding.says


@pytest.mark.usefixtures("alive")
def test_unavailable_database_is_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> tuple[bool, str]:
        raise OSError("host=db password=verysecret")

    monkeypatch.setitem(health.CHECKS, "database", away)
    assert _wrong(client) == ["database: does not answer (OSError)"]


@pytest.mark.usefixtures("alive")
def test_low_disk_space_is_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil._ntuple_diskusage(total=10, used=9, free=health.MIN_FREE_BYTES - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    assert _wrong(client) == ["storage: 1.0 GB free"]


@pytest.mark.usefixtures("alive")
@pytest.mark.parametrize(("days", "well"), [(1, True), (2, False)])
def test_missing_checkpoint_since_yesterday_is_fault(client: Client, days: int, well: bool) -> None:
    day = clock.today() - dt.timedelta(days=days)
    checkpoints.store_checkpoint(day.toordinal())
    expected = [f"record: latest checkpoint of {day.isoformat()}, entry 0"]
    assert _wrong(client) == ([] if well else expected)


@pytest.mark.usefixtures("alive")
def test_unreadable_checkpoint_is_fault(client: Client, settings: Settings) -> None:
    settings.CHECKPOINTS_DIR.mkdir(parents=True)
    (settings.CHECKPOINTS_DIR / "2026-01-01.json").write_text("{}", encoding="utf-8")
    assert _wrong(client) == ["record: does not answer (ValueError)"]
