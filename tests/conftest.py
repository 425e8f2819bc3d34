"""Fixtures of tests that cross subjects: the scene of the examples; two banks with a row of every kind."""

import os
import shutil
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from tests.actions.scene import Scene
from tests.actions.stage import Stage, Staged
from tests.walk.world import World, two_banks
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


class Made(NamedTuple):
    """A world, and the folder of its files."""

    world: World
    files: Path


STAGE = Stage()
LONG = tuple(
    f"tests/{folder}"
    for folder in (
        "browser/",
        "faults/",
        "lives/",
        "real/",
        "toy/",
        "walk/",
        "program/test_migrated_",
        "program/test_stored_",
    )
)
"""Modules with tests that take many seconds each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests on an example come first, by example, and tests of a world last in their module; deal long tests out.

    The rows of a world are there from the first of its tests on.
    """
    place = {module: number for number, module in enumerate(dict.fromkeys(map(_module, items)))}
    items.sort(
        key=lambda item: (
            not (name := _example(item)),
            name,
            place[_module(item)],
            "made_world" in getattr(item, "fixturenames", ()),
        )
    )
    items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def dealt(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """Return the tests such that each process begins with its share of long ones: each gets one of so many equal parts.

    What is left in the end are short tests, which the processes share well.
    """
    long = [item for item in items if _module(item).startswith(LONG)]
    short = [item for item in items if not _module(item).startswith(LONG)]
    found: list[pytest.Item] = []
    for number in range(1, processes + 1):
        share = long[len(long) * (number - 1) // processes : len(long) * number // processes]
        found += share
        filled = max(0, len(items) * number // processes - len(found))
        found += short[:filled]
        del short[:filled]
    return found + short


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Clear the stage after the last test on an example."""
    try:
        return (yield)
    finally:
        if nextitem is None or _example(item) != _example(nextitem):
            STAGE.clear()


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _example(item: pytest.Item) -> str:
    """Return the name of the example on which a test acts; empty if it acts on none."""
    given = getattr(item, "callspec", None)
    return str(given.params.get("on_stage", "")) if given else ""


@pytest.fixture
def scene(
    bank: Bank,
    other_bank: Bank,
    edition: PolicyEdition,
    people: "People",
    clerk: User,
    administrator: User,
    stranger: User,
) -> Scene:
    """The persons and banks of the examples."""
    return Scene(bank, other_bank, edition, people, clerk, administrator, stranger)


@pytest.fixture(scope="session")
def stage(django_db_setup: None) -> Iterator[Stage]:
    """The stage, cleared before the database is dropped if a test on an example is the last of its process."""
    yield STAGE
    STAGE.clear()


@pytest.fixture(scope="class")  # of functions: before the transaction of the test
def on_stage(
    request: pytest.FixtureRequest,
    stage: Stage,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Staged:
    """The example of the parameter, on the stage."""
    return stage.show(request.param, tmp_path_factory, django_db_blocker)


@pytest.fixture
def staged(on_stage: Staged, db: None, settings: Settings) -> Staged:
    """An example before its action, with copies of its objects and files."""
    shutil.copytree(on_stage.files, settings.FILES_DIR, dirs_exist_ok=True)
    return on_stage.copy()


@pytest.fixture(scope="module")
def made_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """Make a world in a transaction around those of the module's tests, each of which is rolled back to it."""
    files = tmp_path_factory.mktemp("world")
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # actions are durable: nothing else may surround them
    with django_db_blocker.unblock(), around:
        with override_settings(FILES_DIR=files, CHECKPOINTS_DIR=files / "checkpoints", RATE_LIMITS={}):
            world = two_banks()
        yield Made(world, files)
        transaction.set_rollback(True)


@pytest.fixture
def world(made_world: Made, db: None, settings: Settings) -> World:
    """Two banks with a row of every kind, and an officer of every role."""
    made = made_world.world
    shutil.copytree(made_world.files, settings.FILES_DIR, dirs_exist_ok=True)
    people = User.objects.in_bulk(
        person.pk for person in (*made.staff.values(), made.administrator, made.clerk)
    )
    return replace(
        made,
        staff={role: people[person.pk] for role, person in made.staff.items()},
        administrator=people[made.administrator.pk],
        clerk=people[made.clerk.pk],
    )
