"""Celery tasks exist under the names in the schedule."""

import pytest
from celery import current_app
from django.conf import settings

from zsbank.site.operations import runner, tasks
from zsbank.site.operations.models import Heartbeat


def test_scheduled_tasks_exist() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks


@pytest.mark.django_db
def test_heartbeat_has_one_row() -> None:
    tasks.beat_heart()
    tasks.beat_heart()
    assert Heartbeat.objects.count() == 1


def test_worker_start_triggers_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(tasks.sweep, "delay", lambda: rung.append("sweep"))
    monkeypatch.setattr(tasks.beat_heart, "delay", lambda: rung.append("heart"))
    tasks.sweep_at_start(sender=object())
    assert rung == ["heart", "sweep"]


def test_sweep_and_deliver_call_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(runner, "run", lambda: rung.append("run"))
    monkeypatch.setattr(runner, "deliver", lambda: rung.append("deliver"))
    tasks.sweep()
    tasks.deliver()
    assert rung == ["run", "deliver"]
