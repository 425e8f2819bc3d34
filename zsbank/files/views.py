"""Serving a stored file to somebody who may have it: the caller has asked the rules."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from zsbank.files import store
from zsbank.files.kinds import CONTENT_TYPES
from zsbank.files.models import FileKind, StoredFile
from zsbank.refusals import Refused

SHOWN_IN_PAGE = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})


def serve(file: StoredFile, *, in_page: bool = False) -> FileResponse:
    """The file's bytes, checked against their hash, as a download or, for pictures and PDF, in the page.

    Raises:
        Refused: the bytes are not there, or are not those that were stored.
    """
    try:
        intact = store.sha256_of(file.stored_name) == file.sha256
    except FileNotFoundError as error:
        raise Refused(_("The file is not where it was stored. Tell the administrator."), "lost") from error
    if not intact:
        raise Refused(
            _("The file has been changed since it was stored. It is not given out; tell the administrator.")
        )
    kind = FileKind(file.kind)
    response = FileResponse(
        store.open_bytes(file.stored_name),
        as_attachment=not (in_page and kind in SHOWN_IN_PAGE),
        filename=file.name,
        content_type=CONTENT_TYPES[kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
