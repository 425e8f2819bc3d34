"""Preview page of a file in the portal; it loads the bytes, which is recorded as a download."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.file_response import INLINE_KINDS

LOOK, OPEN = "look", "open"


def look_at(request: HttpRequest, file: StoredFile, *, back: str, over: str) -> HttpResponse | None:
    """Return the preview page if the address asks for it (`?look`), or None.

    A file that browsers cannot show, or that may not be opened, redirects to the download.

    Args:
        back: address of the page that lists the file; `over` is its title.
    """
    if LOOK not in request.GET:
        return None
    if FileKind(file.kind) not in INLINE_KINDS or not file.is_given_out:
        return HttpResponseRedirect(request.path)
    context = {
        "file": file,
        "shown": f"{request.path}?{OPEN}#navpanes=0&view=FitH",
        "download": request.path,
        "is_picture": file.kind != FileKind.PDF,
        "back": back,
        "over": over,
    }
    return render(request, "portal/look.html", context)
