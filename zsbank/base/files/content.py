"""Checks of a file's content before it is stored: intact, not encrypted, without active content."""

from typing import IO

from zsbank.base.files import archives
from zsbank.base.files.models import FileKind
from zsbank.base.files.office import check_office_file
from zsbank.base.files.pdf import check_pdf
from zsbank.base.files.pictures import check_picture
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

IN_A_CONTAINER = frozenset({FileKind.OFD, FileKind.DOCX, FileKind.XLSX})


def check_content(file: IO[bytes], kind: FileKind, name: str) -> None:
    """Check a file of a known kind, and rewind it.

    Raises:
        FileRefused: the message names the file and says what to do.
    """
    file.seek(0)
    try:
        _check(file, kind)
    except UnacceptableFile as unfit:
        raise unfit.refusal(name) from unfit
    finally:
        file.seek(0)


def _check(file: IO[bytes], kind: FileKind) -> None:
    data = file.read()
    if kind in IN_A_CONTAINER:
        check_office_file(file, kind, len(data))
        return
    if archives.open_archive(file):
        raise UnacceptableFile(FileFault.TWO_KINDS)
    if kind == FileKind.PDF:
        check_pdf(data)
    else:
        check_picture(data, kind)
