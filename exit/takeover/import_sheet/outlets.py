"""Reading the list of outlets that is handed in with the form of one bank, as the import of outlets reads it."""

from django.utils.translation import gettext as _

from banks.outlets.import_sheet.layout import Layout, asked_columns, choose
from banks.outlets.import_sheet.rows import read_outlets
from banks.outlets.spreadsheet.reading import sheets_of
from exit.takeover.data import OutletOf
from exit.takeover.import_sheet.kind import check_workbook
from zsbank.base.refusals import FileRefused


def read_outlet_file(content: bytes, name: str, uscc: str) -> tuple[list[OutletOf], list[str]]:
    """Return the outlets of a bank, and what is wrong with them, each with its row.

    Args:
        uscc: the code of the bank.

    Raises:
        FileRefused: it cannot be read, has no outlets, or has other columns than the template.
    """
    check_workbook(content, name)
    layout = choose(sheets_of(content, name), {})
    _check_columns(layout)
    rows = read_outlets(layout.sheet, layout.header, layout.columns, {})
    words = _("Row %(n)s, %(column)s: %(words)s")
    faults = [
        words % {"n": row.number, "column": column, "words": error}
        for row in rows
        for column, error in row.errors.items()
    ]
    return [OutletOf(uscc, row) for row in rows], faults


def _check_columns(layout: Layout) -> None:
    """Check that every column is known, none stands twice, and that there are names.

    Raises:
        FileRefused: they are not those of the template.
    """
    unknown = [f"{one.letter} {one.title}".strip() for one in asked_columns(layout) if not one.is_known]
    if unknown:
        words = _("These columns are not in the template of outlets: %(titles)s. Rename or remove them.")
        raise FileRefused(words % {"titles": "、".join(unknown)}, "columns")
    if not layout.is_settled:
        words = _(
            "There is no column with the names of outlets, or one stands twice. Use the template of outlets."
        )
        raise FileRefused(words, "columns")
