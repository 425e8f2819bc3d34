"""Notifying people: rows first, in the transaction of what they are notified of; e-mail afterwards, from the rows."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message

logger = logging.getLogger(__name__)
MAIL_ATTEMPTS = 50


@transaction.atomic
def post(*, to: Iterable[User], key: str, title: str, body: str, link: str = "", uscc: str = "") -> int:
    """Put a message into people's in-trays; who has it already (same key) is not notified twice.

    Args:
        to: the people; those who left are passed over.
        key: what it is about, such as `rectification:12:reminder:30`.
        title, body: Chinese text, as the people of banks and bureau read it; a title is a subject, so one line.
        link: the page to open, a path on this server.
        uscc: the bank it is about; who acts for several reads it only while acting for this one.

    Returns:
        How many people were notified now.
    """
    notified = 0
    for person in to:
        if person.is_active:
            _row, created = Message.objects.get_or_create(
                recipient=person,
                key=key,
                defaults={
                    "title": subject(title),
                    "body": body,
                    "link": link,
                    "uscc": uscc,
                    "at": clock.now(),
                },
            )
            notified += created
    return notified


@transaction.atomic
def post_to_address(*, address: str, key: str, title: str, body: str, once: str, uscc: str) -> Message:
    """Write a message to somebody who has no account yet; it leaves by e-mail as the others do.

    Args:
        address: the e-mail address.
        key, title, body, uscc: as for people.
        once: what follows the text in the mail and is forgotten with its sending, such as the link to accept.
    """
    return Message.objects.create(
        address=address, key=key, title=subject(title), body=body, once=once, uscc=uscc, at=clock.now()
    )


@transaction.atomic
def take_back(*, address: str, keys_from: str) -> int:
    """Drop what has not been mailed to an address and no longer holds; gives how many messages.

    Args:
        address: the e-mail address.
        keys_from: how their keys begin, such as `invitation:12:`.
    """
    unsent = Message.objects.filter(recipient=None, address=address, mailed_at=None)
    dropped, _rows = unsent.filter(key__startswith=keys_from).delete()
    return dropped


def subject(title: str) -> str:
    """A title as the subject of a mail: on one line, so that nothing in a name becomes a header of its own."""
    return " ".join(title.split())[:200]


def waiting() -> QuerySet[Message]:
    """The messages that are still to be mailed, oldest first."""
    unsent = Message.objects.filter(mailed_at=None, mail_attempts__lt=MAIL_ATTEMPTS)
    return unsent.exclude(recipient__email="").order_by("pk")


def deliver(message_id: int) -> bool:
    """Mail one message; when the mail server does not take it, it waits for the next round.

    What it carries once goes out with it and is cleared in the same transaction.
    """
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient")
        row = rows.filter(pk=message_id, mailed_at=None).first()
        if row is None:
            return False
        row.mail_attempts += 1
        try:
            to = row.recipient.email if row.recipient else row.address
            send_mail(row.title, f"{row.body}{row.once}", settings.DEFAULT_FROM_EMAIL, [to])
        except OSError as error:
            row.mail_error = str(error)[:200]
            logger.warning("message %s could not be mailed: %s", row.pk, type(error).__name__)
        else:
            row.mailed_at, row.mail_error, row.once = clock.now(), "", ""
        row.save(update_fields=["mail_attempts", "mail_error", "mailed_at", "once"])
    return row.mailed_at is not None
