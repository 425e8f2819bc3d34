"""Writing journal entries. There is no function to change or remove one."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from zsbank.base.calendar import clock
from zsbank.base.journal.chain import digest_of
from zsbank.base.journal.facts import with_facts
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

SYSTEM_NAME = "系统"


def record(
    *,
    verb: Verb,
    by: AbstractUser | None,
    subject: models.Model | None,
    uscc: str = "",
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
    effective_on: dt.date | None = None,
) -> Entry:
    """Write one entry, in the caller's transaction.

    Args:
        verb: the action's name, a member of `Verb`.
        by: the person; None for the system.
        subject: the row concerned; its current text form is stored. None for a refused sign-in with an
            unknown name.
        uscc: the unified social credit code of the bank, if one is concerned.
        from_state, to_state: the transition, both empty if there was none.
        reason: the reason that the person gave.
        data: particulars that JSON can hold; dates and decimals become strings. The facts about the subject that
            the verb holds (`Case.facts_in_journal`) are added.
        effective_on: the day it takes effect (local date), if not today, such as for a lapse found later.

    Raises:
        TypeError: `data` contains a float, which databases do not return exactly.
    """
    encoder = DjangoJSONEncoder()
    entry = Entry(
        at=clock.now(),
        effective_on=effective_on or clock.today(),
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else SYSTEM_NAME,
        verb=verb.value,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else 0,
        subject_label=str(subject)[:200] if subject else "",
        uscc=uscc,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        data=_plain(with_facts(data or {}, verb.value, subject), encoder),
    )
    entry.digest = digest_of(entry.content())
    entry.save(force_insert=True)
    return entry


def _plain(value: Any, encoder: DjangoJSONEncoder) -> Any:
    """Convert the data to JSON types, so that what is stored equals what is read back."""
    if isinstance(value, dict):
        return {str(key): _plain(item, encoder) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, encoder) for item in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, float):
        raise TypeError("the record takes no floats: databases give them back otherwise than they were")
    return encoder.default(value)
