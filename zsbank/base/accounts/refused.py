"""Refusals in the record: somebody tried what their role, the four eyes or a conflict forbids.

Noted where a refusal becomes an answer, after the verb's own transaction was rolled back. What is hidden from the
person, and answered as if it did not exist, is not noted: it is not looked at either
(docs/decisions/0011-refusals-in-the-record.md).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from django.db import transaction
from django.db.models import Model

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import NotAllowed, Refused

logger = logging.getLogger(__name__)
VERBS = frozenset(verb.value for verb, holders in ROLES_BY_VERB.items() if holders)
A_DAY = 100
"""So many refusals of one person are noted a day, each verb on each case once."""
CALLED_OTHERWISE = {
    "enter_officer": Verb.ENTER_PERSON,
    "read_import": Verb.IMPORT_OUTLETS,
    "amend_criterion": Verb.AMEND_EDITION,
    "publish_draft": Verb.PUBLISH_EDITION,
}
"""Actions of which one verb has several."""


@dataclass(frozen=True)
class Attempt:
    """Who tried which verb on what; `subject` is None where the verb begins something."""

    verb: str
    by: User
    subject: Model | None


def note(refusal: Refused) -> None:
    """Put a refusal into the record when the person may not do this; a case that has moved on is no such refusal."""
    if not isinstance(refusal, NotAllowed):
        return
    attempt = next(_attempts(refusal), None)
    if attempt is not None:
        extra = {"person": attempt.by.pk}
        logger.info("refused %s: %s", attempt.verb, refusal.code, extra=extra)
        note_attempt(attempt, code=refusal.code, reason=str(refusal))


@transaction.atomic
def note_attempt(attempt: Attempt, *, code: str, reason: str = "") -> None:
    """Put it into the record, once a day, and not without end."""
    subject = attempt.subject
    today = Entry.objects.filter(actor=attempt.by, verb=Verb.REFUSE, effective_on=clock.today())
    same = today.filter(
        data__verb=attempt.verb,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else 0,
    )
    if same.exists() or today.count() >= A_DAY:
        return
    journal.record(
        verb=Verb.REFUSE,
        by=attempt.by,
        subject=subject,
        uscc=_uscc(subject),
        reason=reason,
        data={"verb": attempt.verb, "code": code},
    )


def _attempts(refusal: Refused) -> Iterator[Attempt]:
    """The actions that the refusal came through, outermost first: keyword-only functions with a `by`."""
    place = refusal.__traceback__
    while place is not None:
        frame, place = place.tb_frame, place.tb_next
        given = _given(frame)
        by = given.pop("by", None)
        name = frame.f_code.co_name
        if isinstance(by, User) and (name in CALLED_OTHERWISE or name in VERBS):
            rows = (value for value in given.values() if isinstance(value, Model) and value.pk)
            yield Attempt(str(CALLED_OTHERWISE.get(name, name)), by, next(rows, None))


def _given(frame: FrameType) -> dict[str, object]:
    """What an action was called with, by name, in the order of its signature."""
    code = frame.f_code
    names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return {name: frame.f_locals[name] for name in names if name in frame.f_locals}


def _uscc(subject: Model | None) -> str:
    """The bank that a subject is, or belongs to."""
    bank = getattr(subject, "bank", None)
    return str(getattr(subject, "uscc", "") or getattr(bank, "uscc", ""))
