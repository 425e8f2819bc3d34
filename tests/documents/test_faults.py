"""docs/en/faults.md and scenarios.md: every test and control that they name exists."""

import ast

import pytest

from tests.documents.pages import ROOT, names, rows, text_of

FAULTS = [row for row in rows(text_of("docs/en/faults.md")) if row[0] != "Fault"]
SCENARIOS = [row for row in rows(text_of("docs/en/scenarios.md")) if row[0] != "Scenario"]


def defined_in(path: str) -> set[str]:
    """Return the names of the tests of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def assert_defined(named: list[str]) -> None:
    """Fail unless each name is that of a test."""
    for path, _colons, name in (one.partition("::") for one in named):
        assert name.startswith("test_")
        assert name in defined_in(path)


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row[0])
def test_test_and_control_of_fault_exist(row: list[str]) -> None:
    named = [name for cell in row[1:] for name in names(cell)]
    assert len(named) == 2
    assert_defined(named)


@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row[0])
def test_test_of_scenario_exists(row: list[str]) -> None:
    assert len(row) == 3
    named = names(row[2])
    assert len(named) == 1
    assert_defined(named)


def test_scenarios_are_read() -> None:
    assert len(SCENARIOS) >= 28


def test_every_test_of_the_folder_is_named() -> None:
    """A fault that somebody adds to `tests/faults/` gets its line."""
    named = {name for row in FAULTS for cell in row[1:] for name in names(cell)}
    paths = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests/faults").glob("test_*.py")]
    there = {f"{path}::{name}" for path in paths for name in defined_in(path) if name.startswith("test_")}
    assert there - named == set()
