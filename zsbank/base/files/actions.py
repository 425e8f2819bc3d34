"""Storing a file inside the action that it belongs to, and what the virus scanner says of it afterwards."""

import logging
import secrets
import unicodedata
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.rows import bank_of, lock
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files import scanner, store
from zsbank.base.files.content import check_content
from zsbank.base.files.kinds import ENDINGS, is_heic, is_old_office, kind_of, right_name
from zsbank.base.files.models import FileKind, StoredFile
from zsbank.base.files.rules import is_being_checked
from zsbank.base.files.scanner import Answer, ScannerOutage
from zsbank.base.files.states import ScanState
from zsbank.base.files.unacceptable import Ground, Unfit
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, WrongState

logger = logging.getLogger(__name__)


@transaction.atomic
def take_in(*, content: File, name: str, by: User | None) -> StoredFile:  # type: ignore[type-arg]
    """Take in a file that somebody handed in; where there is a scanner, it is being checked from now on.

    Args:
        content: the upload; read from its start.
        name: the name the person gave it; only its last part is kept, without control characters, with an ending
            that fits what it is.
        by: who handed it in.

    Raises:
        FileRefused: empty, too large, not one of the kinds that are taken, damaged, protected, with active content, or
            under a name that ends as another kind's.
    """
    try:
        kind = _looked_through(content, name)
        right = _ending_right(plain_name(name), kind)
    except FileRefused as refusal:
        logger.warning("a file was refused: %s", refusal.code, extra={"person": by.pk if by else None})
        raise
    begins = ScanState.BEING_CHECKED if scanner.is_configured() else ScanState.NOT_SCANNED
    return keep(blocks=content.chunks(), name=right, kind=kind, by=by, scan=begins)


def _looked_through(content: File, name: str) -> FileKind:  # type: ignore[type-arg]
    """The kind of a file that may be taken."""
    limit = settings.UPLOAD_MAX_BYTES
    size = content.size or 0
    if size == 0:
        raise FileRefused(
            _("%(name)s is empty. Choose the file again.") % {"name": plain_name(name)}, "empty"
        )
    if size > limit:
        megabytes = limit // 1024 // 1024
        raise FileRefused(
            _("%(name)s is larger than %(limit)s MB. Split it, or scan it with a lower resolution.")
            % {"name": plain_name(name), "limit": megabytes},
            "too_large",
        )
    kind = kind_of(content)
    if kind is None and is_old_office(content):
        raise Unfit(Ground.ENCRYPTED).refusal(plain_name(name))
    if kind is None and is_heic(content):
        raise Unfit(Ground.HEIC).refusal(plain_name(name))
    if kind is None:
        raise FileRefused(
            _(
                "%(name)s is not a PDF, OFD, JPEG, PNG, DOCX or XLSX file. Save it as one of these and try again."
            )
            % {"name": plain_name(name)},
            "wrong_kind",
        )
    check_content(content, kind, plain_name(name))
    return kind


@transaction.atomic
def keep(
    *,
    blocks: Iterable[bytes],
    name: str,
    kind: FileKind,
    by: User | None,
    scan: ScanState = ScanState.NOT_SCANNED,
) -> StoredFile:
    """Keep bytes whose kind is known: written aside now, moved into place after commit.

    Letters come here straight from where they are made, and are not scanned.
    """
    stored_name = secrets.token_hex(16)
    try:
        written = store.write_aside(stored_name, blocks)
    except OSError as error:
        raise FileRefused(
            _("The file could not be stored: the disk did not take it. Try again later."), "disk"
        ) from error
    try:
        row = StoredFile.objects.create(
            name=name,
            stored_name=stored_name,
            kind=kind,
            size=written.size,
            sha256=written.sha256,
            by=by,
            at=clock.now(),
            scan=scan,
        )
    except BaseException:
        store.discard(stored_name)
        raise
    transaction.on_commit(partial(store.settle, stored_name), robust=True)
    return row


