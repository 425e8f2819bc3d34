"""Telling people: rows first, in the transaction of what is told; e-mail afterwards, from the rows."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from zsbank.accounts.models import User
from zsbank.calendar import clock
from zsbank.notices.models import Message

MAIL_ATTEMPTS = 50


@transaction.atomic
def post(*, to: Iterable[User], key: str, title: str, body: str, link: str = "") -> int:
    """Put a message into people's in-trays; who has it already (same key) is not told twice.

    Args:
        to: the people; those who left are passed over.
        key: what it is about, such as `rectification:12:reminder:30`.
        title, body: Chinese text, as the people of banks and bureau read it.
        link: the page to open, a path on this server.

    Returns:
        How many people were told now.
    """
    told = 0
    for person in to:
        if person.is_active:
            _row, created = Message.objects.get_or_create(
                recipient=person,
                key=key,
                defaults={"title": title, "body": body, "link": link, "at": clock.now()},
            )
            told += created
    return told


def waiting() -> QuerySet[Message]:
    """The messages that are still to be mailed, oldest first."""
    unsent = Message.objects.filter(mailed_at=None, mail_attempts__lt=MAIL_ATTEMPTS)
    return unsent.exclude(recipient__email="").order_by("pk")


def deliver(message_id: int) -> bool:
    """Mail one message; when the mail server does not take it, it waits for the next round."""
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient")
        row = rows.filter(pk=message_id, mailed_at=None).first()
        if row is None:
            return False
        row.mail_attempts += 1
        try:
            send_mail(row.title, row.body, settings.DEFAULT_FROM_EMAIL, [row.recipient.email])
        except OSError as error:
            row.mail_error = str(error)[:200]
        else:
            row.mailed_at, row.mail_error = clock.now(), ""
        row.save(update_fields=["mail_attempts", "mail_error", "mailed_at"])
    return row.mailed_at is not None


@transaction.atomic
def mark_read(*, message: Message, by: User) -> Message:
    """Note that the recipient has opened a message; the first time counts."""
    row = Message.objects.select_for_update(no_key=True).get(pk=message.pk, recipient=by)
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    return row
