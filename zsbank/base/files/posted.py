"""The files of a submitted form, including those selected earlier; a refused form keeps its files."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from zsbank.base.accounts.models import User
from zsbank.base.files.choosing import choose
from zsbank.base.files.chosen import ChosenContent, NotKept, digest_of
from zsbank.base.files.forms import CHOSEN, ChosenFileField, files_in
from zsbank.base.files.queries import chosen_by
from zsbank.base.refusals import FileRefused


def handed_in(request: HttpRequest) -> "MultiValueDict[str, Any] | None":
    """Return the files of a submitted form: its uploads, and files that this person selected earlier, by token.

    An unknown token becomes a `NotKept`, refused at its field. None for GET.
    """
    if request.method != "POST" or not isinstance(request.user, User):
        return None
    given: MultiValueDict[str, Any] = MultiValueDict()
    named = {name: request.POST.getlist(name) for name in request.POST if name.endswith(CHOSEN)}
    tokens = {text: token for texts in named.values() for text in texts if (token := _token(text))}
    found = chosen_by(request.user, tokens.values()) if tokens else {}
    for name, texts in named.items():
        rows = [found.get(tokens[text]) if text in tokens else None for text in dict.fromkeys(texts)]
        given.setlist(name.removesuffix(CHOSEN), [ChosenContent(row) if row else NotKept() for row in rows])
    for name, uploads in request.FILES.lists():
        given.setlist(name, [*given.getlist(name), *uploads])
    return given


def named(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the input of a submitted form by field, with file names for files."""
    files = handed_in(request) or MultiValueDict()
    texts = [(name, str(text)) for name, text in request.POST.items() if not name.endswith(CHOSEN)]
    return [*texts, *((name, str(file.name)) for name, given in files.lists() for file in given)]


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def keep_chosen(form: forms.BaseForm, by: Any) -> None:
    """Keep the uploads of a refused form, so that nobody has to select them again.

    Files that are not accepted are refused at their field; the same file is kept once.
    """
    if not isinstance(by, User):
        return
    for name, field in form.fields.items():
        if isinstance(field, ChosenFileField):
            _keep(form, name, field, by)


def _keep(form: forms.BaseForm, name: str, field: ChosenFileField, by: User) -> None:
    kept: dict[str, ChosenContent] = {}
    for given in files_in(form, name):
        try:
            content = given if isinstance(given, ChosenContent) else _chosen(given, by, kept)
        except FileRefused as refusal:
            if str(refusal) not in form.errors.get(name, ()):
                form.add_error(name, str(refusal))
            continue
        if content is not None:
            kept.setdefault(content.sha256, content)
    files: Any = form.files
    if isinstance(files, MultiValueDict):
        files.setlist(name, list(kept.values())[0 if field.many else -1 :])


def _chosen(given: Any, by: User, kept: dict[str, ChosenContent]) -> ChosenContent | None:
    """Keep an upload; return None if it is no upload or the same as an earlier one."""
    if not isinstance(given, UploadedFile) or digest_of(given) in kept:
        return None
    return ChosenContent(choose(content=given, name=given.name or "", by=by))


def drop(form: forms.BaseForm, name: str, file: Any) -> None:
    """Remove a file from the form after it was stored."""
    if isinstance(form.files, MultiValueDict):
        form.files.setlist(name, [given for given in form.files.getlist(name) if given is not file])
