"""Endpoint for files selected in forms, in portal and desk: each is kept until its form is submitted."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from banks.register.access import own_banks
from zsbank.base.accounts.models import User
from zsbank.base.files.choosing import choose, own, take_back
from zsbank.base.files.chosen import ChosenContent
from zsbank.base.files.forms import CHOSEN, renamings
from zsbank.base.files.unacceptable import FileFault
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import PROBLEM, Refused, problem
from zsbank.base.texts import PlainForm

PLAINLY = {"ensure_ascii": False}


class FieldForm(PlainForm):
    """The form field in which a file was selected."""

    name = forms.SlugField(max_length=60)


class ChosenForm(FieldForm):
    """One file and its field."""

    file = forms.FileField(allow_empty_file=True)


def choose_file(request: HttpRequest) -> HttpResponse:
    """Keep a file selected in a form and return its token and its row; a refusal has status 422 and the reason.

    While too many files are checked the status is 503, and the script tries again by itself.
    """
    person = request.user
    if not isinstance(person, User):
        return _sign_in(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not person.is_staff and not own_banks(request):
        return _no(403, "not_allowed", _("You do not act for any bank."))
    form = ChosenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _no(
            422, "invalid", " ".join(str(error) for errors in form.errors.values() for error in errors)
        )
    upload = form.cleaned_data["file"]
    try:
        content = ChosenContent(choose(content=upload, name=upload.name, by=person))
    except Refused as refusal:
        return _no(503 if refusal.code == FileFault.BUSY else 422, refusal.code, str(refusal))
    said = _said(content, form.cleaned_data["name"], " ".join(renamings(form)))
    return JsonResponse(said, status=201, json_dumps_params=PLAINLY)


@require_http_methods(["GET", "POST", "DELETE"])
def chosen_file(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """Show a file that this person selected, or its row in the form field `name`; POST and DELETE discard it.

    Another person's answers 404.
    """
    person = request.user
    if not isinstance(person, User):
        return _sign_in(request)
    if request.method != "GET":
        if not take_back(token=token, by=person):
            raise Http404
        return HttpResponse(status=204)
    chosen = own(token, person)
    if chosen is None:
        raise Http404
    if "name" in request.GET:
        field = FieldForm(request.GET)
        if not field.is_valid():
            raise Http404
        return JsonResponse(
            _said(ChosenContent(chosen), field.cleaned_data["name"], ""), json_dumps_params=PLAINLY
        )
    try:
        return serve(chosen.file, in_page=True)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect a browser to the sign-in page; refuse a script with status 401."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return _no(401, "not_authenticated", _("Sign in first."))


def _said(content: ChosenContent, name: str, note: str) -> dict[str, Any]:
    """Return the data with which the page shows a kept file."""
    return {
        "token": str(content.token),
        "name": content.name,
        "kind": content.kind.value,
        "size": content.size,
        "sha256": content.sha256,
        "note": note,
        "row": render_to_string("components/chosen_file.html", {"file": content, "name": f"{name}{CHOSEN}"}),
    }


def _no(status: int, code: str, detail: str) -> JsonResponse:
    return JsonResponse(
        problem(status, code, detail), status=status, content_type=PROBLEM, json_dumps_params=PLAINLY
    )
