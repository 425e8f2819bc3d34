"""What is wrong with the rows of a takeover: one line each, with sheet, row and column."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exit.takeover.columns.sheets import title_of
from exit.takeover.data import Rows
from exit.takeover.terms import SHEETS, Part
from zsbank.base.refusals import Refused


@dataclass(frozen=True)
class Fault:
    """A fault.

    Args:
        words: what is wrong, and what would be right.
        part: the sheet; None if it concerns the whole workbook.
        number: the row; 0 if it concerns the sheet.
        field: the field; empty if it concerns the row.
        uscc: the code of the bank of a row that could not be read; empty for other faults, and if it is unknown.
    """

    words: str
    part: Part | None = None
    number: int = 0
    field: str = ""
    uscc: str = ""

    def __str__(self) -> str:
        if self.part is None:
            return self.words
        given = {"sheet": SHEETS[self.part], "n": self.number, "words": self.words}
        if not self.number:
            return _("Sheet %(sheet)s: %(words)s") % given
        if not self.field:
            return _("Sheet %(sheet)s, row %(n)s: %(words)s") % given
        given["column"] = title_of(self.part, self.field)
        return _("Sheet %(sheet)s, row %(n)s, column %(column)s: %(words)s") % given


class Faulty(Refused):
    """Rows that are not taken over, all or nothing, with every fault.

    Args:
        rows: the rows that could be read, to be judged as well; None if that would say nothing.
    """

    code = "faulty"

    def __init__(self, faults: Sequence[Fault], rows: Rows | None = None) -> None:
        """Store the faults; the reason names all of them."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults, self.rows = list(faults), rows
