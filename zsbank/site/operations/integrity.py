"""Integrity check: compares tables, files and journal. Each finding is one line that names a row."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from zsbank.base.calendar import clock
from zsbank.base.cases.checks import states_match_journal
from zsbank.base.cases.registry import cases
from zsbank.base.journal.chain import Checkpoint
from zsbank.base.journal.facts import facts_match_journal
from zsbank.site.operations import checkpoints, queries, runner


def findings() -> Iterator[str]:
    """Yield a line for each fault."""
    return chain(
        *(states_match_journal(case.model, case.earlier) for case in cases() if case.state_field),
        *(check() for case in cases() for check in case.checks),
        facts_match_journal(),
        _overdue(),
        _outbox(),
        _record(),
    )


def _overdue() -> Iterator[str]:
    """Yield items that were due by yesterday and are not done, and failures of the last sweep."""
    yesterday = clock.today() - dt.timedelta(days=1)
    for step in runner.steps():
        if step.by_date:
            for pk in step.due(yesterday):
                yield f"{step.name} {pk}: was due by {yesterday} and is not done"
    last = queries.last_sweep()
    for failure in last.failed if last else ():
        yield "{step} {id}: failed in the last sweep, {error}".format(**failure)


def _outbox() -> Iterator[str]:
    """Yield letters, messages and scans that have waited too long."""
    for letter in queries.stuck_letters():
        yield f"letters.letter {letter.pk}: {letter} has no file since {letter.issue_date}"
    for pk in queries.stuck_messages().values_list("pk", flat=True):
        yield f"notices.message {pk}: has not been mailed"
    for file in queries.stuck_scans():
        why = f" ({file.scan_result})" if file.scan_result else ""
        yield f"files.storedfile {file.pk}: has not been scanned for viruses since {file.at:%Y-%m-%d %H:%M} UTC{why}"


def _record() -> Iterator[str]:
    """Yield faults of the chain, deviations from all stored checkpoints, and changed letters."""
    kept = []
    for path in checkpoints.kept_files():
        try:
            kept.append(Checkpoint.read(path))
        except ValueError as error:
            yield f"checkpoint: {error}"
    yield from checkpoints.findings(*kept)
