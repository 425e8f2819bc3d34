"""Download of letters by officers and auditors."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from zsbank.base.accounts.rules import staff_may
from zsbank.base.letters.models import Letter
from zsbank.base.pages.letter_response import letter_response
from zsbank.base.permissions import Verb


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Serve a letter's file to people who may see the register of letters; each access is recorded.

    Raises:
        Http404: the person may not see the register, or there is no such letter.
    """
    if not staff_may(request.user, Verb.SEE_LETTERS):
        raise Http404
    return letter_response(request, get_object_or_404(Letter.objects.select_related("file"), pk=pk))
