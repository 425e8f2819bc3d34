"""States in which an action is allowed: `tests/states.txt` of each subject, written by hand, against the program.

The transition of a state machine is the only truth of the program, so an action that became possible in one state more
is found here only. A subject without the file has no table yet.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.actions.examples import ROOTS, actions
from zsbank.base.actions.door import Action

ACTIONS = actions()
FILES = sorted(file for app in ROOTS for file in Path(app).glob("**/tests/states.txt"))


def line_of(name: str, one: Action[..., Any]) -> str:
    """Return an action with its states: from which it moves to which, or in which it is allowed."""
    if one.moves is None:
        return f"{name}: {' '.join(sorted(one.states))}"
    moved = one.moves._django_fsm.transitions  # type: ignore[attr-defined]
    return f"{name}: " + ", ".join(sorted(f"{source} → {to.target}" for source, to in moved.items()))


def said_by_the_program(package: str) -> list[str]:
    """Return the lines of a subject's actions that depend on a state."""
    return sorted(
        line_of(one.name, one)
        for one in ACTIONS.values()
        if one.__module__.startswith(f"{package}.") and (one.moves or one.states)
    )


@pytest.mark.parametrize("file", FILES, ids=str)
def test_actions_are_allowed_in_the_states_that_were_agreed(file: Path) -> None:
    package = ".".join(file.parts[:-2])
    assert said_by_the_program(package) == sorted(file.read_text(encoding="utf-8").splitlines())


def test_subjects_with_states_have_their_table() -> None:
    assert len(FILES) > 8
