"""Tests are dealt out to the processes that run them: none is lost, and each process begins with long ones."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import dealt


def stand_ins(long: int, short: int) -> list[Any]:
    """Return stand-ins of tests."""
    names = [f"tests/browser/test_{n}.py::test" for n in range(long)]
    return [
        SimpleNamespace(nodeid=name) for name in [*names, *(f"exit/test_{n}.py::test" for n in range(short))]
    ]


@pytest.mark.parametrize("processes", [1, 2, 3, 8])
@pytest.mark.parametrize(("long", "short"), [(0, 5), (5, 0), (7, 4), (40, 1000)])
def test_every_test_is_dealt_once(long: int, short: int, processes: int) -> None:
    items = stand_ins(long, short)
    assert sorted(item.nodeid for item in dealt(items, processes)) == sorted(item.nodeid for item in items)


def test_each_process_begins_with_its_share_of_long_tests() -> None:
    names = [item.nodeid for item in dealt(stand_ins(40, 1000), 2)]
    for part in (names[:520], names[520:]):
        assert all(name.startswith("tests/browser") for name in part[:20])
        assert all(name.startswith("exit") for name in part[20:])
