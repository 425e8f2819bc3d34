"""Giving out letters to officers and auditors."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.accounts.rules import staff_may
from zsbank.files.views import serve
from zsbank.letters import actions
from zsbank.letters.models import Letter
from zsbank.refusals import Refused


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A letter's file for those who see the register of letters; each time is recorded."""
    if not staff_may(request.user, Verb.SEE_LETTERS):
        raise Http404
    return give(request, get_object_or_404(Letter.objects.select_related("file"), pk=pk))


def give(request: HttpRequest, letter: Letter) -> HttpResponseBase:
    """The file of a letter to a person whom the caller has let through; recorded, or the reason why not."""
    if letter.file is None:
        raise Http404
    try:
        response = serve(letter.file, in_page="open" in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    if isinstance(request.user, User):
        actions.note_download(letter=letter, by=request.user)
    return response
