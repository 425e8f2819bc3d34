"""Whether a file is a workbook at all, whatever its name says; the words name the way out."""

import io
from pathlib import PurePath

from django.utils.translation import gettext as _

from zsbank.base.files.content import check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import is_old_office, kind_of
from zsbank.base.refusals import FileRefused


def check_workbook(content: bytes, name: str) -> None:
    """Check that a file is an XLSX workbook without active content.

    Args:
        name: the file name given by the person.

    Raises:
        FileRefused: it is empty, of another kind, encrypted or has active content.
    """
    file = io.BytesIO(content)
    if not content.strip():
        raise FileRefused(_("The file is empty. Select the file again."), "empty")
    if is_old_office(file):
        words = _("The file is password-protected or an old XLS file. Save it as XLSX without a password.")
        raise FileRefused(words, "encrypted")
    if kind_of(file) != FileKind.XLSX:
        words = _(
            "The content is no XLSX workbook, whatever the name says; it may be CSV or a web page. Open it, and save "
            "it as XLSX, or copy its rows into the template."
        )
        raise FileRefused(words, "wrong_kind")
    if PurePath(name).suffix.lower() != ".xlsx":
        words = _("The file is an XLSX workbook, but its name does not end in .xlsx. Rename it.")
        raise FileRefused(words, "name")
    check_content(file, FileKind.XLSX, name)
