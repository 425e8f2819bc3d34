"""All cases that the subjects declare, in the order of the apps and of the subjects in each.

Several subjects may declare the same model: an application is started in one, reviewed in the next and decided in a
third. What they declare is put together, the lowest subject first.
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
from zsbank.base.cases.subjects import SubjectsConfig
from zsbank.base.letters.kinds import LetterKind


@cache
def cases() -> tuple[Case, ...]:
    """One declaration for each model that a subject's `case.py` declares."""
    found: dict[type[Model], Case] = {}
    for case in _declared():
        earlier = found.get(case.model)
        found[case.model] = case if earlier is None else joined(earlier, case)
    return tuple(found.values())


def steps() -> list[Step]:
    """What falls due in all cases, in the order in which a sweep does it."""
    return sorted((step for case in cases() for step in case.steps), key=lambda step: step.after_others)


def case_of(model: type[Model]) -> Case | None:
    """The declaration of a model; None where no subject declares it."""
    return next((case for case in cases() if case.model is model), None)


@cache
def hearings() -> dict[str, Hearing]:
    """How banks are heard, by the name of the model that is proposed."""
    return {case.hearing.key: case.hearing for case in cases() if case.hearing}


@cache
def letter_kinds() -> dict[str, LetterKind]:
    """The kinds of letter that all cases declare, by their codes."""
    return {kind.code: kind for case in cases() for kind in case.letters}


def letter_label(code: str) -> str:
    """The word for a kind of letter; the code itself for one that nobody declares any more."""
    kind = letter_kinds().get(code)
    return str(kind.label) if kind else code


def joined(lower: Case, upper: Case) -> Case:
    """Two declarations of one model as one: lists and tables of both, single things from whichever says them."""
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
