"""Grades and their lowest points: how they are stored, what is wrong with them, and their words.

A grade reaches from its lowest points up to the next better grade, so that there is never a gap between two.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from inspections.schemes.terms import FAILING_GRADE, FULL_SCORE, GRADE_LENGTH, MAX_GRADES

Band = Mapping[str, str]
"""`grade`, and `from`: its inclusive lower bound as a decimal number."""


@dataclass(frozen=True)
class Shown:
    """A grade as pages show it: `below` is the exclusive upper bound, None for the best grade."""

    grade: str
    lowest: Decimal
    below: Decimal | None

    @property
    def fails(self) -> bool:
        """Whether it is the failing grade."""
        return self.grade == FAILING_GRADE

    @property
    def points(self) -> str:
        """The scores of the grade in words."""
        if self.below is None:
            return _("%(from)s to %(full)s") % {"from": self.lowest, "full": FULL_SCORE}
        return _("%(from)s to less than %(below)s") % {"from": self.lowest, "below": self.below}


def stored(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return entered rows as a scheme stores them, best first.

    Args:
        rows: `grade` and `from`, a number with at most two decimals.
    """
    bands = [{"grade": str(row["grade"]).strip(), "from": _plain(row["from"])} for row in rows]
    return sorted(bands, key=lambda band: _number(band["from"]) or Decimal(0), reverse=True)


def shown(bands: Sequence[Band]) -> list[Shown]:
    """Return the grades with their bounds, best first."""
    lowest = [Decimal(band["from"]) for band in bands]
    upper: list[Decimal | None] = [None, *lowest]
    rows = zip(bands, lowest, upper[:-1], strict=True)
    return [Shown(band["grade"], bound, below) for band, bound, below in rows]


def faults(bands: Sequence[Band]) -> Iterator[str]:
    """Yield what is wrong with the grades of a scheme, in plain words; nothing if they grade every score."""
    names, bounds = [band["grade"] for band in bands], [_number(band["from"]) for band in bands]
    if not bands:
        yield _("Enter at least one grade that passes, and 不合格.")
        return
    if len(bands) > MAX_GRADES:
        yield _("A scheme has at most %(most)s grades.") % {"most": MAX_GRADES}
    yield from _faults_of_each(names, bounds)
    for name in _twice(names):
        yield _("The grade %(grade)s is there twice; keep one.") % {"grade": name}
    for bound in _twice([bound for bound in bounds if bound is not None]):
        yield _("Two grades start at %(points)s points, so they overlap; change one.") % {"points": bound}
    if Decimal(0) not in bounds:
        yield _("No grade starts at 0 points, so the lowest scores have no grade.")
    yield from _faults_of_failing(names, bounds)


def _faults_of_each(names: Sequence[str], bounds: Sequence[Decimal | None]) -> Iterator[str]:
    for name, bound in zip(names, bounds, strict=True):
        if not 1 <= len(name) <= GRADE_LENGTH:
            yield _("The name of a grade has 1 to %(most)s characters.") % {"most": GRADE_LENGTH}
        if bound is None or not 0 <= bound <= FULL_SCORE or bound != round(bound, 2):
            words = _("The lowest points of %(grade)s must be from 0 to 100, with at most two decimals.")
            yield words % {"grade": name}


def _faults_of_failing(names: Sequence[str], bounds: Sequence[Decimal | None]) -> Iterator[str]:
    """The policy fixes one grade: who gets it fails the year."""
    if FAILING_GRADE not in names:
        yield _("No grade fails. The policy calls the failing grade 不合格: give the lowest grade this name.")
    elif len(names) == 1:
        yield _("Every score would fail. Add at least one grade that passes.")
    elif bounds[names.index(FAILING_GRADE)] not in (Decimal(0), None):
        yield _("不合格 must be the lowest grade: it starts at 0 points.")


def digest_of(bands: Sequence[Band]) -> str:
    """Return a digest of the grades, by which a page knows that they have changed since it was opened."""
    text = json.dumps([[band["grade"], band["from"]] for band in bands], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def in_words(bands: Sequence[Band]) -> str:
    """Return the grades on one line."""
    return "；".join(f"{one.grade} {one.points}" for one in shown(bands))


def _twice(values: Sequence[Any]) -> list[Any]:
    return sorted({value for value in values if values.count(value) > 1})


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(value: Any) -> str:
    """Return a number without exponent and trailing zeros, as 90 or 89.5."""
    number = _number(str(value))
    if number is None:
        return str(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
