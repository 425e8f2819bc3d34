"""Whether a submitted file is a spreadsheet, and its sheets."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from banks.outlets.spreadsheet import delimited, workbook
from banks.outlets.spreadsheet.cells import Sheet
from zsbank.base.files.kinds import is_old_office
from zsbank.base.refusals import FileRefused

TEXT_ENDINGS = (".csv", ".txt")


def sheets_of(content: bytes, name: str) -> Iterator[Sheet]:
    """What an XLSX or CSV file may hold: its visible sheets, or the text read with one separator and another.

    Raises:
        FileRefused: empty, damaged, encrypted, packed too tightly, too long or too wide, or misnamed.
    """
    if not content.strip():
        raise FileRefused(_("The file is empty. Select the file again."), "empty")
    if is_old_office(io.BytesIO(content)):
        raise FileRefused(
            _("The file is password-protected or an old XLS file. Save it as XLSX without a password."),
            "encrypted",
        )
    packed = content.startswith(b"PK")
    if not name.lower().endswith((".xlsx",) if packed else TEXT_ENDINGS):
        raise FileRefused(_("The file name must end in .xlsx or .csv and match the content."), "name")
    return workbook.sheets_of(content) if packed else delimited.read_as(content)
