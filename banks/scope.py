"""Whose bank: a person of a bank sees their bank's things, and nothing that tells of another's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from banks.models import Bank
from zsbank.accounts.models import User
from zsbank.refusals import Refused

Arguments = ParamSpec("Arguments")
Row = TypeVar("Row", bound=Model)


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in and acts for a bank."""

    user: User


def banks_of(user: User | AnonymousUser) -> QuerySet[Bank]:
    """The banks a person acts for now; none for officers and for those who left."""
    if not isinstance(user, User) or not user.is_active or user.is_staff:
        return Bank.objects.none()
    return Bank.objects.filter(members__user=user, members__left_on=None).distinct()


def bank_of(user: User | AnonymousUser) -> Bank | None:
    """The bank a person acts for; the first by name where there are several."""
    return banks_of(user).first()


def own_or_404(rows: QuerySet[Row], bank: Bank, pk: int) -> Row:
    """One row of this bank. Another bank's row answers exactly like one that does not exist."""
    return get_object_or_404(rows, bank=bank, pk=pk)


def for_members(
    view: Callable[Concatenate[MemberRequest, Bank, Arguments], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in who acts for a bank and hand their bank to the view; officers are shown to their own desk."""

    @login_required
    @wraps(view)
    def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_staff:
            return redirect("/admin/")
        bank = bank_of(request.user)
        if bank is None:
            raise PermissionDenied
        return view(cast(MemberRequest, request), bank, *args, **kwargs)

    return scoped


@contextmanager
def refusal_shown_in(form: Form) -> Iterator[None]:
    """Show a verb's refusal where it was made: in the form's summary, with all that was typed kept."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, str(refusal))
