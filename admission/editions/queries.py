"""Two policy editions side by side: which periods differ, and which words of which criterion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from admission.editions.models import Criterion, PolicyEdition

PERIODS = (
    "acceptance_days",
    "decision_days",
    "extension_days",
    "supplement_days",
    "statement_days",
    "rectification_months",
    "bar_years",
    "roll_due_dates",
    "roll_bar",
)
TEXTS = ("official_text", "title_zh", "guidance_zh", "required_before")
PIECE = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
"""A number or a word of letters as one, every other character by itself."""


@dataclass(frozen=True)
class Part:
    """A piece of a text: kept, taken out or put in."""

    kind: Literal["kept", "out", "in"]
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs: what it is called, and its text with what was taken out and put in."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class CriterionDifference:
    """A criterion that differs, is new, or is gone."""

    criterion: Criterion
    differences: tuple[Difference, ...]


def periods_between(before: PolicyEdition, after: PolicyEdition) -> list[Difference]:
    """The periods and switches that differ."""
    return [
        Difference(_label(after, name), _whole(_shown(before, name), _shown(after, name)))
        for name in PERIODS
        if getattr(before, name) != getattr(after, name)
    ]


def criteria_between(before: PolicyEdition, after: PolicyEdition) -> list[CriterionDifference]:
    """The criteria that differ, by number."""
    olds = {criterion.number: criterion for criterion in before.criteria.all()}
    news = {criterion.number: criterion for criterion in after.criteria.all()}
    found = []
    for number in sorted({*olds, *news}):
        old, new = olds.get(number), news.get(number)
        criterion = new or old
        if criterion is not None and (differences := tuple(_differences(old, new, criterion))):
            found.append(CriterionDifference(criterion, differences))
    return found


def _differences(old: Criterion | None, new: Criterion | None, either: Criterion) -> Iterator[Difference]:
    for name in TEXTS:
        was = _shown(old, name) if old else ""
        is_now = _shown(new, name) if new else ""
        if was != is_now:
            yield Difference(_label(either, name), tuple(words_between(was, is_now)))


def words_between(was: str, is_now: str) -> Iterator[Part]:
    """A text piece by piece: what was kept, what was taken out, what was put in."""
    old, new = PIECE.findall(was), PIECE.findall(is_now)
    for code, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            yield Part("kept", "".join(old[a:b]))
            continue
        if b > a:
            yield Part("out", "".join(old[a:b]))
        if d > c:
            yield Part("in", "".join(new[c:d]))


def _whole(was: str, is_now: str) -> tuple[Part, ...]:
    return Part("out", was), Part("in", is_now)


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _shown(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else getattr(row, name))
