"""The sweep: processes everything that is due, item by item; a failing row does not stop the others."""

import datetime as dt
import logging
import traceback
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.db import connection

from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases import registry
from zsbank.base.files import sweep as files
from zsbank.base.files.places import alone
from zsbank.base.letters import sweep as letters
from zsbank.base.notices import sweep as notices
from zsbank.base.refusals import Refused
from zsbank.site.operations import sweep as own
from zsbank.site.operations.models import SweepRun

logger = logging.getLogger(__name__)

OUTGOING: dict[str, tuple[Step, ...]] = {
    "letters": letters.STEPS,
    "mail": notices.STEPS,
    "files": files.STEPS,
}
"""What goes out: files of letters, mail, virus scans. The kinds do not wait for each other or for the sweep."""

MAX_ROUNDS = 10


class Failure(TypedDict):
    """A failed item, without content of its row, because runs must not hold personal data."""

    step: str
    id: int | None
    error: str
    where: str


def steps() -> list[Step]:
    """Return the steps of the cases, in the order of apps and subjects, then those of the register itself."""
    return [*registry.steps(), *own.STEPS]


def run(*, on: dt.date | None = None, outgoing: bool = True) -> SweepRun:
    """Process everything that is due, and store a row with results and failures.

    Args:
        on: the day (local date) to simulate; None for now. The times of the row are real in both cases.
        outgoing: whether to do afterwards what `deliver` does; the worker has tasks of their own for it.
    """
    row = SweepRun.objects.create(on=on or clock.today(), started_at=clock.now())
    playing: AbstractContextManager[None] = clock.playing(on) if on else nullcontext()
    with playing:
        for step in steps():
            _run_step(step, row)
            row.save(update_fields=["done", "failed"])
        for kind in OUTGOING if outgoing else ():
            _deliver(kind, row)
    row.finished_at = clock.now()
    row.save(update_fields=["done", "failed", "finished_at"])
    return row


def deliver(*kinds: str) -> SweepRun:
    """Make files of letters, send mail and scan files; the row of the run is not stored.

    Args:
        kinds: keys of `OUTGOING`; all if none.
    """
    row = SweepRun(on=clock.today(), started_at=clock.now())
    for kind in kinds or OUTGOING:
        _deliver(kind, row)
    return row


def _deliver(kind: str, row: SweepRun) -> None:
    """Run the steps of a kind, unless another process does.

    They are run again while there is more to do, so that what is asked for meanwhile is not left.
    """
    with alone(kind) as free:
        for _round in range(MAX_ROUNDS if free else 0):
            before = dict(row.done)
            for step in OUTGOING[kind]:
                _run_step(step, row)
            if row.done == before:
                return


def _run_step(step: Step, row: SweepRun) -> None:
    try:
        due = list(step.due(row.on))
    except Exception as error:  # noqa: BLE001 - other steps continue
        row.failed.append(_failure(step, None, error))
        return
    for pk in due:
        try:
            done = step.do(pk)
        except Exception as error:  # noqa: BLE001 - other rows continue
            row.failed.append(_failure(step, pk, error))
        else:
            row.done[step.name] = row.done.get(step.name, 0) + done
    row.done = {name: count for name, count in row.done.items() if count}


def _failure(step: Step, pk: int | None, error: Exception) -> Failure:
    """Return the failure by class, code and place; messages of databases contain whole rows, so they are left out."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    name = type(error).__name__
    failure = Failure(
        step=step.name,
        id=pk,
        error=f"{name} ({error.code})" if isinstance(error, Refused) else name,
        where=_place(error),
    )
    logger.error("sweep: %(step)s %(id)s failed: %(error)s at %(where)s", failure)
    return failure


def _place(error: Exception) -> str:
    """Return the last line of the register's own code in the traceback, such as exit/actions.py:120."""
    root = Path(settings.BASE_DIR)
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(Path(frame.filename), root)
    ]
    return f"{Path(frames[-1].filename).relative_to(root)}:{frames[-1].lineno}" if frames else ""


def _is_ours(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and "site-packages" not in path.parts
