"""Who reads messages: staff at the desk, a bank's people in the portal while acting for the bank."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import messages_of

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[MemberRequest, Bank | None, Arguments], HttpResponseBase]
ROOM = "messages:messages"


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
    return messages_of(request.user, bank.uscc if bank else None)


def page(request: MemberRequest, bank: Bank | None, name: str, title: str, **more: Any) -> HttpResponse:
    """Render a page in the frame of desk or portal.

    Args:
        name: the file name of its content in `templates/messages`.
    """
    content = f"messages/{name}.html"
    if bank is not None:
        context = {"bank": bank, "room": ROOM, "title": title, "inner": content, **more}
        return render(request, "messages/portal.html", context)
    context = {**admin.site.each_context(request), "title": title, "inner": content, **more}
    return render(request, "messages/desk.html", context)
