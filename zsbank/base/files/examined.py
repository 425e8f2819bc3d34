"""Uploads looked through before any transaction opens; what was found is remembered with the upload.

A file may take half a minute to look through. In a transaction it would block every other change on SQLite.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from zsbank.base.actions.running import current
from zsbank.base.files.chosen import ChosenContent, NotKept
from zsbank.base.files.content import check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import is_old_office, kind_of, other_picture
from zsbank.base.files.names import displayable_name
from zsbank.base.files.unacceptable import FileFault, UnacceptableFile
from zsbank.base.refusals import FileRefused

FOUND = "zsbank_found"
"""The attribute of an upload with its kind, or with the refusal and the name in it."""

NESTED = (list, tuple, set, frozenset)


def examine_all(arguments: dict[str, Any]) -> None:
    """Look through all uploads in the arguments of an action; a refusal is raised where the file is stored."""
    for content, name in _uploads(list(arguments.values())):
        examine(content, name)


def _uploads(given: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(given, File):
        yield given, given.name or ""
    elif isinstance(given, dict):
        yield from _uploads(list(given.values()))
    elif isinstance(given, NESTED):
        for one in given:
            yield from _uploads(one)


def examine(content: File, name: str) -> None:  # type: ignore[type-arg]
    """Look through an upload, once."""
    if isinstance(content, ChosenContent | NotKept) or hasattr(content, FOUND):
        return
    found: FileKind | tuple[FileRefused, str]
    try:
        found = _checked_kind(content, name)
    except FileRefused as refusal:
        found = refusal, displayable_name(name)
    setattr(content, FOUND, found)


def kind_found(content: File, name: str) -> FileKind:  # type: ignore[type-arg]
    """Return the kind of an acceptable upload, as it was found.

    Raises:
        FileRefused: the file is empty, too large, of another kind, or its content is not acceptable.
        RuntimeError: nobody looked through it before the action that is running.
    """
    if not hasattr(content, FOUND):
        if current() is not None:
            raise RuntimeError("a file is looked through before the transaction of an action opens")
        examine(content, name)
    found = getattr(content, FOUND)
    if isinstance(found, FileKind):
        return found
    refusal, named = found
    raise FileRefused(str(refusal).replace(named, displayable_name(name), 1), refusal.code)


def _checked_kind(content: File, name: str) -> FileKind:  # type: ignore[type-arg]
    """Return the kind of an acceptable file.

    Raises:
        FileRefused: the file is empty, too large, of another kind, or its content is not acceptable.
    """
    limit = settings.UPLOAD_MAX_BYTES
    size = content.size or 0
    if size == 0:
        raise FileRefused(
            _("%(name)s is empty. Select the file again.") % {"name": displayable_name(name)}, "empty"
        )
    if size > limit:
        megabytes = limit // 1024 // 1024
        raise FileRefused(
            _("%(name)s is larger than %(limit)s MB. Split it, or scan it at a lower resolution.")
            % {"name": displayable_name(name), "limit": megabytes},
            "too_large",
        )
    kind = kind_of(content)
    if kind is None and is_old_office(content):
        raise UnacceptableFile(FileFault.ENCRYPTED).refusal(displayable_name(name))
    picture = other_picture(content) if kind is None else ""
    if picture == "HEIC":
        raise UnacceptableFile(FileFault.HEIC).refusal(displayable_name(name))
    if picture:
        raise FileRefused(
            _("%(name)s is a %(kind)s picture. Open it and save it as JPEG or PNG.")
            % {"name": displayable_name(name), "kind": picture},
            "wrong_kind",
        )
    if kind is None:
        raise FileRefused(
            _(
                "%(name)s is not a PDF, OFD, JPEG, PNG, DOCX or XLSX file. Save it as one of these and try again."
            )
            % {"name": displayable_name(name)},
            "wrong_kind",
        )
    check_content(content, kind, displayable_name(name))
    return kind
