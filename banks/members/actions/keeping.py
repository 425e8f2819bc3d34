"""What reaches nobody at a bank: kept, handed to the next member, or told another way."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from banks.members.models import KeptMessage
from banks.members.queries import can_be_reached
from banks.members.rules import may_be_told, unsettled
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled

KEPT_KINDS = frozenset({MessageKind.TASK, MessageKind.RESULT})
TEXTS = ("title", "body", "title_en", "body_en")


def keep_if_unreached(
    *,
    bank: Bank,
    key: str,
    texts: dict[str, str],
    link: str,
    about: str,
    due: dt.date | None,
    kind: MessageKind,
    letter: Letter | None,
) -> bool:
    """Keep a message if nobody at the bank can be reached now; once per key.

    Confirmations and other progress are not kept: nobody has to be told them another way.

    Args:
        letter: the letter that it announces, if any; others as for `notices.post_written`.

    Returns:
        Whether it was kept now.
    """
    if kind not in KEPT_KINDS or can_be_reached(bank):
        return False
    values = {**texts, "link": link, "about": about[:120], "due": due, "kind": kind, "letter": letter}
    _row, kept = KeptMessage.objects.get_or_create(bank=bank, key=key, defaults={**values, "at": clock.now()})
    return kept


def hand_over(bank: Bank, user: User) -> None:
    """Give a new member what reached nobody, also about letters that were served since.

    Runs inside the action that makes the person a member.
    """
    for row in KeptMessage.objects.filter(bank=bank, settled_on=None).order_by("pk"):
        notices.post_written(
            to=[user],
            key=row.key,
            texts={name: getattr(row, name) for name in TEXTS},
            link=row.link,
            uscc=bank.uscc,
            about=row.about,
            due=row.due,
            kind=MessageKind(row.kind),
        )
        row.settled_on = clock.today()
        row.save(update_fields=["settled_on"])


@action(Verb.RECORD_TOLD, on="bank", rule=may_be_told)
def record_told(*, bank: Bank, how: str, by: User) -> Bank:
    """Record that a bank was told another way what reached nobody; a letter is served instead.

    Args:
        how: whom an officer told, and by what means.

    Raises:
        NotAllowed: `by` is not an officer.
        WrongState: there is nothing to tell.
        Incomplete: `how` is empty.
    """
    how = filled(how, _("Enter whom you told, and how."))
    told = list(unsettled().filter(bank=bank, letter=None))
    for row in told:
        row.settled_on, row.told = clock.today(), how
        row.save(update_fields=["settled_on", "told"])
    record(reason=how, data={"messages": [row.title for row in told]})
    return bank


@transaction.atomic(durable=True)
def keep_failed(message_id: int) -> bool:
    """Keep a message whose address is refused, if nobody at the bank can be reached; run by the sweep."""
    row = Message.objects.filter(pk=message_id, mailed_at=None).first()
    bank = None
    if row is not None:
        rows = Bank.objects.filter(members__user=row.recipient_id, members__left_on=None)
        bank = next((one for one in rows.distinct() if row.uscc in one.codes), None)
    if row is None or bank is None:
        return False
    return keep_if_unreached(
        bank=bank,
        key=row.key,
        texts={name: getattr(row, name) for name in TEXTS},
        link=row.link,
        about=row.about,
        due=row.due,
        kind=MessageKind(row.kind),
        letter=None,
    )