def _ending_right(name: str, kind: FileKind) -> str:
    """The name, ending as its kind does."""
    if right := right_name(name, kind):
        return right
    raise FileRefused(
        _("%(name)s is a %(kind)s file by its content; let its name end in %(ending)s.")
        % {"name": name, "kind": kind.label, "ending": ENDINGS[kind][0]},
        "misnamed",
    )


def plain_name(name: str) -> str:
    """A file name to show: the last part of a path, no control or direction characters, at most 200 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        character
        for character in last
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    return shown.strip().lstrip(".")[-200:] or "file"


def record_opening(*, file: StoredFile, case: models.Model, by: User) -> None:
    """Record that a person opened or downloaded a file of a case; the caller has asked whether they may."""
    bank = bank_of(case)
    journal.record(
        verb=Verb.OPEN_FILE,
        by=by,
        subject=case,
        uscc=bank.uscc if bank else "",
        data={"file": file.name, "sha256": file.sha256},
    )


def scan(file_id: int) -> bool:
    """Have one file looked through. The scanner is asked before the row is locked: it may take its time.

    Returns:
        Whether an answer was put down now.

    Raises:
        ScannerOutage: there was no answer; the file goes on waiting, with the reason on its row.
    """
    row = StoredFile.objects.get(pk=file_id)
    if row.scan != ScanState.BEING_CHECKED:
        return False
    try:
        with store.open_wherever(row.stored_name) as content:
            answer = scanner.look_through(content)
    except ScannerOutage as outage:
        _note_outage(file_id, str(outage))
        raise
    return record_scan(file_id=file_id, answer=answer)


def record_scan(*, file_id: int, answer: Answer) -> bool:
    """Keep what the scanner said of a file.

    Returns:
        Whether it was kept now; an answer that came second changes nothing.
    """
    row = StoredFile.objects.get(pk=file_id)
    try:
        if answer.clean:
            pass_file(file=row)
        else:
            quarantine_file(file=row, signature=answer.signature, by=None)
    except WrongState:
        return False
    return True


@transaction.atomic(durable=True)
def pass_file(*, file: StoredFile) -> None:
    """Let a file be opened in which the scanner found nothing.

    Raises:
        WrongState: there was an answer already.
    """
    row = lock(file)
    is_being_checked(None, row).require()
    _keep_answer(row, ScanState.CLEAN, "")


@action(Verb.QUARANTINE_FILE, on="file", rule=is_being_checked, by_clock=True)
def quarantine_file(*, file: StoredFile, signature: str, by: None) -> StoredFile:
    """Quarantine a file in which the scanner found something; its bytes are moved after the commit.

    Args:
        signature: what the scanner calls it.

    Raises:
        WrongState: there was an answer already.
    """
    _keep_answer(file, ScanState.QUARANTINED, signature)
    record(data={"signature": signature, "sha256": file.sha256})
    transaction.on_commit(partial(store.quarantine, file.stored_name), robust=True)
    return file


def _keep_answer(row: StoredFile, scan: ScanState, result: str) -> None:
    row.scan, row.scan_result, row.scanned_at = scan, result, clock.now()
    row.save(update_fields=["scan", "scan_result", "scanned_at"])


@transaction.atomic(durable=True)
def _note_outage(file_id: int, why: str) -> None:
    """Put down why there was no answer, and when: the files that were tried last are tried again last."""
    row = StoredFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if row.scan == ScanState.BEING_CHECKED:
        row.scan_result, row.scanned_at = why[:200], clock.now()
        row.save(update_fields=["scan_result", "scanned_at"])


def clear_incoming(number: int) -> bool:
    """Remove a file that was written for a verb which then did not happen; move one whose verb did into place.

    Args:
        number: the random name, read as a number.
    """
    stored_name = f"{number:032x}"
    if StoredFile.objects.filter(stored_name=stored_name).exists():
        store.settle(stored_name)
    else:
        store.discard(stored_name)
    return True


def move_to_quarantine(file_id: int) -> bool:
    """Move a quarantined file whose move a stop came before."""
    row = StoredFile.objects.get(pk=file_id)
    if row.scan != ScanState.QUARANTINED or store.quarantined(row.stored_name).exists():
        return False
    store.quarantine(row.stored_name)
    return store.quarantined(row.stored_name).exists()
