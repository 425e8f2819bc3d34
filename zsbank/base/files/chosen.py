"""A file selected earlier, used like an upload by forms and actions; its bytes are read from the store."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from io import BufferedReader
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.files import store
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.rules import may_open
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import FileRefused


class ChosenContent(File):  # type: ignore[type-arg]
    """The content of a selected file."""

    def __init__(self, chosen: ChosenFile) -> None:
        """Store the row; the bytes are read on demand."""
        self.chosen, self.name, self.mode = chosen, chosen.file.name, "rb"

    @cached_property
    def file(self) -> BufferedReader:  # type: ignore[override]
        """Open the stored bytes."""
        return store.open_bytes(self.chosen.file.stored_name)

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return self.chosen.file.size

    @property
    def kind(self) -> FileKind:
        """Return the kind."""
        return FileKind(self.chosen.file.kind)

    @property
    def sha256(self) -> str:
        """Return the SHA-256."""
        return self.chosen.file.sha256

    @property
    def token(self) -> UUID:
        """Return the token by which a form names it."""
        return self.chosen.token

    def open(self, *_mode: Any, **_given: Any) -> "ChosenContent":
        """Rewind, as Django does for an open file."""
        self.file.seek(0)
        return self

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Return the bytes in blocks."""
        self.file.seek(0)
        while block := self.file.read(chunk_size or store.BLOCK):
            yield block

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.name or ""


class NotKept(File):  # type: ignore[type-arg]
    """A placeholder in a form for a selected file that is no longer kept."""

    def __init__(self) -> None:
        """Set what Django expects of a file."""
        self.file, self.name, self.mode, self.size = None, "", "rb", 0


def not_kept() -> FileRefused:
    """Return the refusal for a selected file that is no longer kept."""
    return FileRefused(
        _("A file that you selected is no longer available, or has been submitted already. Select it again."),
        "gone",
    )


@transaction.atomic
def use(content: ChosenContent, by: User | None) -> StoredFile:
    """Use a selected file in the running action; if that is refused, the file stays selected.

    Raises:
        FileRefused: it belongs to another person, was used or discarded, or is quarantined.
    """
    rows = ChosenFile.objects.select_for_update(no_key=True).filter(pk=content.chosen.pk, by=by)
    chosen = rows.first()
    if chosen is None:
        raise not_kept()
    file = chosen.file
    if file.scan == ScanState.QUARANTINED:
        may_open(file).require(FileRefused)
    chosen.delete()
    return file


def digest_of(content: File) -> str:  # type: ignore[type-arg]
    """Return the SHA-256 of an upload or a selected file, and rewind it."""
    if isinstance(content, ChosenContent):
        return content.sha256
    digest = hashlib.sha256()
    for block in content.chunks():
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()
