"""A stage holds one example at a time, made once for all tests on it: each acts on a copy and is rolled back to it.

To make an example takes longer than most of what tests do with it.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.actions.examples import actions, carry_out, examples
from tests.actions.scene import Scene, make_scene
from zsbank.base.actions.door import Action


@dataclass(frozen=True)
class Staged:
    """An example of an action, before the action.

    Args:
        name: the full name of the action's function.
        arguments: those with which it succeeds, `by` included.
        files: the folder with the files of the example.
    """

    name: str
    scene: Scene
    arguments: dict[str, Any]
    files: Path

    @property
    def action(self) -> Action[..., Any]:
        """The action of the example."""
        return actions()[self.name]

    def carry_out(self) -> None:
        """Do the action of the example."""
        carry_out(self.action, self.arguments)

    def copy(self) -> "Staged":
        """Return the example with objects of its own: what a test changes on them stays with it."""
        scene, arguments = deepcopy((self.scene, self.arguments))
        return replace(self, scene=scene, arguments=arguments)


class Stage:
    """The example in the database of this process."""

    def __init__(self) -> None:
        self._holds: Staged | None = None
        self._around = ExitStack()

    def show(self, name: str, folders: pytest.TempPathFactory, blocker: DjangoDbBlocker) -> Staged:
        """Return the example; make it, with its files in a new folder, unless it is there."""
        if self._holds is None or self._holds.name != name:
            self.clear()
            files = folders.mktemp("example")
            self._holds = self._around.enter_context(_set_up(name, files, blocker))
        return self._holds

    def clear(self) -> None:
        """Take the example out of the database, if there is one."""
        self._holds = None
        self._around.close()


@contextmanager
def _set_up(name: str, files: Path, blocker: DjangoDbBlocker) -> Iterator[Staged]:
    """Make an example in a transaction around those of the tests, and roll it back in the end."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # actions are durable: nothing else may surround them
    with blocker.unblock(), around:
        with override_settings(FILES_DIR=files, CHECKPOINTS_DIR=files / "checkpoints", RATE_LIMITS={}):
            scene = make_scene()
            staged = Staged(name, scene, examples()[name](scene), files)
        yield staged
        transaction.set_rollback(True)


def on_stage(names: Iterable[str]) -> pytest.MarkDecorator:
    """Let a test with the fixture `staged` act on each of these examples."""
    return pytest.mark.parametrize("on_stage", sorted(names), indirect=True)
