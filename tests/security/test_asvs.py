"""docs/asvs.csv: every requirement of OWASP ASVS 5.0.0, levels 1 and 2, has existing tests or a reason."""

import ast
import csv
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COLUMNS = ["requirement", "level", "about", "proof", "reason"]
SKIPPING = {"skip", "skipif", "xfail"}
OPEN = "open: "

SECTIONS: dict[str, tuple[int, int]] = {
    "1.1": (0, 2), "1.2": (5, 9), "1.3": (2, 11), "1.4": (0, 3), "1.5": (1, 2),
    "2.1": (1, 3), "2.2": (2, 3), "2.3": (1, 4), "2.4": (0, 1),
    "3.2": (2, 2), "3.3": (1, 4), "3.4": (2, 6), "3.5": (3, 5), "3.7": (0, 2),
    "4.1": (1, 3), "4.2": (0, 1), "4.3": (0, 2), "4.4": (1, 4),
    "5.1": (0, 1), "5.2": (2, 3), "5.3": (2, 2), "5.4": (0, 3),
    "6.1": (1, 3), "6.2": (8, 12), "6.3": (2, 4), "6.4": (2, 4), "6.5": (0, 5), "6.6": (0, 3), "6.8": (0, 4),
    "7.1": (0, 3), "7.2": (4, 4), "7.3": (0, 2), "7.4": (2, 5), "7.5": (0, 2), "7.6": (0, 2),
    "8.1": (1, 2), "8.2": (2, 3), "8.3": (1, 1), "8.4": (0, 1),
    "9.1": (3, 3), "9.2": (1, 4),
    "10.1": (0, 2), "10.2": (0, 2), "10.3": (0, 4), "10.4": (5, 11), "10.5": (0, 5), "10.6": (0, 2), "10.7": (0, 3),
    "11.1": (0, 2), "11.2": (0, 3), "11.3": (2, 3), "11.4": (1, 4), "11.5": (0, 1), "11.6": (0, 1),
    "12.1": (1, 3), "12.2": (2, 2), "12.3": (0, 4),
    "13.1": (0, 1), "13.2": (0, 5), "13.3": (0, 2), "13.4": (1, 5),
    "14.1": (0, 2), "14.2": (1, 4), "14.3": (1, 3),
    "15.1": (1, 3), "15.2": (1, 3), "15.3": (1, 7),
    "16.1": (0, 1), "16.2": (0, 5), "16.3": (0, 4), "16.4": (0, 3), "16.5": (0, 3),
    "17.1": (0, 1), "17.2": (0, 4), "17.3": (0, 2),
}  # fmt: skip
"""By section how many are of level 1, and of levels 1 and 2: numbers run on, level 1 first, level 3 last."""


@cache
def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level_by_requirement() -> dict[str, str]:
    """Return every requirement in order, with its level."""
    return {
        f"{section}.{number}": "1" if number <= first else "2"
        for section, (first, last) in SECTIONS.items()
        for number in range(1, last + 1)
    }


@cache
def functions(path: str) -> dict[str, ast.FunctionDef]:
    """Return the tests of a file by name; empty if the file does not exist."""
    file = ROOT / path
    if not file.is_file():
        return {}
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {
        one.name: one for one in body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    }


def is_skipped(test: ast.FunctionDef) -> bool:
    """Whether a test is skipped or may fail."""
    words = (word for mark in test.decorator_list for word in ast.walk(mark))
    return bool(SKIPPING & {word.attr for word in words if isinstance(word, ast.Attribute)})


def test_section_table_covers_the_whole_standard() -> None:
    assert len({section.partition(".")[0] for section in SECTIONS}) == 17
    assert sum(first for first, _last in SECTIONS.values()) == 70
    assert sum(last for _first, last in SECTIONS.values()) == 253


def test_every_requirement_is_listed_once_in_order() -> None:
    text = (ROOT / "docs" / "asvs.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert [(row["requirement"], row["level"]) for row in rows()] == [*level_by_requirement().items()]


def test_every_row_has_a_proof_or_a_reason() -> None:
    assert [row["requirement"] for row in rows() if not 0 < len(row["about"]) <= 80] == []
    assert [row["requirement"] for row in rows() if not (row["proof"] or row["reason"])] == []
    assert [row["requirement"] for row in rows() if None in row or None in row.values()] == []


def test_every_proof_is_a_test_that_runs() -> None:
    proofs = [(row["requirement"], proof) for row in rows() for proof in row["proof"].split()]
    missing = []
    for requirement, proof in proofs:
        path, _colons, name = proof.partition("::")
        test = functions(path).get(name)
        if test is None or is_skipped(test):
            missing.append(f"{requirement}: {proof}")
    assert missing == []
    assert proofs


def test_no_requirement_is_open() -> None:
    left = [f"{row['requirement']} {row['reason']}" for row in rows() if row["reason"].startswith(OPEN)]
    assert len(left) == 0, "\n".join(left)


@pytest.mark.parametrize(
    "mark", ["@pytest.mark.skip", "@pytest.mark.skipif(True)", "@pytest.mark.xfail(strict=True)"]
)
def test_control_skipped_test_is_no_proof(mark: str) -> None:
    [test] = ast.parse(f"{mark}\ndef test_it():\n    pass\n").body
    assert isinstance(test, ast.FunctionDef)
    assert is_skipped(test)
