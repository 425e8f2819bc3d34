"""Work lists: the declared work items of the verbs that the person holds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.cases.work import Waiting, WorkItem


def work_of(person: User) -> list[WorkItem]:
    """Return the person's work items by urgency: by due date, then by waiting time."""
    return sorted(_items(person), key=lambda item: (item.due or dt.date.max, item.since or dt.date.max))


def _items(person: User) -> Iterator[WorkItem]:
    for case in cases():
        for waiting in case.waiting:
            if waiting.action.is_held(person):
                yield from (_item(waiting, row) for row in waiting.rows(person))


def _item(waiting: Waiting, row: Any) -> WorkItem:
    return WorkItem(
        waiting.step,
        waiting.name(row),
        waiting.about(row),
        _address(waiting, row),
        waiting.due(row),
        waiting.since(row),
    )


def _address(waiting: Waiting, row: Any) -> str:
    if waiting.address is not None:
        return waiting.address(row)
    return action_page(row, waiting.action) if waiting.on_action_page else case_page(row)
