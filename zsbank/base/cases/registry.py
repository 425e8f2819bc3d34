"""All declared cases, in the order of the apps and of their subjects.

Several subjects may declare the same model: an application is started in one, reviewed in the next and
decided in a third. Their declarations are merged, the lowest subject first.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.case import Case
from zsbank.base.cases.hearing import Hearing
from zsbank.base.cases.set_up import SetUp, Standing
from zsbank.base.cases.subjects import SubjectsConfig
from zsbank.base.cases.turns import Text
from zsbank.base.journal import facts, words
from zsbank.base.letters.kinds import LetterKind


@cache
def cases() -> tuple[Case, ...]:
    """Return one declaration per model."""
    found: dict[type[Model], Case] = {}
    for case in _declared():
        earlier = found.get(case.model)
        found[case.model] = case if earlier is None else joined(earlier, case)
    return tuple(found.values())


def steps() -> list[Step]:
    """Return the steps of all cases, in the order of a sweep."""
    return sorted((step for case in cases() for step in case.steps), key=lambda step: step.after_others)


def set_up() -> list[SetUp]:
    """Return what a real register needs before its first case, in the order of the set-up page."""
    return sorted((line for case in cases() for line in case.set_up), key=lambda line: line.place)


def essentials_open() -> list[SetUp]:
    """Return the lines without which no case can be handled properly and that are open."""
    return [line for line in set_up() if line.essential and line.look().standing == Standing.OPEN]


def case_of(model: type[Model]) -> Case | None:
    """Return the declaration of a model; None if there is none."""
    return next((case for case in cases() if case.model is model), None)


@cache
def hearings() -> dict[str, Hearing]:
    """Return how banks are heard, by the name of the proposed model."""
    return {case.hearing.key: case.hearing for case in cases() if case.hearing}


@cache
def letter_kinds() -> dict[str, LetterKind]:
    """Return the declared kinds of letter, by code."""
    return {kind.code: kind for case in cases() for kind in case.letters}


def letter_label(code: str) -> str:
    """Return the label of a kind of letter; the code itself for a kind that is no longer declared."""
    kind = letter_kinds().get(code)
    return str(kind.label) if kind else code


def joined(lower: Case, upper: Case) -> Case:
    """Merge two declarations of one model: tuples and tables of both, other values from the upper one if set."""
    both: dict[str, Any] = {}
    for one in fields(Case):
        first, second = getattr(lower, one.name), getattr(upper, one.name)
        if isinstance(first, tuple):
            both[one.name] = (*first, *second)
        elif isinstance(first, dict):
            both[one.name] = {**first, **second}
        elif second not in (None, one.default):
            both[one.name] = second
    both["offers"] = tuple(sorted(both["offers"], key=lambda offer: offer.aside))
    return replace(lower, **both)


def _declared() -> Iterator[Case]:
    for app in apps.get_app_configs():
        if isinstance(app, SubjectsConfig):
            for package in app.packages():
                if module_has_submodule(package, "case"):
                    yield from import_module(f"{package.__name__}.case").CASES


@cache
def _facts_in_journal() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the fields that entries hold, by label of the model and verb."""
    return {
        case.key: {verb.value: fields for verb, fields in case.facts_in_journal.items()}
        for case in cases()
        if case.facts_in_journal
    }


@cache
def _words() -> dict[str, Text]:
    """Return what each verb is in words."""
    return {verb.value: said for case in cases() for verb, said in case.entries.items()}


facts.declared_by(_facts_in_journal)
words.declared_by(_words)
