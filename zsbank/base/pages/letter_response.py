"""Serving letters; each access is recorded."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from zsbank.base.accounts.models import User
from zsbank.base.letters import actions
from zsbank.base.letters.models import Letter
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import Refused


def letter_response(request: HttpRequest, letter: Letter) -> HttpResponseBase:
    """Return the file of a letter and record it, or a page with the refusal; the caller has checked permission.

    Raises:
        Http404: the letter has no file yet.
    """
    if letter.file is None:
        raise Http404
    try:
        response = serve(letter.file, in_page="open" in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    if isinstance(request.user, User):
        actions.record_download(letter=letter, by=request.user)
    return response
