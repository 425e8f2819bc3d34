"""A file that was chosen before, as a form and an action see it: like an upload, its bytes read from the store."""

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
from zsbank.base.files.models import ChosenFile, FileKind, StoredFile
from zsbank.base.files.rules import may_open
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import FileRefused


class ChosenContent(File):  # type: ignore[type-arg]
    """The content of a chosen file."""

    def __init__(self, chosen: ChosenFile) -> None:
        """Nothing is read yet."""
        self.chosen, self.name, self.mode = chosen, chosen.file.name, "rb"

    @cached_property
    def file(self) -> BufferedReader:  # type: ignore[override]
        """The bytes, opened when somebody asks for them."""
        return store.open_bytes(self.chosen.file.stored_name)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.chosen.file.size

    @property
    def kind(self) -> FileKind:
        """What it is."""
        return FileKind(self.chosen.file.kind)

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return self.chosen.file.sha256

    @property
    def token(self) -> UUID:
        """By which the form names it."""
        return self.chosen.token

    def open(self, *_mode: Any, **_given: Any) -> "ChosenContent":
        """Read from the start again."""
        self.file.seek(0)
        return self

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The bytes in blocks."""
        self.file.seek(0)
        while block := self.file.read(chunk_size or store.BLOCK):
            yield block

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.name or ""


class NotKept(File):  # type: ignore[type-arg]
    """Stands in a form for a chosen file that is not kept any more, or was used in the meantime."""

    def __init__(self) -> None:
        """It has neither bytes nor a name."""
        self.file, self.name, self.mode, self.size = None, "", "rb", 0


def not_kept() -> FileRefused:
    """The words for who chose it."""
    return FileRefused(
        _("A file that you chose is not kept any more, or was submitted already. Choose it again."), "gone"
    )


@transaction.atomic
def use(content: ChosenContent, by: User | None) -> StoredFile:
    """Use a chosen file in the action that is being carried out; when that is refused, it is still chosen.

    Raises:
        FileRefused: it is another person's, was used or taken back, or the virus scanner found something in it.
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
    """The SHA-256 of an upload, or of a file chosen before; it is read from its start again afterwards."""
    if isinstance(content, ChosenContent):
        return content.sha256
    digest = hashlib.sha256()
    for block in content.chunks():
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()
