"""Journal entries of permission refusals: role, four eyes, conflict of interest.

Written after the action's own transaction was rolled back. An attempt on an object that is hidden from the
person is not recorded (docs/decisions/0011-refusals-in-the-record.md).
"""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Model

from zsbank.base.actions.rows import bank_of
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

logger = logging.getLogger(__name__)
MAX_PER_DAY = 100
"""Maximum refusals recorded per person per day; the same verb on the same subject is recorded once."""


@transaction.atomic
def record_refusal(*, verb: Verb, by: Any, subject: Model | None, code: str, reason: str = "") -> None:
    """Record that a person was refused a verb, once per day for each subject.

    Args:
        subject: the row of the attempt; None for a verb that creates a row, or if the row is hidden from the
            person.
        code: the refusal's code, for programs.
        reason: the text shown to the person.
    """
    logger.info("refused %s: %s", verb, code, extra={"person": by.pk})
    today = Entry.objects.filter(actor=by, verb=Verb.REFUSE, effective_on=clock.today())
    same = today.filter(
        data__verb=verb,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else 0,
    )
    if same.exists() or today.count() >= MAX_PER_DAY:
        return
    bank = bank_of(subject)
    journal.record(
        verb=Verb.REFUSE,
        by=by,
        subject=subject,
        uscc=bank.uscc if bank else "",
        reason=reason,
        data={"verb": verb, "code": code},
    )
