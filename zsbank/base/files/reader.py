"""The program that looks through one picture, office file or OFD, in a process of its own (PDFs: `pdf_reader.py`).

It reads the file from its input and says one word: `sound`, or the ground on which the file is not taken. It imports
neither settings nor database.
"""

import io
import sys

from zsbank.base.files import archives
from zsbank.base.files.formats import FileKind
from zsbank.base.files.office import check_office_file
from zsbank.base.files.pictures import check_picture
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile

SOUND = "sound"
IN_A_CONTAINER = frozenset({FileKind.OFD, FileKind.DOCX, FileKind.XLSX})


def word_for(data: bytes, kind: FileKind) -> str:
    """Return the verdict on a file."""
    try:
        _check(data, kind)
    except UnacceptableFile as unfit:
        return unfit.fault.value
    return SOUND


def _check(data: bytes, kind: FileKind) -> None:
    file = io.BytesIO(data)
    if kind in IN_A_CONTAINER:
        check_office_file(file, kind, len(data))
        return
    if archives.open_archive(file):
        raise UnacceptableFile(FileFault.TWO_KINDS)
    check_picture(data, kind)


def main() -> None:
    """Read the file, print the verdict."""
    sys.stdout.write(word_for(sys.stdin.buffer.read(), FileKind(sys.argv[1])))


if __name__ == "__main__":
    main()
