"""Signing a letter: number and text in the transaction of the decision, the file right after it."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import models, transaction

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.files.actions import keep
from zsbank.base.files.models import FileKind
from zsbank.base.journal import actions as journal
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.letters.render import pdf_of
from zsbank.base.letters.states import WAITING_FOR_FILE
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, WrongState

logger = logging.getLogger(__name__)


@transaction.atomic
def sign(*, data: LetterData, case: models.Model, by: User) -> Letter:
    """Give a letter its number and freeze what it says; called inside the verb that decides.

    The number is taken under a row lock in the decision's own transaction: a decision that is rolled back gives
    its number back, so numbers have no gaps (law.md §3).
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
    journal.record(
        verb=Verb.SIGN_LETTER,
        by=by,
        subject=letter,
        uscc=data.uscc,
        to_state=letter.state,
        data={"kind": data.kind.value},
    )
    transaction.on_commit(partial(_ring, letter.pk), robust=True)
    return letter


def _next_number(mark: str, year: int) -> int:
    NumberSeries.objects.get_or_create(mark=mark, year=year)
    series = NumberSeries.objects.select_for_update(no_key=True).get(mark=mark, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@transaction.atomic
def skip_numbers(*, mark: str, year: int, last: int) -> range:
    """After a restored backup: pass over the numbers that are known to have been given since it was taken.

    Args:
        last: the highest number of the mark and year that a checkpoint knows.

    Returns:
        The numbers that were passed over; none when the register goes as far.
    """
    NumberSeries.objects.get_or_create(mark=mark, year=year)
    series = NumberSeries.objects.select_for_update(no_key=True).get(mark=mark, year=year)
    skipped = range(series.last + 1, last + 1)
    if skipped:
        series.last = last
        series.save(update_fields=["last"])
        journal.record(verb=Verb.SKIP_NUMBERS, by=None, subject=series, data={"numbers": list(skipped)})
    return skipped


def _ring(letter_id: int) -> None:
    """Ask a worker to make the file now. When the broker is away the next sweep makes it."""
    current_app.send_task("zsbank.base.letters.tasks.make_file", args=[letter_id])


def make_file(letter_id: int) -> bool:
    """Make the file of a signed letter from its frozen data; the decision stands whatever comes of it.

    A letter that has its file is left alone, so the same call twice, or a day late, gives the same letter.

    Returns:
        Whether a file was made now. A failure is kept on the letter, as a work item for the desk.
    """
    letter = Letter.objects.get(pk=letter_id)
    if letter.state not in WAITING_FOR_FILE:
        return False
    try:
        content = pdf_of(letter)
    except Exception as error:
        logger.exception("the file of letter %s could not be made", letter_id)
        _note_failure(letter_id, f"{type(error).__name__}: {error}")
        return False
    with transaction.atomic(durable=True):
        letter = Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter_id)
        if letter.state not in WAITING_FOR_FILE:
            return False
        before = letter.state
        letter.fix_file(keep(blocks=[content], name=f"{letter}.pdf", kind=FileKind.PDF, by=None))
        letter.attempts += 1
        letter.save(update_fields=["state", "file", "error", "attempts"])
        sha256 = letter.file.sha256 if letter.file else ""
        _note(letter, Verb.ISSUE_LETTER, None, before, sha256=sha256)
    return True


def _note_failure(letter_id: int, error: str) -> None:
    with transaction.atomic(durable=True):
        letter = Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter_id)
        if letter.state not in WAITING_FOR_FILE:
            return
        before = letter.state
        letter.note_failure(error)
        letter.attempts += 1
        letter.save(update_fields=["state", "error", "attempts"])
        _note(letter, Verb.FAIL_LETTER, None, before, attempts=letter.attempts)


def retry_letter(*, letter: Letter, by: User) -> Letter:
    """An officer asks again for the file of a letter that could not be made: same number, date and text."""
    may(staff_roles(by), Verb.RETRY_LETTER).require(NotAllowed)
    with transaction.atomic(durable=True):
        row = Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter.pk)
        if row.state not in WAITING_FOR_FILE:
            raise WrongState.moved_on()
        _note(row, Verb.RETRY_LETTER, by, "")
    make_file(letter.pk)
    return Letter.objects.get(pk=letter.pk)


def note_download(*, letter: Letter, by: User) -> None:
    """Record that a person opened or downloaded a letter."""
    _note(letter, Verb.DOWNLOAD_LETTER, by, "")


def _note(letter: Letter, verb: Verb, by: User | None, before: str, **data: object) -> None:
    journal.record(
        verb=verb,
        by=by,
        subject=letter,
        uscc=letter.uscc,
        from_state=before,
        to_state=letter.state if before else "",
        data=data,
    )
