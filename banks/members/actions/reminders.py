"""Reminders to banks of what they have to do by a day."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from zsbank.base.actions.rows import state_field_of, state_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step


@dataclass(frozen=True)
class Reminder:
    """When the banks of a kind of case are reminded, and in which words.

    Args:
        name: the name of the step of the sweep.
        model: the kind of case; a row has a `bank`.
        day: the field of the due date.
        states: the states in which the bank has to act.
        days: calendar days before the due date on which it is reminded, once each.
        tell: posts the message. Given the row, which of `days` it is, and the calendar days that are left; returns the
            number of messages.
    """

    name: str
    model: type[models.Model]
    day: str
    states: frozenset[str]
    days: tuple[int, ...]
    tell: Callable[[Any, int, int], int]

    @property
    def step(self) -> Step:
        """The step of the sweep."""
        return Step(self.name, self.near, self.remind)

    def near(self, on: dt.date) -> Iterable[int]:
        """Return the keys of the rows about which a bank may need a reminder on a day (local date)."""
        within = (on, on + dt.timedelta(days=max(self.days)))
        running = {f"{state_field_of(self.model)}__in": sorted(self.states), f"{self.day}__range": within}
        return QuerySet(self.model).filter(**running).order_by("pk").values_list("pk", flat=True)

    def remind(self, pk: int) -> bool:
        """Remind the bank of an approaching due date; a late sweep posts only the nearest reminder.

        The row does not change.

        Returns:
            Whether a message was posted.
        """
        with transaction.atomic(durable=True):
            rows: QuerySet[Any] = QuerySet(self.model).select_for_update(no_key=True, of=("self",))
            row: Any = rows.select_related("bank").get(pk=pk)
            due: dt.date | None = getattr(row, self.day)
            if due is None or state_of(row) not in self.states:
                return False
            left = (due - clock.today()).days
            nearest = min((days for days in self.days if 0 <= left <= days), default=None)
            return nearest is not None and self.tell(row, nearest, left) > 0
