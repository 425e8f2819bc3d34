"""A list as it goes into a file, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.admin.views.main import ChangeList

from zsbank.base.pages.exports.values import Value, value_of
from zsbank.base.pages.lists import chips_of, columns_of

AT_ONCE = 500
"""So many rows are read from the database in one portion."""


class ListFormat(StrEnum):
    """The formats of an exported list."""

    XLSX = "xlsx"
    CSV = "csv"


MOST_ROWS: dict[ListFormat, int] = {ListFormat.XLSX: 100_000, ListFormat.CSV: 5_000_000}
"""The most rows of a file. A spreadsheet is finished before its first byte is sent, so that its bound is the minute for
which proxies wait; a sheet could hold 1,048,576 rows, one of them with the headings."""


@dataclass(frozen=True)
class ExportedList:
    """A list of the desk as filtered.

    Args:
        name: its name, as on the page.
        filters: the filters in use, in words.
        labels: the headings of its columns.
        total: the number of its rows.
        rows: reads the rows in the order of the list, in portions.
    """

    name: str
    filters: tuple[str, ...]
    labels: tuple[str, ...]
    total: int
    rows: Callable[[], Iterator[list[Value]]]


def exported(desk: Any, shown: ChangeList) -> ExportedList:
    """Return the list of a desk: all its rows, with the columns that the person sees."""

    def rows() -> Iterator[list[Value]]:
        for row in shown.queryset.iterator(chunk_size=AT_ONCE):
            first, *others = (value_of(desk, row, name) for name in shown.list_display)
            yield [str(row) if first is None else first, *others]

    return ExportedList(
        name=desk.list_name(),
        filters=tuple(f"{chip.label} {chip.value}" for chip in chips_of(desk, shown)),
        labels=tuple(column.label for column in columns_of(desk, shown)),
        total=shown.result_count,
        rows=rows,
    )
