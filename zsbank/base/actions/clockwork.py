"""Actions as steps of the sweep."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from zsbank.base.actions.door import Action
from zsbank.base.refusals import WrongState


def by_clock(action: Action[..., Any], model: type[Model]) -> Callable[[int], bool]:
    """Return a function that carries out an action on one row, as the system, if it is still due.

    Returns:
        A function of the row's primary key that returns whether anything was done. It does nothing if the row
            was deleted or is in another state by now, so that a second sweep or a second worker changes
            nothing.
    """

    def run(pk: int) -> bool:
        row: Model | None = QuerySet(model).filter(pk=pk).first()
        if row is None:
            return False
        try:
            action(**{action.on: row, "by": None})
        except WrongState:
            return False
        return True

    return run
