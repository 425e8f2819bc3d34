"""Serving a stored file to somebody who may have it: the caller has asked the rules."""

from io import BufferedReader

from django.http import FileResponse
from django.utils.translation import gettext as _

from zsbank.base.files import store
from zsbank.base.files.kinds import CONTENT_TYPES
from zsbank.base.files.models import FileKind, StoredFile
from zsbank.base.files.rules import may_open
from zsbank.base.refusals import Refused

SHOWN_IN_PAGE = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
STRICT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
DOWNLOAD = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def serve(file: StoredFile, *, in_page: bool = False) -> FileResponse:
    """The file's bytes, checked against their hash, as a download or, for pictures and PDF, in the page.

    Raises:
        Refused: it is being checked or quarantined, its bytes are not there, or are not those that were stored.
    """
    may_open(file).require()
    kind = FileKind(file.kind)
    shown = in_page and kind in SHOWN_IN_PAGE
    response = FileResponse(
        _intact(file), as_attachment=not shown, filename=file.name, content_type=CONTENT_TYPES[kind]
    )
    response["Content-Security-Policy"] = _policy(kind) if shown else DOWNLOAD
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cache-Control"] = "private, no-store"
    return response


def _policy(kind: FileKind) -> str:
    """What a file shown in the page may do: nothing but be shown.

    Browsers older than the one that the tests drive do not open their PDF viewer in a sandbox, so a PDF is not in one.
    """
    return STRICT if kind == FileKind.PDF else f"{STRICT}; sandbox"


def _intact(file: StoredFile) -> BufferedReader:
    """The bytes, opened once: what is checked is what is given out."""
    try:
        content = store.open_bytes(file.stored_name)
    except FileNotFoundError as error:
        raise Refused(_("The file is missing from storage. Contact the administrator."), "lost") from error
    if store.hash_of(content) != file.sha256:
        content.close()
        raise Refused(
            _(
                "The file has been changed since it was stored and cannot be opened. Contact the "
                "administrator."
            )
        )
    return content
