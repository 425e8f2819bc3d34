"""Comparing two policy editions: periods, and the texts of criteria."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.translation import gettext as _

from admission.editions.facts import FactField
from admission.editions.models import CRITERION_FIELDS, Criterion, PolicyEdition

PERIODS = (
    "acceptance_days",
    "decision_days",
    "extension_days",
    "supplement_days",
    "statement_days",
    "complaint_days",
    "rectification_months",
    "bar_years",
    "roll_due_dates",
    "roll_bar",
)
PIECE = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
"""Tokens for comparison: whole numbers and Latin words, otherwise single characters."""


@dataclass(frozen=True)
class Part:
    """A piece of a text: unchanged, deleted or inserted."""

    kind: Literal["kept", "out", "in"]
    text: str


@dataclass(frozen=True)
class Difference:
    """A field that differs: its label, and its text with deletions and insertions."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class CriterionDifference:
    """A criterion that is changed, new or removed."""

    criterion: Criterion
    differences: tuple[Difference, ...]


def periods_between(before: PolicyEdition, after: PolicyEdition) -> list[Difference]:
    """Return the periods and switches that differ."""
    return [
        Difference(_label(after, name), _whole(_shown(before, name), _shown(after, name)))
        for name in PERIODS
        if getattr(before, name) != getattr(after, name)
    ]


def criteria_between(before: PolicyEdition, after: PolicyEdition) -> list[CriterionDifference]:
    """Return the criteria that differ, matched by code and ordered by number; removed ones come last."""
    olds = {criterion.slug: criterion for criterion in before.criteria.all()}
    news = {criterion.slug: criterion for criterion in after.criteria.all()}
    found = []
    for slug in {**news, **olds}:
        old, new = olds.get(slug), news.get(slug)
        criterion = new or old
        if criterion is not None and (differences := tuple(_differences(old, new, criterion))):
            found.append(CriterionDifference(criterion, differences))
    return found


def _differences(old: Criterion | None, new: Criterion | None, either: Criterion) -> Iterator[Difference]:
    for name in CRITERION_FIELDS:
        was = _shown(old, name) if old else ""
        is_now = _shown(new, name) if new else ""
        if was != is_now and was and is_now and name == "number":
            yield Difference(
                _label(either, name), (Part("out", was), Part("kept", " → "), Part("in", is_now))
            )
        elif was != is_now:
            yield Difference(_label(either, name), tuple(words_between(was, is_now)))


def words_between(was: str, is_now: str) -> Iterator[Part]:
    """Compare two texts; return unchanged, deleted and inserted pieces."""
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
    if name == "facts":
        return "；".join(map(fact_in_words, row.fact_fields))
    if name == "checks":
        return "；".join(f"{check.name.label} {'、'.join(check.facts)}".strip() for check in row.check_specs)
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def fact_in_words(fact: FactField) -> str:
    """Describe a fact on one line: labels, kind, whether required, options, name."""
    choices = "、".join(f"{one.label_zh} / {one.label_en} = {one.value}" for one in fact.choices)
    particulars = [
        f"{fact.label_zh} / {fact.label_en}",
        str(fact.kind.label),
        _("required") if fact.required else _("not required"),
        choices,
        str(fact.role.label) if fact.role else "",
        fact.name,
    ]
    return "，".join(text for text in particulars if text)
