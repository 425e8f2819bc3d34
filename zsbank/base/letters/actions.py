"""Signing letters: number and text in the transaction of the decision, the file afterwards; and serving them."""

import datetime as dt
import logging
from contextlib import suppress

from celery import current_app
from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.actions.after import after_commit
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import pause_after
from zsbank.base.files.actions import store_content, store_upload
from zsbank.base.files.confined import Stopped
from zsbank.base.files.formats import FileKind
from zsbank.base.journal import actions as journal
from zsbank.base.journal.facts import held
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.models import Letter, NumberSeries, Service
from zsbank.base.letters.queries import MAX_DEATHS, without_file
from zsbank.base.letters.render import pdf_of
from zsbank.base.letters.rules import effective_day, may_be_served_on
from zsbank.base.letters.terms import Manner
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, WrongState, filled

logger = logging.getLogger(__name__)
NOT_FINISHED = "the attempt was not finished"
"""The error of a letter while its file is made, and afterwards if the process was killed."""


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
    after_commit(_send_task, letter.pk)
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
    """Send the task to a worker. If the broker is unavailable, the next run makes the file."""
    current_app.send_task("zsbank.base.letters.tasks.make_file", args=[letter_id])


@transaction.atomic(durable=True)
def begin_attempt(letter_id: int) -> Letter | None:
    """Note an attempt before it is made, as one that nobody saw the end of.

    Returns:
        The letter; None if it has a file, is tried by another process, or is to be tried later.
    """
    letter = without_file().select_for_update(no_key=True).filter(pk=letter_id).first()
    if letter is None:
        return None
    letter.next_attempt_at = clock.now() + pause_after(letter.attempts)
    if letter.deaths < MAX_DEATHS:
        letter.attempts, letter.deaths, letter.error = letter.attempts + 1, letter.deaths + 1, NOT_FINISHED
    letter.save(update_fields=["attempts", "deaths", "error", "next_attempt_at"])
    return letter


def make_file(letter_id: int) -> bool:
    """Make the file of a signed letter from its frozen data; a failure does not affect the decision.

    The attempt is noted first, and the file is made in a process of its own, so that a letter that kills it
    or takes too long stops no other. A letter with a file is not changed, so the call can be repeated.

    Returns:
        Whether a file was made. A failure is stored on the letter and becomes a work item; after a pause it
            is tried again, but after `MAX_DEATHS` deaths only when a person asks.
    """
    seen = Letter.objects.get(pk=letter_id)
    letter = begin_attempt(letter_id)
    if letter is None:
        return False
    if seen.deaths >= MAX_DEATHS:
        fail_letter(letter=letter, error=letter.error, died=True, by=None)
        return False
    try:
        issue_letter(letter=letter, content=pdf_of(letter), by=None)
    except WrongState:
        return False
    except Exception as error:
        logger.exception("the file of letter %s could not be made", letter_id)
        cause = error.__cause__ if isinstance(error, FileRefused) and error.__cause__ else error
        with suppress(WrongState):
            fail_letter(
                letter=letter,
                error=f"{type(cause).__name__}: {cause}",
                died=isinstance(error, Stopped),
                by=None,
            )
        return False
    return True


@action(Verb.ISSUE_LETTER, on="letter", moves=Letter.attach_file, by_clock=True)
def issue_letter(*, letter: Letter, content: bytes, by: None) -> Letter:
    """Store the file of a signed letter; the letter can no longer change.

    Raises:
        WrongState: it has a file.
        FileRefused: the disk is full or not writable.
    """
    file = store_content(blocks=[content], name=f"{letter}.pdf", kind=FileKind.PDF, by=None)
    letter.attach_file(file)
    letter.save(update_fields=["state", "file", "error", "deaths", "next_attempt_at"])
    record(uscc=letter.uscc, data={"sha256": file.sha256})
    return letter


@action(Verb.FAIL_LETTER, on="letter", moves=Letter.mark_failed, by_clock=True)
def fail_letter(*, letter: Letter, error: str, by: None, died: bool = False) -> Letter:
    """Store why the file of a letter could not be made, as a work item for the desk.

    Args:
        died: whether the program died or took too long; such attempts in a row are counted.

    Raises:
        WrongState: it has a file.
    """
    letter.mark_failed(error)
    letter.deaths = letter.deaths if died else 0
    letter.save(update_fields=["state", "error", "deaths"])
    record(uscc=letter.uscc, data={"attempts": letter.attempts})
    return letter


@action(Verb.RETRY_LETTER, on="letter", moves=Letter.ask_again)
def retry_letter(*, letter: Letter, by: User) -> Letter:
    """Request the file of a letter again; a worker makes it with the same number, date and text.

    Raises:
        NotAllowed: `by` is not an officer.
        WrongState: it has a file.
    """
    letter.ask_again()
    letter.save(update_fields=["state", "deaths", "next_attempt_at"])
    record(uscc=letter.uscc)
    after_commit(_send_task, letter.pk)
    return letter


@action(Verb.RECORD_SERVICE, on="letter")
def record_service(
    *,
    letter: Letter,
    by: User,
    manner: Manner,
    served_on: dt.date,
    note: str,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Service:
    """Record that a letter was served outside the portal (law.md §2).

    Args:
        served_on: when it was handed over, received, left, or published (local date).
        note: who took it, or where it was left or published.
        document: the proof, such as the signed receipt.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: `by` is not an officer.
        Incomplete: the note is empty.
        Refused: the day is before the letter was issued, or after today (code "day").
        FileRefused: the document's content is not accepted.
    """
    may_be_served_on(letter, served_on).require()
    note = filled(note, _("Enter who took the letter, or where it was left or published."))
    service = Service.objects.create(
        letter=letter,
        manner=manner,
        served_on=served_on,
        effective_on=effective_day(manner, served_on),
        note=note,
        document=store_upload(content=document, name=document_name, by=by),
        by=by,
        at=clock.now(),
    )
    record(
        uscc=letter.uscc,
        reason=note,
        data={
            "manner": manner,
            "served_on": served_on,
            "effective_on": service.effective_on,
            "file": service.document.name,
            "sha256": service.document.sha256,
        }
        | held(Verb.RECORD_SERVICE, service),
    )
    return service


def record_download(*, letter: Letter, by: User) -> None:
    """Record that a person opened or downloaded a letter; the caller has checked permission."""
    journal.record(verb=Verb.DOWNLOAD_LETTER, by=by, subject=letter, uscc=letter.uscc)
