"""Work lists: the declared work items of the verbs that the person holds."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.cases.work import Waiting, WorkItem


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
    """Return the number of the person's work items by kind of case, such as `exit.exitcase`."""
    counts: Counter[str] = Counter()
    for case, waiting in _waiting(person):
        counts[case.key] += _number(waiting.rows(person))
    return counts


def taken_by_colleagues(person: User) -> int:
    """Return the number of work items that colleagues have taken on."""
    return sum(_number(waiting.taken(person)) for _case, waiting in _waiting(person))


def _waiting(person: User) -> Iterator[tuple[Case, Waiting]]:
    for case in cases():
        for waiting in case.waiting:
            if waiting.action.is_held(person):
                yield case, waiting


def _number(rows: Iterable[Any]) -> int:
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
