"""Messages: rows are written in the transaction of the event, e-mail is sent afterwards."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.mails import subject_of, text_of
from zsbank.base.notices.models import MailChoice, Message
from zsbank.base.notices.queries import mailed_kinds
from zsbank.base.notices.terms import MessageKind

logger = logging.getLogger(__name__)
MAIL_ATTEMPTS = 50


@transaction.atomic
def post(
    *,
    to: Iterable[User],
    key: str,
    title: str,
    body: str,
    link: str = "",
    uscc: str = "",
    about: str = "",
    due: dt.date | None = None,
    kind: MessageKind = MessageKind.RESULT,
) -> int:
    """Put a message into people's in-trays; a person who already has it (same key) is skipped.

    It is also mailed, unless the person chose otherwise for this kind.

    Args:
        to: the recipients; inactive people are skipped.
        key: identifies the message, such as `rectification:12:reminder:30`.
        title, body: Chinese text; the title becomes a mail subject, so it has one line.
        link: the page to open, a path on this server.
        uscc: the bank concerned; a person who acts for several banks sees the message only while acting for
            this one.
        about: bank and case number.
        due: the due date (local date) of what the recipient has to do.
        kind: what it is for.

    Returns:
        The number of people who got the message now.
    """
    people = [person for person in to if person.is_active]
    choices = mailed_kinds(people)
    notified = 0
    for person in people:
        _row, created = Message.objects.get_or_create(
            recipient=person,
            key=key,
            defaults={
                "title": subject(title),
                "body": body,
                "link": link,
                "uscc": uscc,
                "about": subject(about)[:120],
                "due": due,
                "kind": kind,
                "by_mail": kind in choices[person.pk],
                "at": clock.now(),
            },
        )
        notified += created
    return notified


@transaction.atomic
def post_to_address(*, address: str, key: str, title: str, body: str, once: str, uscc: str) -> Message:
    """Create a message to a person without an account; it is sent by e-mail.

    Args:
        address: the e-mail address.
        key, title, body, uscc: as in `post`.
        once: text appended to the mail and deleted after sending, such as an invitation link.
    """
    return Message.objects.create(
        address=address,
        key=key,
        kind=MessageKind.TASK,
        title=subject(title),
        body=body,
        once=once,
        uscc=uscc,
        at=clock.now(),
    )


@transaction.atomic
def delete_unsent(*, address: str, keys_from: str) -> int:
    """Delete messages to an address that were not mailed yet; return their number.

    Args:
        address: the e-mail address.
        keys_from: prefix of their keys, such as `invitation:12:`.
    """
    unsent = Message.objects.filter(recipient=None, address=address, mailed_at=None)
    dropped, _rows = unsent.filter(key__startswith=keys_from).delete()
    return dropped


def mark_read(*, message: Message) -> None:
    """Store that the recipient opened the message; not an action and not in the journal."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(*, messages: QuerySet[Message], newest: int) -> int:
    """Mark the messages of a person as read that the person has seen listed; return their number.

    Args:
        messages: result of `messages_of`.
        newest: primary key of the newest message on the page; later ones stay unread.
    """
    return messages.filter(read_at=None, pk__lte=newest).update(read_at=clock.now())


def choose_mails(*, person: User, kinds: frozenset[MessageKind]) -> None:
    """Store which kinds of message the person also wants by mail, from the next message on."""
    MailChoice.objects.update_or_create(
        person=person,
        defaults={
            "results": MessageKind.RESULT in kinds,
            "receipts": MessageKind.RECEIPT in kinds,
            "news": MessageKind.NEWS in kinds,
        },
    )


def subject(title: str) -> str:
    """Return a title as a mail subject, on one line, so that it cannot add headers."""
    return " ".join(title.split())[:200]


def unsent_messages() -> QuerySet[Message]:
    """Return messages that are not mailed yet, oldest first."""
    unsent = Message.objects.filter(mailed_at=None, by_mail=True, mail_attempts__lt=MAIL_ATTEMPTS)
    return unsent.exclude(recipient__email="").order_by("pk")


def deliver(message_id: int) -> bool:
    """Mail one message; after a failure of the mail server it is tried again in the next run.

    The text in `once` is sent with it and deleted in the same transaction.
    """
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient")
        row = rows.filter(pk=message_id, mailed_at=None, by_mail=True).first()
        if row is None:
            return False
        row.mail_attempts += 1
        try:
            to = row.recipient.email if row.recipient else row.address
            send_mail(subject_of(row), text_of(row), settings.DEFAULT_FROM_EMAIL, [to])
        except OSError as error:
            row.mail_error = str(error)[:200]
            logger.warning("message %s could not be mailed: %s", row.pk, type(error).__name__)
        else:
            row.mailed_at, row.mail_error, row.once = clock.now(), "", ""
        row.save(update_fields=["mail_attempts", "mail_error", "mailed_at", "once"])
    return row.mailed_at is not None
