"""What a file holds, looked through before it is kept: whole, open to read, without anything that acts by itself."""

from typing import IO

from zsbank.base.files import archives
from zsbank.base.files.models import FileKind
from zsbank.base.files.office import check_archive
from zsbank.base.files.pdf import check_pdf
from zsbank.base.files.pictures import check_picture
from zsbank.base.files.unacceptable import Ground, Unfit

IN_A_CONTAINER = frozenset({FileKind.OFD, FileKind.DOCX, FileKind.XLSX})


def check_content(file: IO[bytes], kind: FileKind, name: str) -> None:
    """Look through a file whose kind is known by its first bytes; it is read from its start again afterwards.

    Raises:
        FileRefused: the reason names the file and says what to do.
    """
    file.seek(0)
    try:
        _check(file, kind)
    except Unfit as unfit:
        raise unfit.refusal(name) from unfit
    finally:
        file.seek(0)


def _check(file: IO[bytes], kind: FileKind) -> None:
    data = file.read()
    if kind in IN_A_CONTAINER:
        check_archive(file, kind, len(data))
        return
    if archives.opened(file):
        raise Unfit(Ground.TWO_KINDS)
    if kind == FileKind.PDF:
        check_pdf(data)
    else:
        check_picture(data, kind)
