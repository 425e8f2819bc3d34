"""Serving stored files; the caller has checked permission."""

from io import BufferedReader

from django.http import FileResponse
from django.utils.translation import gettext as _

from zsbank.base.files import store
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import CONTENT_TYPES
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import may_open
from zsbank.base.refusals import Refused

INLINE_KINDS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
INLINE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
DOWNLOAD_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def serve(file: StoredFile, *, in_page: bool = False) -> FileResponse:
    """Return a file's bytes, verified by their hash, as a download or, for images and PDF, inline.

    Raises:
        Refused: the file waits for its scan, is quarantined, missing or changed.
    """
    may_open(file).require()
    kind = FileKind(file.kind)
    shown = in_page and kind in INLINE_KINDS
    response = FileResponse(
        _verified(file), as_attachment=not shown, filename=file.name, content_type=CONTENT_TYPES[kind]
    )
    response["Content-Security-Policy"] = _inline_policy(kind) if shown else DOWNLOAD_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cache-Control"] = "private, no-store"
    return response


def _inline_policy(kind: FileKind) -> str:
    """Return the content security policy of an inline file: it may only be shown.

    Older browsers do not open their PDF viewer in a sandbox, so PDF files are not sandboxed.
    """
    return INLINE_POLICY if kind == FileKind.PDF else f"{INLINE_POLICY}; sandbox"


def _verified(file: StoredFile) -> BufferedReader:
    """Return the bytes, opened once, so that the verified bytes are served.

    Raises:
        Refused: the file is missing or changed.
    """
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
