"""Celery tasks: triggers only, safe to lose, delay or repeat, because the sweep reads what is due from the tables."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings

from zsbank.base.calendar import clock
from zsbank.base.files.places import alone
from zsbank.site.operations import judge, runner
from zsbank.site.operations.models import Heartbeat
from zsbank.site.operations.queries import WORKER

JUDGE_SECONDS = 3600
"""Time limit of the daily integrity check; one that takes longer is shown as not finished."""


@shared_task
def beat_heart() -> None:
    """Record that beat and a worker are active; `bin/run` looks at the file before it says that all is ready."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": clock.now()})
    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    (settings.WORK_DIR / "heartbeat").touch()


@shared_task
def make_letters() -> None:
    """Make files of letters."""
    runner.deliver("letters")


@shared_task
def send_mail() -> None:
    """Send mail."""
    runner.deliver("mail")


@shared_task
def scan_files() -> None:
    """Scan files for viruses, and tidy up."""
    runner.deliver("files")


@shared_task
def sweep() -> None:
    """Process everything that is due, unless it is being processed on this machine."""
    with alone("sweep") as free:
        if free:
            runner.run(outgoing=False)
    if judge.is_due():
        judge_register.delay()


@shared_task(time_limit=JUDGE_SECONDS, soft_time_limit=JUDGE_SECONDS - 60)
def judge_register() -> None:
    """Compare tables, files and journal, once a day; keep the result and tell people what was found."""
    judge.run()


@worker_ready.connect
def sweep_at_start(**_sender: Any) -> None:
    """Run the sweep when a worker starts."""
    beat_heart.delay()
    sweep.delay()
