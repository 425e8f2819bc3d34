"""Readers of messages: staff at the desk, members of a bank in the portal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import messages_of

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[MemberRequest, Bank | None, Arguments], HttpResponseBase]
ROOM = "messages:messages"
AT_DESK = "desk_messages"
"""The namespace of the same pages at the desk, where Unfold's scripts may run."""


def for_readers(view: View[Arguments]) -> Callable[..., HttpResponseBase]:
    """Restrict a view to staff, and to members of a bank; pass it the bank, None for staff."""
    of_members = for_members(view)

    @login_required
    @wraps(view)
    def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_staff:
            return view(cast(MemberRequest, request), None, *args, **kwargs)
        return of_members(request, *args, **kwargs)

    return scoped


def read_by(request: MemberRequest, bank: Bank | None) -> QuerySet[Message]:
    """Return the messages that the person of this request may read now, newest first."""
    return messages_of(request.user, bank.codes if bank else None)


def page(request: MemberRequest, bank: Bank | None, name: str, title: str, **more: Any) -> HttpResponse:
    """Render a page in the frame of the portal, or for staff in that of the desk.

    Args:
        name: the file name of its content in `templates/messages`.
    """
    content = f"messages/{name}.html"
    match = request.resolver_match
    if match is not None and (match.namespace == AT_DESK) != (bank is None):
        namespace = AT_DESK if bank is None else "messages"
        return redirect(f"{namespace}:{match.url_name}", **match.kwargs)
    if bank is not None:
        context = {"bank": bank, "room": ROOM, "title": title, "inner": content, **more}
        return render(request, "messages/portal.html", context)
    context = {**admin.site.each_context(request), "title": title, "inner": content, **more}
    return render(request, "messages/desk.html", context)
