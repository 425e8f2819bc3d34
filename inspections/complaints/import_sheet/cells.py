"""The cells of a list as they are kept while it waits: no cell with personal data is among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from banks.outlets.spreadsheet.cells import Kind
from zsbank.base.personal_data import Personal


@dataclass(frozen=True)
class ListCell:
    """One cell: its text and type, or, in place of a text that is not kept, the kind of personal data that it held."""

    text: str = ""
    kind: Kind = Kind.TEXT
    personal: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there was nothing in it."""
        return not self.text.strip() and not self.personal

    @property
    def shown(self) -> str:
        """What pages show of it."""
        return f"［{Personal(self.personal).label}］" if self.personal else self.text

    def to_json(self) -> str | list[str]:
        """Return a plain text as it is, another cell with its type and what it held."""
        if self.kind is Kind.TEXT and not self.personal:
            return self.text
        return [self.text, self.kind.value, self.personal]

    @classmethod
    def from_json(cls, data: str | list[str]) -> "ListCell":
        """Return the cell from its JSON."""
        return cls(data) if isinstance(data, str) else cls(data[0], Kind(data[1]), data[2])


NO_CELL = ListCell()


@dataclass(frozen=True)
class ListRow:
    """One row: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[ListCell, ...]

    def cell(self, place: int) -> ListCell:
        """Return the cell of a column, from 0; a blank one right of the last."""
        return self.cells[place] if place < len(self.cells) else NO_CELL


@dataclass(frozen=True)
class List:
    """A list as it was read.

    Args:
        title: the name of the sheet.
        rows: those that are not empty, with the titles.
        titles: the title of each column.
        others: names of other sheets that look like such lists.
        hidden: names of hidden sheets with cells, which were not read.
    """

    title: str
    rows: tuple[ListRow, ...]
    titles: tuple[str, ...]
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the list as JSON, for storage until it is taken in."""
        return {
            "title": self.title,
            "rows": [[row.number, [cell.to_json() for cell in row.cells]] for row in self.rows],
            "titles": list(self.titles),
            "others": list(self.others),
            "hidden": list(self.hidden),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "List":
        """Return the list from its JSON; empty if nothing is kept any more."""
        rows = (
            ListRow(number, tuple(map(ListCell.from_json, cells))) for number, cells in data.get("rows", ())
        )
        names = (tuple(data.get(name, ())) for name in ("titles", "others", "hidden"))
        return cls(data.get("title", ""), tuple(rows), *names)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max([len(self.titles), *(len(row.cells) for row in self.rows)])

    def below(self, header: int) -> Iterator[ListRow]:
        """Yield the rows below the titles."""
        return (row for row in self.rows if row.number > header)
