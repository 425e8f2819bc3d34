"""Work lists: the declared work items of the verbs that the person holds."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_roles
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.cases.work import Waiting, WorkItem
from zsbank.base.journal.queries import newest

COUNTED_FOR = 30
"""Seconds after which work items are counted again: files of letters and failed mails are in no entry."""


def work_of(person: User, *, with_taken: bool = False) -> list[WorkItem]:
    """Return the person's work items by urgency: by due date, then by waiting time.

    Args:
        person: whose work it is.
        with_taken: whether to include what colleagues have taken on.
    """
    items = [_item(waiting, row) for _case, waiting in _waiting(person) for row in waiting.rows(person)]
    if with_taken:
        items += [
            replace(_item(waiting, row), taker=waiting.taker(row))
            for _case, waiting in _waiting(person)
            for row in waiting.taken(person)
        ]
    return sorted(items, key=lambda item: (item.due or dt.date.max, item.since or dt.date.max))


def counts_of(person: User) -> Counter[str]:
    """Return the number of the person's work items by kind of case, such as `exit.exitcase`.

    They are counted again when the journal has grown, the day or the person's roles have changed, or after a while.
    """
    roles = sorted(role.value for role in staff_roles(person))
    kept, now = caches["work_counts"], (newest(), clock.today(), roles)
    counted_at, counts = kept.get(person.pk, (None, None))
    if counted_at != now:
        counts = _counted(person)
        kept.set(person.pk, (now, counts), COUNTED_FOR)
    return Counter(counts)


def _counted(person: User) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case, waiting in _waiting(person):
        counts[case.key] += number(waiting.rows(person))
    return counts


def taken_by_colleagues(person: User) -> int:
    """Return the number of work items that colleagues have taken on."""
    return sum(number(waiting.taken(person)) for _case, waiting in _waiting(person))


def _waiting(person: User) -> Iterator[tuple[Case, Waiting]]:
    for case in cases():
        for waiting in case.waiting:
            if waiting.action.is_held(person):
                yield case, waiting


def number(rows: Iterable[Any]) -> int:
    """Return how many rows there are, counted by the database where it can."""
    return rows.count() if isinstance(rows, QuerySet) else len(list(rows))


def _item(waiting: Waiting, row: Any) -> WorkItem:
    return WorkItem(
        waiting.step,
        waiting.name(row),
        waiting.about(row),
        _address(waiting, row),
        waiting.due(row),
        waiting.since(row),
        waiting.told(row),
    )


def _address(waiting: Waiting, row: Any) -> str:
    if waiting.address is not None:
        return waiting.address(row)
    return action_page(row, waiting.action) if waiting.on_action_page else case_page(row)
