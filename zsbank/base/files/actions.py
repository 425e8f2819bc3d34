"""Storing files inside actions, and recording the results of virus scans."""

import logging
import secrets
from collections.abc import Iterable

from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.actions.after import after_commit
from zsbank.base.actions.door import action
from zsbank.base.actions.rows import bank_of, lock
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files import scanner, store
from zsbank.base.files.chosen import ChosenContent, use
from zsbank.base.files.examined import kind_found
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import EXTENSIONS, matching_name
from zsbank.base.files.models import StoredFile
from zsbank.base.files.names import displayable_name
from zsbank.base.files.rules import is_being_checked
from zsbank.base.files.scanner import Answer, ScannerOutage
from zsbank.base.files.states import ScanState
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, WrongState

logger = logging.getLogger(__name__)


@transaction.atomic
def store_upload(*, content: File, name: str, by: User | None) -> StoredFile:  # type: ignore[type-arg]
    """Store a submitted file that was looked through before; if there is a scanner, the file waits for its scan.

    A file that the person selected before is stored already: it is used and no longer selected.

    Args:
        content: the upload; read from its start.
        name: the file name given by the person; only its last part is kept, without control characters, and
            with an extension that matches the content.
        by: the person who submitted it.

    Raises:
        FileRefused: it is empty, too large, of another kind, damaged, encrypted or active, or its extension
            is that of another kind; or it was selected before and is no longer kept.
    """
    if isinstance(content, ChosenContent):
        return use(content, by)
    try:
        kind = kind_found(content, name)
        right = _with_matching_extension(displayable_name(name), kind)
    except FileRefused as refusal:
        logger.warning("a file was refused: %s", refusal.code, extra={"person": by.pk if by else None})
        raise
    scan = ScanState.BEING_CHECKED if scanner.is_configured() else ScanState.NOT_SCANNED
    return store_content(blocks=content.chunks(), name=right, kind=kind, by=by, scan=scan)


@transaction.atomic
def store_content(
    *,
    blocks: Iterable[bytes],
    name: str,
    kind: FileKind,
    by: User | None,
    scan: ScanState = ScanState.NOT_SCANNED,
) -> StoredFile:
    """Store content of a known kind: written to a temporary place now, moved to its final place after the commit.

    Generated letters are stored directly and not scanned.

    Raises:
        FileRefused: the disk is full or not writable.
    """
    stored_name = secrets.token_hex(16)
    try:
        written = store.write_incoming(stored_name, blocks)
    except OSError as error:
        raise FileRefused(
            _("The file could not be saved because of a storage problem. Try again later."), "disk"
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
    after_commit(store.move_into_place, stored_name)
    return row


def _with_matching_extension(name: str, kind: FileKind) -> str:
    """Return the name with the extension of its kind, so that the right program opens a download.

    Raises:
        FileRefused: the extension is that of another kind.
    """
    if right := matching_name(name, kind):
        return right
    raise FileRefused(
        _("The content of %(name)s is a %(kind)s file; its name must end in %(ending)s.")
        % {"name": name, "kind": kind.label, "ending": EXTENSIONS[kind][0]},
        "misnamed",
    )


def record_opening(*, file: StoredFile, case: models.Model, by: User) -> None:
    """Record that a person opened or downloaded a file of a case; the caller has checked permission."""
    bank = bank_of(case)
    journal.record(
        verb=Verb.OPEN_FILE,
        by=by,
        subject=case,
        uscc=bank.uscc if bank else "",
        data={"file": file.name, "sha256": file.sha256},
    )


def record_receipt(*, case: models.Model, by: User) -> None:
    """Record that a person downloaded the receipt of what was handed in; the caller has checked permission."""
    bank = bank_of(case)
    journal.record(verb=Verb.DOWNLOAD_RECEIPT, by=by, subject=case, uscc=bank.uscc if bank else "")


def scan(file_id: int) -> bool:
    """Scan one file. The scanner is called before the row is locked, because it may be slow.

    Returns:
        Whether a result was stored.

    Raises:
        ScannerOutage: the scanner did not respond; the file keeps waiting, with the reason on its row.
    """
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None or row.scan != ScanState.BEING_CHECKED:
        return False
    try:
        with store.open_also_quarantined(row.stored_name) as content:
            answer = scanner.scan(content)
    except ScannerOutage as outage:
        _store_outage(file_id, str(outage))
        raise
    return record_scan(file_id=file_id, answer=answer)


def record_scan(*, file_id: int, answer: Answer) -> bool:
    """Store the result of a scan.

    Returns:
        Whether it was stored; False if there was a result already.
    """
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        return False
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
    """Mark a file as clean, so that it can be opened.

    Raises:
        WrongState: there is a result already.
    """
    row = lock(file)
    is_being_checked(None, row).require()
    _store_result(row, ScanState.CLEAN, "")


@action(Verb.QUARANTINE_FILE, on="file", rule=is_being_checked, by_clock=True)
def quarantine_file(*, file: StoredFile, signature: str, by: None) -> StoredFile:
    """Quarantine a file in which the scanner found a virus; its bytes are moved after the commit.

    Args:
        signature: the name of the virus.

    Raises:
        WrongState: there is a result already.
    """
    _store_result(file, ScanState.QUARANTINED, signature)
    record(data={"signature": signature, "sha256": file.sha256})
    after_commit(store.quarantine, file.stored_name)
    return file


def _store_result(row: StoredFile, scan: ScanState, result: str) -> None:
    row.scan, row.scan_result, row.scanned_at = scan, result, clock.now()
    row.save(update_fields=["scan", "scan_result", "scanned_at"])


@transaction.atomic(durable=True)
def _store_outage(file_id: int, why: str) -> None:
    """Store time and reason of an outage; files that were tried last are tried again last."""
    row = StoredFile.objects.select_for_update(no_key=True).filter(pk=file_id).first()
    if row and row.scan == ScanState.BEING_CHECKED:
        row.scan_result, row.scanned_at = why[:200], clock.now()
        row.save(update_fields=["scan_result", "scanned_at"])


def clear_incoming(number: int) -> bool:
    """Delete a file whose action was rolled back, or move a committed one to its final place.

    Args:
        number: the random name, as a number.
    """
    stored_name = f"{number:032x}"
    if StoredFile.objects.filter(stored_name=stored_name).exists():
        store.move_into_place(stored_name)
    else:
        store.discard(stored_name)
    return True


def move_to_quarantine(file_id: int) -> bool:
    """Move a quarantined file if the program stopped before the move."""
    row = StoredFile.objects.get(pk=file_id)
    if row.scan != ScanState.QUARANTINED or store.quarantine_path(row.stored_name).exists():
        return False
    store.quarantine(row.stored_name)
    return store.quarantine_path(row.stored_name).exists()
