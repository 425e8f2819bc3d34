"""Steps of the sweep for files: virus scans, interrupted moves, abandoned temporary files."""

import datetime as dt
from collections.abc import Iterable

from zsbank.base.calendar.sweeping import Step
from zsbank.base.files import actions, choosing, queries, scanner, store


def _waiting(on: dt.date) -> Iterable[int]:
    """Return files waiting for a scan; an unavailable scanner is detected once per run, not once per file."""
    waiting = list(queries.waiting_for_scan())
    if waiting:
        scanner.ping()
    return waiting


def _not_moved(on: dt.date) -> Iterable[int]:
    rows = queries.in_quarantine().values_list("pk", "stored_name")
    return [pk for pk, stored_name in rows if not store.quarantine_path(stored_name).exists()]


def _abandoned(on: dt.date) -> Iterable[int]:
    return [int(stored_name, 16) for stored_name in store.abandoned()]


def _unused(on: dt.date) -> Iterable[int]:
    return choosing.unused()


STEPS: tuple[Step, ...] = (
    Step("scan", _waiting, actions.scan),
    Step("move_to_quarantine", _not_moved, actions.move_to_quarantine),
    Step("clear_incoming", _abandoned, actions.clear_incoming),
    Step("clear_chosen", _unused, choosing.forget),
)
