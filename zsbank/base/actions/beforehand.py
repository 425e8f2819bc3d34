"""What an action does before its transaction opens: slow work, during which nothing may be locked."""

from collections.abc import Callable
from typing import Any

Prepare = Callable[[dict[str, Any]], None]
_prepared: list[Prepare] = []


def before_each_action(prepare: Prepare) -> None:
    """Call a function with the arguments of each action before its transaction opens; for an app's `ready`."""
    if prepare not in _prepared:
        _prepared.append(prepare)


def prepare(arguments: dict[str, Any]) -> None:
    """Prepare the arguments of an action."""
    for one in _prepared:
        one(arguments)
