"""Permission refusals in the journal: who tried what their role, the four eyes or a conflict forbids.

Written after the action's own transaction was rolled back. What is hidden from a person and answered as if it did
not exist is not written down (docs/decisions/0011-refusals-in-the-record.md).
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
"""Refusals recorded of one person in a day; the same verb on the same subject is recorded once."""


@transaction.atomic
def record_refusal(*, verb: Verb, by: Any, subject: Model | None, code: str, reason: str = "") -> None:
    """Record that a person was refused a verb, once a day for each subject.

    Args:
        subject: the row they tried it on; None where the verb makes something new, or the row is hidden from them.
        code: the refusal's code, for programs.
        reason: what the person was told.
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
