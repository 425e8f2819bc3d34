"""Reading messages: of a person, unread ones, and which kinds a person also wants by mail."""

from collections.abc import Sequence

from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.notices.models import MailChoice, Message
from zsbank.base.notices.terms import MAILED_BY_DEFAULT, MessageKind

COUNTED_UNREAD = 100
"""Unread messages are counted up to this number."""


def messages_of(person: User, uscc: str | None) -> QuerySet[Message]:
    """Return a person's messages, newest first.

    Args:
        uscc: the bank the person acts for, whose messages are returned with those that concern no bank; None
            for staff, who get all theirs.
    """
    rows = Message.objects.filter(recipient=person)
    return (rows if uscc is None else rows.filter(uscc__in=("", uscc))).order_by("-pk")


def unread_count(person: User, uscc: str | None) -> int:
    """Return how many messages the person has not opened, at most `COUNTED_UNREAD`."""
    return messages_of(person, uscc).filter(read_at=None)[:COUNTED_UNREAD].count()


def unread_in_short(person: User, uscc: str | None) -> str:
    """Return the number of unread messages for a menu, such as 3 or 99+; empty if there are none."""
    count = unread_count(person, uscc)
    return f"{COUNTED_UNREAD - 1}+" if count >= COUNTED_UNREAD else str(count or "")


def mailed_kinds(people: Sequence[User]) -> dict[int, frozenset[MessageKind]]:
    """Return the kinds of message that are also mailed, by the primary key of the person."""
    rows = MailChoice.objects.filter(person__in=people)
    chosen = {choice.person_id: choice.kinds for choice in rows}
    return {person.pk: chosen.get(person.pk, MAILED_BY_DEFAULT) for person in people}
