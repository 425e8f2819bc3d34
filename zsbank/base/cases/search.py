"""Search for cases by number or name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from zsbank.base.cases.folding import folded, folded_column

YEAR_AND_NUMBER = re.compile(
    r"(?:(?P<mark>[^\d()-]*)-?)?(?:\((?P<year>\d{4})\)|(?P<plain>\d{4})[-:年])第?(?P<number>\d{1,6})号?"
)
BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")
LONGEST_QUERY = 120


@dataclass(frozen=True)
class YearNumber:
    """A number as typed: the mark or prefix before it, the year, and the number in that year."""

    mark: str
    year: int
    number: int


def normalised(text: str) -> str:
    """Return a query as it is compared; a blank between two numbers becomes a dash, as in 2026 4."""
    return folded(BETWEEN_NUMBERS.sub("-", text.strip()))[:LONGEST_QUERY]


def year_number(text: str) -> YearNumber | None:
    """Return the year and number in a normalised query such as `(2026)4号` or `ZR-2026-4`; None for others."""
    found = YEAR_AND_NUMBER.fullmatch(text)
    if found is None:
        return None
    year = found["year"] or found["plain"]
    return YearNumber(found["mark"] or "", int(year), int(found["number"]))


@dataclass(frozen=True)
class Search:
    """How rows are found.

    Args:
        codes: fields with a code or number in capitals, compared from the beginning.
        names: fields with a name, compared anywhere, whatever the brackets and the case of letters.
        case_number: a field with numbers such as `ZR-2026-0007`, found by year and number, too.
        numbered: returns the rows with a year and number, for numbers in several fields.
    """

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    case_number: str = ""
    numbered: Callable[[YearNumber], Q] | None = None

    def find(self, rows: QuerySet[Any], query: str, *, also: tuple[str, ...] = ()) -> QuerySet[Any]:
        """Return the rows that match a query; none for an empty one.

        Args:
            rows: where to look, such as the rows of a list that the person may see.
            query: as typed.
            also: further fields, compared like names.
        """
        text = normalised(query)
        if not text:
            return rows.none()
        matches = Q()
        for code in (*self.codes, *filter(None, [self.case_number])):
            matches |= Q(**{f"{code}__startswith": text})
        number = year_number(text)
        if number is not None:
            matches |= self._numbered(number)
        for place, name in enumerate((*self.names, *also)):
            rows = rows.alias(**{f"compared_{place}": folded_column(name)})
            matches |= Q(**{f"compared_{place}__contains": text})
        return rows.filter(matches) if matches else rows.none()

    def _numbered(self, number: YearNumber) -> Q:
        if self.numbered is not None:
            return self.numbered(number)
        if not self.case_number:
            return Q()
        return Q(**{f"{self.case_number}__endswith": f"-{number.year}-{number.number:04}"})
