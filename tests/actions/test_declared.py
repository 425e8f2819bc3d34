"""What each action declares, as it was agreed: written out in `declared.txt`, and compared both ways.

A condition that is left out, such as a rule or a transition, would be missed only where somebody tries it.
"""

import inspect
from pathlib import Path
from typing import Any

from tests.actions.examples import actions
from zsbank.base.actions.door import Action, action

LINES = Path(__file__).with_name("declared.txt").read_text(encoding="utf-8").splitlines()
MARKS = ("makes", "by_clock", "inner", "by_anybody")


def name_of(function: Any) -> str:
    """Return the name of a rule, a transition or what runs beforehand."""
    return str(getattr(function, "__name__", function)).replace("<lambda>", "its-own")


def line_of(name: str, one: Action[..., Any]) -> str:
    """Return what an action declares, as a line of the file."""
    said = [f"{name}: {one.verb}"]
    said += [f"on {one.on}" + (f" within {one.within}" if one.within else "")] * bool(one.on)
    said += [f"moves {name_of(one.moves)}"] * bool(one.moves)
    said += [f"in {' '.join(sorted(one.states))}"] * bool(one.states)
    said += [f"if {name_of(one.rule)}"] * (one.rule is not NO_RULE)
    said += [f"after {name_of(one.beforehand)}"] * bool(one.beforehand)
    said += [mark for mark in MARKS if getattr(one, mark)] + ["unrecorded"] * (not one.recorded)
    return ", ".join(said)


NO_RULE = inspect.signature(action).parameters["rule"].default


def test_every_action_declares_what_was_agreed() -> None:
    written = {line.partition(":")[0]: line for line in LINES}
    assert len(written) == len(LINES), "an action has two lines"
    assert {name: line_of(name, one) for name, one in actions().items()} == written
