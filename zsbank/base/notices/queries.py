"""Reading messages: of a person, unread ones, and which kinds a person also wants by mail."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.notices.models import MailChoice, Message
from zsbank.base.notices.terms import MAILED_BY_DEFAULT, MessageKind

COUNTED_UNREAD = 100
"""Unread messages are counted up to this number."""


def messages_of(person: User, codes: Sequence[str] | None) -> QuerySet[Message]:
    """Return a person's messages, newest first.

    Args:
        codes: the codes of the bank the person acts for (`Bank.codes`), whose messages are returned with those that
            concern no bank; None for staff, who get all theirs.
    """
    rows = Message.objects.filter(recipient=person)
    return (rows if codes is None else rows.filter(uscc__in=["", *codes])).order_by("-pk")


def unread_count(person: User, codes: Sequence[str] | None) -> int:
    """Return how many messages the person has not opened, at most `COUNTED_UNREAD`."""
    return messages_of(person, codes).filter(read_at=None)[:COUNTED_UNREAD].count()


def unread_in_short(person: User, codes: Sequence[str] | None) -> str:
    """Return the number of unread messages for a menu, such as 3 or 99+; empty if there are none."""
    count = unread_count(person, codes)
    return f"{COUNTED_UNREAD - 1}+" if count >= COUNTED_UNREAD else str(count or "")


def mailed_kinds(people: Sequence[User]) -> dict[int, frozenset[MessageKind]]:
    """Return the kinds of message that are also mailed, by the primary key of the person."""
    rows = MailChoice.objects.filter(person__in=people)
    chosen = {choice.person_id: choice.kinds for choice in rows}
    return {person.pk: chosen.get(person.pk, MAILED_BY_DEFAULT) for person in people}


FAILING_AFTER = 10
"""Attempts, over about six hours, after which a refused address counts as one that takes no mail."""
ADDRESS_REFUSED = "SMTPRecipientsRefused"
"""The start of the error of a message whose address the mail server refused; other errors are the server's own."""


def failing_messages() -> QuerySet[Message]:
    """Return unsent messages whose address was refused again and again."""
    unsent = Message.objects.filter(mailed_at=None, by_mail=True)
    return unsent.filter(mail_attempts__gte=FAILING_AFTER, mail_error__startswith=ADDRESS_REFUSED)


def with_working_mail(people: QuerySet[User]) -> QuerySet[User]:
    """Return those of these people who have an address that takes mail."""
    failing = failing_messages().filter(recipient=OuterRef("pk"))
    return people.exclude(email="").exclude(Exists(failing))
