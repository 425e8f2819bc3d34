"""A page of the portal on which a file is looked at; its bytes, which the page asks for, are on record as ever."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from zsbank.base.files.models import FileKind, StoredFile
from zsbank.base.pages.file_response import INLINE_KINDS

LOOK, OPEN = "look", "open"


def look_at(request: HttpRequest, file: StoredFile, *, back: str, over: str) -> HttpResponse | None:
    """The page that shows a file, where the address asks for it (`?look`); None where the bytes are asked for.

    A file that no browser shows, or that is not given out, leads to the bytes, which say why.

    Args:
        back: the address of the page that lists the file; `over` is its title.
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
