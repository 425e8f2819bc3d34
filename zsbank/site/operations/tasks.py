"""The clock's doorbell. Every ring may be lost, late or doubled: the sweep asks the tables."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from zsbank.base.calendar import clock
from zsbank.site.operations import runner
from zsbank.site.operations.models import Heartbeat
from zsbank.site.operations.queries import WORKER


@shared_task
def beat_heart() -> None:
    """Note that beat rings and a worker answers."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": clock.now()})


@shared_task
def deliver() -> None:
    """Make the files of letters, send the mail and have the files scanned that wait."""
    runner.deliver()


@shared_task
def sweep() -> None:
    """Do whatever is due and not done."""
    runner.run()


@worker_ready.connect
def ring_at_start(**_sender: Any) -> None:
    """A worker that starts catches up at once, however long it was away."""
    beat_heart.delay()
    sweep.delay()
