"""The help of the portal, which anybody may read, and that of the desk."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zsbank.site.help.meanings import shown_states


@require_GET
def bank(request: HttpRequest) -> HttpResponse:
    """Show the help for a bank's people; signing in is not required."""
    return render(request, "help/bank.html", {"kinds": shown_states(staff=False), **limits()})


@require_GET
@staff_member_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show the help for officers."""
    context = {**admin.site.each_context(request), "title": _("Help"), "kinds": shown_states(staff=True)}
    return render(request, "help/desk.html", context | limits())


def limits() -> dict[str, int]:
    """Return the limits of a session: minutes without activity, and hours in all."""
    return {"idle": settings.SESSION_IDLE_SECONDS // 60, "most": settings.SESSION_COOKIE_AGE // 3600}
