"""An action as a step of the sweep does it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from zsbank.base.actions.door import Action
from zsbank.base.refusals import WrongState


def by_clock(action: Action[..., Any], model: type[Model]) -> Callable[[int], bool]:
    """One of the due rows: done by the clock where it is still due.

    Returns:
        A function of the row's key that says whether anything was done: not when the row is gone, has moved on or is
        not due any more, so that a second sweep, or a second worker, changes nothing.
    """

    def once(pk: int) -> bool:
        row: Model | None = QuerySet(model).filter(pk=pk).first()
        if row is None:
            return False
        try:
            action(**{action.on: row, "by": None})
        except WrongState:
            return False
        return True

    return once
