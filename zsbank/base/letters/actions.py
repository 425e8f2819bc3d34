"""Signing letters: number and text in the transaction of the decision, the file afterwards."""

import logging
from contextlib import suppress
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import models, transaction

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_content
from zsbank.base.files.models import FileKind
from zsbank.base.journal import actions as journal
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.letters.render import pdf_of
from zsbank.base.letters.states import WAITING_FOR_FILE
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState

logger = logging.getLogger(__name__)


@action(Verb.SIGN_LETTER, makes=True, inner=True)
def sign(*, data: LetterData, case: models.Model, by: User) -> Letter:
    """Sign a letter: assign its number and freeze its text, inside the action that decides.

    The number is taken under a row lock in the transaction of the decision. A rollback returns it, so that
    numbers have no gaps (law.md §3).

    Args:
        case: the row that the letter is about; it has one letter of each kind.

    Raises:
        RuntimeError: called outside of an action.
    """
    today = clock.today()
    letter = Letter.objects.create(
        kind=data.kind,
        mark=settings.LETTER_MARK,
        year=today.year,
        number=_next_number(settings.LETTER_MARK, today.year),
        title=data.title,
        addressee=data.addressee,
        uscc=data.uscc,
        issue_date=today,
        signed_by=by,
        case_type=case._meta.label_lower,
        case_id=case.pk,
        data=data.to_json(),
    )
    record(subject=letter, uscc=letter.uscc, data={"kind": letter.kind})
    transaction.on_commit(partial(_send_task, letter.pk), robust=True)
    return letter


def _next_number(mark: str, year: int) -> int:
    NumberSeries.objects.get_or_create(mark=mark, year=year)
    series = NumberSeries.objects.select_for_update(no_key=True).get(mark=mark, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@action(Verb.SKIP_NUMBERS, on="series", by_clock=True)
def skip_numbers(*, series: NumberSeries, last: int, by: None = None) -> range:
    """Skip numbers that were given after a backup, when it is restored.

    Args:
        last: the highest number of the mark and year in a checkpoint.

    Returns:
        The skipped numbers.

    Raises:
        WrongState: no number has to be skipped.
    """
    if series.last >= last:
        raise WrongState.moved_on()
    skipped = range(series.last + 1, last + 1)
    series.last = last
    series.save(update_fields=["last"])
    record(data={"numbers": list(skipped)})
    return skipped


def _send_task(letter_id: int) -> None:
    """Send the task to a worker. If the broker is unavailable, the next sweep makes the file."""
    current_app.send_task("zsbank.base.letters.tasks.make_file", args=[letter_id])


def make_file(letter_id: int) -> bool:
    """Make the file of a signed letter from its frozen data; a failure does not affect the decision.

    A letter with a file is not changed, so the call can be repeated.

    Returns:
        Whether a file was made. A failure is stored on the letter and becomes a work item.
    """
    letter = Letter.objects.get(pk=letter_id)
    if letter.state not in WAITING_FOR_FILE:
        return False
    try:
        content = pdf_of(letter)
    except Exception as error:
        logger.exception("the file of letter %s could not be made", letter_id)
        with suppress(WrongState):
            fail_letter(letter=letter, error=f"{type(error).__name__}: {error}", by=None)
        return False
    try:
        issue_letter(letter=letter, content=content, by=None)
    except WrongState:
        return False
    return True


@action(Verb.ISSUE_LETTER, on="letter", moves=Letter.attach_file, by_clock=True)
def issue_letter(*, letter: Letter, content: bytes, by: None) -> Letter:
    """Store the file of a signed letter; the letter can no longer change.

    Raises:
        WrongState: it has a file.
    """
    file = store_content(blocks=[content], name=f"{letter}.pdf", kind=FileKind.PDF, by=None)
    letter.attach_file(file)
    letter.attempts += 1
    letter.save(update_fields=["state", "file", "error", "attempts"])
    record(uscc=letter.uscc, data={"sha256": file.sha256})
    return letter


@action(Verb.FAIL_LETTER, on="letter", moves=Letter.mark_failed, by_clock=True)
def fail_letter(*, letter: Letter, error: str, by: None) -> Letter:
    """Store why the file of a letter could not be made, as a work item for the desk.

    Raises:
        WrongState: it has a file.
    """
    letter.mark_failed(error)
    letter.attempts += 1
    letter.save(update_fields=["state", "error", "attempts"])
    record(uscc=letter.uscc, data={"attempts": letter.attempts})
    return letter


@action(Verb.RETRY_LETTER, on="letter", states=WAITING_FOR_FILE)
def retry_letter(*, letter: Letter, by: User) -> Letter:
    """Request the file of a letter again; `make_file` makes it after the commit.

    Raises:
        NotAllowed: `by` is not an officer.
        WrongState: it has a file.
    """
    record(uscc=letter.uscc)
    return letter


def retry_and_make_file(*, letter: Letter, by: User) -> Letter:
    """Request the file of a letter again and make it, with the same number, date and text.

    Raises:
        NotAllowed: `by` is not an officer.
        WrongState: it has a file.
    """
    retry_letter(letter=letter, by=by)
    make_file(letter.pk)
    return Letter.objects.get(pk=letter.pk)


def record_download(*, letter: Letter, by: User) -> None:
    """Record that a person opened or downloaded a letter; the caller has checked permission."""
    journal.record(verb=Verb.DOWNLOAD_LETTER, by=by, subject=letter, uscc=letter.uscc)
