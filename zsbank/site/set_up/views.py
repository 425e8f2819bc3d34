"""The set-up page at the desk, and the test mail."""

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused
from zsbank.site.set_up.actions import send_test_mail
from zsbank.site.set_up.queries import lines_for


@require_GET
@staff_member_required
def page(request: HttpRequest) -> HttpResponse:
    """Show what is set up and what is missing.

    Raises:
        Http404: the person does not hold the verb.
    """
    by: User = request.user  # type: ignore[assignment]
    if not staff_may(by, Verb.SEE_SET_UP):
        raise Http404
    lines = lines_for(by)
    context = {
        **admin.site.each_context(request),
        "title": _("Set-up"),
        "lines": lines,
        "left": sum(not line.is_done for line in lines),
        "sends": staff_may(by, Verb.SEND_TEST_MAIL),
        "reader": by.email,
    }
    return render(request, "admin/set_up/page.html", context)


@require_POST
@staff_member_required
def test_mail(request: HttpRequest) -> HttpResponse:
    """Send a test mail to the person, and return to the page.

    Raises:
        Http404: the person does not hold the verb.
    """
    by: User = request.user  # type: ignore[assignment]
    try:
        send_test_mail(reader=by, by=by)
    except NotAllowed as refusal:
        raise Http404 from refusal
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The test mail will be sent to %(address)s.") % {"address": by.email})
    return HttpResponseRedirect(reverse("set_up:page"))
