"""Access to a bank: members see their own bank's data and nothing of other banks.

A member of several banks chooses one; the others stay hidden until they choose again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from banks.register.models import Bank
from zsbank.base.accounts.models import User

Arguments = ParamSpec("Arguments")
Row = TypeVar("Row", bound=Model)
CHOSEN = "bank"
"""Where the session keeps the bank that was chosen."""


class MemberRequest(HttpRequest):
    """A request of a signed-in member of a bank."""

    user: User


def banks_of(user: User | AnonymousUser) -> QuerySet[Bank]:
    """Return the banks a person acts for now; none for officers and former members."""
    if not isinstance(user, User) or not user.is_active or user.is_staff:
        return Bank.objects.none()
    return Bank.objects.filter(members__user=user, members__left_on=None).distinct()


def own_banks(request: HttpRequest) -> list[Bank]:
    """Return the banks the person of this request acts for; queried once per request."""
    held: list[Bank] | None = getattr(request, "own_banks_held", None)
    if held is None:
        held = list(banks_of(request.user))
        request.own_banks_held = held  # type: ignore[attr-defined]
    return held


def bank_of(request: HttpRequest) -> Bank | None:
    """Return the bank a person acts for in this session; None without one, or before choosing one.

    The choice is checked on every request. A chosen bank for which the person no longer acts is dropped, not replaced
    by
    another.
    """
    own = own_banks(request)
    chosen = request.session.get(CHOSEN)
    if chosen is not None:
        return next((bank for bank in own if bank.pk == chosen), None)
    return own[0] if len(own) == 1 else None


def choose(request: HttpRequest, bank: Bank) -> None:
    """Act for this bank from the next request on.

    The CSRF token is rotated, so that forms open in other tabs for the previous bank are rejected.
    """
    request.session[CHOSEN] = bank.pk
    rotate_token(request)


def own_or_404(rows: QuerySet[Row], bank: Bank, pk: int) -> Row:
    """Return a row of this bank; another bank's row is answered like one that does not exist."""
    return get_object_or_404(rows, bank=bank, pk=pk)


def for_members(
    view: Callable[Concatenate[MemberRequest, Bank, Arguments], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Restrict a view to members and pass it their bank; officers are redirected to the desk."""

    @login_required
    @wraps(view)
    def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_staff:
            return redirect("admin:index")
        bank = bank_of(request)
        if bank is None:
            return _without_bank(request)
        return view(cast(MemberRequest, request), bank, *args, **kwargs)

    return scoped


def _without_bank(request: HttpRequest) -> HttpResponse:
    """Ask a member of several banks to choose one; tell everybody else that they act for none."""
    if own_banks(request):
        going_to = request.get_full_path() if request.method == "GET" else reverse("portal:home")
        return redirect(f"{reverse('banks:choose')}?{urlencode({'next': going_to})}")
    return render(request, "banks/no_bank.html", status=403)
