"""The rows of a takeover, typed: the same for the workbook and for the form at the desk."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any, ClassVar, Union, get_args, get_type_hints

from banks.outlets.import_sheet.rows import OutletRow
from exit.takeover.terms import Part


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet (on a form counted from 1), and the code of its bank."""

    part: ClassVar[Part]
    number: int
    uscc: str

    def to_json(self) -> dict[str, Any]:
        """Return the row as JSON types."""
        return {
            name: str(value) if isinstance(value, dt.date | Decimal) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Any:
        """Return the row from its JSON."""
        hints = get_type_hints(cls)
        return cls(
            **{one.name: _typed(hints[one.name], data[one.name]) for one in fields(cls) if one.name in data}
        )


def _typed(hint: Any, value: Any) -> Any:
    kinds = get_args(hint) or (hint,)
    if value is None:
        return None
    if dt.date in kinds:
        return dt.date.fromisoformat(value)
    return Decimal(value) if Decimal in kinds else value


@dataclass(frozen=True)
class BankRow(Row):
    """A bank as a legal entity."""

    part: ClassVar[Part] = Part.BANKS
    name: str
    category: str
    license_institution_code: str
    address: str

    @property
    def data(self) -> dict[str, str]:
        """Return its data as the register stores them."""
        names = ("name", "uscc", "category", "license_institution_code", "address")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Paper(Row):
    """A row that rests on a letter: its number as printed, date of issue (local date), and who signed it."""

    document_number: str
    issued_on: dt.date
    signer: str


@dataclass(frozen=True)
class QualificationRow(Paper):
    """The qualification that a bank holds, or held until its exit."""

    part: ClassVar[Part] = Part.QUALIFICATIONS
    effective_from: dt.date
    issuing_from: dt.date | None
    review_approval_number: str
    review_approval_date: dt.date | None


@dataclass(frozen=True)
class OrderRow(Paper):
    """A determination with its order, or an order after two failing years."""

    part: ClassVar[Part] = Part.ORDERS
    reason: str
    state: str
    facts: str
    criteria: list[int]
    determined_on: dt.date | None
    assessed_year: int | None
    due_date: dt.date | None
    reported_on: dt.date | None
    report: str
    closed_on: dt.date | None


@dataclass(frozen=True)
class ResultRow(Paper):
    """The result of one year, with grade and score as on paper."""

    part: ClassVar[Part] = Part.RESULTS
    year: int
    grade: str
    score: Decimal
    reason: str


@dataclass(frozen=True)
class ExitRow(Paper):
    """An exit in effect since a day, or one ground of an exit that is under way.

    Args:
        source_number: the number of the order or determination that it rests on; needed only if several could be meant.
    """

    part: ClassVar[Part] = Part.EXITS
    ground: str
    state: str
    statement: str
    cancelled_on: dt.date | None
    bar_last_day: dt.date | None
    source_number: str = ""


@dataclass(frozen=True)
class NoticeRow(Paper):
    """A prior notice of an exit that is under way, with the bank's statement and the answer to it.

    Args:
        told_on: the day on which it reached the bank (local date); None if that was the date of the letter.
        due_date: the last day for the statement as the letter says it; None to calculate it.
    """

    part: ClassVar[Part] = Part.NOTICES
    told_on: dt.date | None
    due_date: dt.date | None
    stated_on: dt.date | None
    statement: str
    answered_on: dt.date | None
    answer: str

    @property
    def reached_on(self) -> dt.date:
        """The day on which it reached the bank (local date)."""
        return self.told_on or self.issued_on


@dataclass(frozen=True)
class PersonRow(Row):
    """A person who is invited to act for the bank."""

    part: ClassVar[Part] = Part.PEOPLE
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class OutletOf:
    """An outlet of a bank, as the import of outlets reads it."""

    part: ClassVar[Part] = Part.OUTLETS
    uscc: str
    row: OutletRow

    @property
    def number(self) -> int:
        """The row in the sheet."""
        return self.row.number

    def to_json(self) -> dict[str, Any]:
        """Return the outlet as JSON types."""
        return {"uscc": self.uscc, "row": self.row.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "OutletOf":
        """Return the outlet from its JSON."""
        return cls(data["uscc"], OutletRow.from_json(data["row"]))


AnyRow = Union[  # noqa: UP007 read by get_args
    BankRow, QualificationRow, OrderRow, ResultRow, ExitRow, NoticeRow, OutletOf, PersonRow
]
KINDS: dict[Part, type[Any]] = {kind.part: kind for kind in get_args(AnyRow)}


@dataclass
class Rows:
    """All rows of a takeover, by part."""

    banks: list[BankRow] = field(default_factory=list)
    qualifications: list[QualificationRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)
    exits: list[ExitRow] = field(default_factory=list)
    notices: list[NoticeRow] = field(default_factory=list)
    outlets: list[OutletOf] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)

    def of(self, part: Part) -> list[Any]:
        """Return the rows of a part."""
        found: list[Any] = getattr(self, part.value)
        return found

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield all rows, in the order of the sheets."""
        for part in Part:
            yield from self.of(part)

    def without(self, codes: Collection[str]) -> "Rows":
        """Return the rows of all banks but those with these codes."""
        return Rows(**{part.value: [row for row in self.of(part) if row.uscc not in codes] for part in Part})

    def papers(self) -> list[Paper]:
        """Return the rows that rest on a letter."""
        return [row for row in self if isinstance(row, Paper)]

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows as JSON, for storage until they are confirmed and for ever."""
        return {part.value: [row.to_json() for row in self.of(part)] for part in Part}

    @classmethod
    def from_json(cls, data: dict[str, list[dict[str, Any]]]) -> "Rows":
        """Return the rows from their JSON."""
        return cls(
            **{part.value: [KINDS[part].from_json(row) for row in data.get(part.value, ())] for part in Part}
        )
