"""Signing a letter: number and text in the transaction of the decision, the file right after it."""

from functools import partial

from django.conf import settings
from django.db import models, transaction

from zsbank.accounts.models import User
from zsbank.calendar import clock
from zsbank.journal import actions as journal
from zsbank.letters.data import LetterData
from zsbank.letters.models import Letter, NumberSeries


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
    journal.record(verb="sign_letter", by=by, subject=letter, uscc=data.uscc, data={"kind": data.kind.value})
    transaction.on_commit(partial(_ring, letter.pk), robust=True)
    return letter


def _next_number(mark: str, year: int) -> int:
    NumberSeries.objects.get_or_create(mark=mark, year=year)
    series = NumberSeries.objects.select_for_update().get(mark=mark, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _ring(letter_id: int) -> None:
    """Ask a worker to make the file now. When the broker is away the next sweep makes it."""
    from zsbank.letters.tasks import make_file

    make_file.delay(letter_id)
