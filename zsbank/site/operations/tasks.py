"""Celery tasks: triggers only, safe to lose, delay or repeat, because the sweep reads what is due from the tables."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from zsbank.base.calendar import clock
from zsbank.site.operations import runner
from zsbank.site.operations.models import Heartbeat
from zsbank.site.operations.queries import WORKER


@shared_task
def beat_heart() -> None:
    """Record that beat and a worker are active."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": clock.now()})


@shared_task
def deliver() -> None:
    """Make files of letters, send mail and scan files."""
    runner.deliver()


@shared_task
def sweep() -> None:
    """Process everything that is due."""
    runner.run()


@worker_ready.connect
def sweep_at_start(**_sender: Any) -> None:
    """Run the sweep when a worker starts."""
    beat_heart.delay()
    sweep.delay()
