"""All actions of the register, each with its example from `tests/examples.py` of its subject."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import Any

from django.db.models import Model

from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.actions.tests.inside import inside
from zsbank.base.permissions import Verb

ROOTS = ("banks", "admission", "inspections", "exit", "zsbank")


@cache
def actions() -> dict[str, Action[..., Any]]:
    """Return every action by the full name of its function."""
    found = (
        value
        for module in _modules()
        for value in vars(import_module(module)).values()
        if isinstance(value, Action)
    )
    return {f"{one.__module__}.{one.name}": one for one in found}


@cache
def examples() -> dict[str, Example]:
    """Return the examples of all subjects, by the same names."""
    found: dict[str, Example] = {}
    for module in _example_modules():
        given: dict[Action[..., Any], Example] = import_module(module).EXAMPLES
        found |= {f"{one.__module__}.{one.name}": example for one, example in given.items()}
    return found


def _example_modules() -> Iterator[str]:
    """Return the modules with examples, one per subject that has actions."""
    packages = {module.rpartition(".actions")[0] for module in _modules() if ".actions" in module}
    yield from (
        f"{one}.tests.examples" for one in sorted(packages) if find_spec_or_none(f"{one}.tests.examples")
    )


def rows() -> dict[type[Model], Callable[[Scene], Model]]:
    """Return how to make a row of each kind of case, where subjects define it."""
    found: dict[type[Model], Callable[[Scene], Model]] = {}
    for module in _example_modules():
        found |= getattr(import_module(module), "ROWS", {})
    return found


def heard() -> dict[str, Callable[[Scene], Model]]:
    """Return how to make a case in which the bank was just given prior notice, by `Hearing.key`."""
    found: dict[str, Callable[[Scene], Model]] = {}
    for module in _example_modules():
        found |= getattr(import_module(module), "HEARD", {})
    return found


def carry_out(one: Action[..., Any], arguments: dict[str, Any]) -> None:
    """Run an action; an inner one inside another."""
    if one.inner:
        with inside(Verb.DECIDE, arguments["by"]):
            one(**arguments)
    else:
        one(**arguments)


def find_spec_or_none(module: str) -> bool:
    """Whether the module exists."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@cache
def _modules() -> tuple[str, ...]:
    """Return every module that may hold actions; tests, migrations and entry points are left out."""
    roots = [(root, import_module(root).__path__) for root in ROOTS]
    found = (module.name for root, path in roots for module in walk_packages(path, f"{root}."))
    left_out = {"tests", "migrations", "management", "wsgi", "pytest_mode"}
    return tuple(name for name in found if not left_out & set(name.split(".")))
