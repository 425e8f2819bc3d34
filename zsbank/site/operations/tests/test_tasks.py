"""Celery tasks exist under the names in the schedule."""

from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as configured
from pytest_django import Settings

from bin.supervisor.commands import PROCESSES
from zsbank.base.files.places import alone
from zsbank.site.operations import judge, runner, tasks
from zsbank.site.operations.models import Heartbeat


def test_scheduled_tasks_exist() -> None:
    for entry in configured.CELERY_BEAT_SCHEDULE.values():
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


def test_each_kind_of_work_has_a_task_and_a_process(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(runner, "run", lambda *, outgoing: rung.append(f"run {outgoing}"))
    monkeypatch.setattr(runner, "deliver", lambda *kinds: rung.extend(kinds))
    monkeypatch.setattr(judge, "is_due", lambda: True)
    monkeypatch.setattr(tasks.judge_register, "delay", lambda: rung.append("judge"))
    settings.WORK_DIR = tmp_path
    for task in (tasks.sweep, tasks.make_letters, tasks.send_mail, tasks.scan_files):
        task()
    assert rung == ["run False", "judge", *runner.OUTGOING]
    with alone("sweep"):
        tasks.sweep()
    assert rung.count("run False") == 1
    assert len(runner.OUTGOING) + 1 < PROCESSES
