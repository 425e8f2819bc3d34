"""Messages: rows are written in the transaction of the event, e-mail is sent afterwards."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import override

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import PAUSES, pause_after
from zsbank.base.notices.mails import subject_of, text_of
from zsbank.base.notices.models import MailChoice, Message
from zsbank.base.notices.queries import mailed_kinds
from zsbank.base.notices.terms import MessageKind, Words

logger = logging.getLogger(__name__)
NOT_FINISHED = "the attempt was not finished"
"""The error of a message while it is mailed, and afterwards if the process was killed."""


@transaction.atomic
def post(
    *,
    to: Iterable[User],
    key: str,
    title: Words,
    body: Words,
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
        title, body: lazy texts, stored in both languages as they are now; the title becomes a mail subject, so
            it has one line.
        link: the page to open, a path on this server.
        uscc: the bank concerned; a person who acts for several banks sees the message only while acting for
            this one.
        about: bank and case number.
        due: the due date (local date) of what the recipient has to do.
        kind: what it is for.

    Returns:
        The number of people who got the message now.
    """
    return post_written(
        to=to,
        key=key,
        texts=in_both_languages(title, body),
        link=link,
        uscc=uscc,
        about=about,
        due=due,
        kind=kind,
    )


@transaction.atomic
def post_written(
    *,
    to: Iterable[User],
    key: str,
    texts: dict[str, str],
    link: str,
    uscc: str,
    about: str,
    due: dt.date | None,
    kind: MessageKind,
) -> int:
    """Post a message whose text is written already, as `in_both_languages` returns it; otherwise as `post`."""
    people = [person for person in to if person.is_active]
    choices = mailed_kinds(people)
    notified = 0
    for person in people:
        _row, created = Message.objects.get_or_create(
            recipient=person,
            key=key,
            defaults={
                **texts,
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


def in_both_languages(title: Words, body: Words) -> dict[str, str]:
    """Return title and body as stored: Chinese, and the same in English, by name of the field."""
    with override("zh-hans"):
        chinese = {"title": subject(str(title)), "body": str(body)}
    with override("en"):
        return {**chinese, "title_en": subject(str(title)), "body_en": str(body)}


@transaction.atomic
def post_to_address(*, address: str, key: str, title: str, body: str, once: str, uscc: str) -> Message:
    """Create a message to a person without an account; it is sent by e-mail.

    Args:
        address: the e-mail address.
        key, uscc: as in `post`.
        title, body: Chinese text; the mail is the only place where it is read.
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
    unsent = Message.objects.filter(mailed_at=None, by_mail=True)
    return unsent.exclude(recipient__email="").order_by("pk")


def due_messages() -> QuerySet[Message]:
    """Return messages that are to be mailed now; a growing pause follows each attempt, and none is given up."""
    return unsent_messages().filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=clock.now()))


def put_off(error: Exception) -> int:
    """Note an attempt on all messages that are due, because the mail server cannot be reached.

    Returns:
        The number of messages.
    """
    with transaction.atomic(durable=True):
        due = due_messages().order_by().values("pk")
        cases = [
            When(mail_attempts=attempts, then=Value(clock.now() + pause_after(attempts)))
            for attempts in range(len(PAUSES))
        ]
        return Message.objects.filter(pk__in=due).update(
            next_attempt_at=Case(*cases, default=Value(clock.now() + pause_after(len(PAUSES)))),
            mail_attempts=F("mail_attempts") + 1,
            mail_error=said(error),
        )


@transaction.atomic(durable=True)
def begin_attempt(message_id: int) -> Message | None:
    """Note an attempt before it is made, with the pause that follows it.

    Returns:
        The message; None if it was mailed, is tried by another process, or is to be tried later.
    """
    rows = due_messages().select_for_update(no_key=True, of=("self",)).select_related("recipient")
    row = rows.filter(pk=message_id).first()
    if row is None:
        return None
    row.next_attempt_at = clock.now() + pause_after(row.mail_attempts)
    row.mail_attempts, row.mail_error = row.mail_attempts + 1, NOT_FINISHED
    row.save(update_fields=["mail_attempts", "mail_error", "next_attempt_at"])
    return row


def deliver(message_id: int) -> bool:
    """Mail one message, outside of a transaction: nothing waits for the mail server.

    The attempt is noted first and its result afterwards. If the process is killed in between, the message may
    be mailed again. The text in `once` is deleted when it was sent.
    """
    row = begin_attempt(message_id)
    if row is None:
        return False
    same = Message.objects.filter(pk=row.pk, mailed_at=None)
    try:
        to = row.recipient.email if row.recipient else row.address
        send_mail(subject_of(row), text_of(row), settings.DEFAULT_FROM_EMAIL, [to])
    except Exception as error:
        same.update(mail_error=said(error))
        logger.warning("message %s could not be mailed: %s", row.pk, type(error).__name__)
        if isinstance(error, OSError):
            return False
        raise
    return bool(same.update(mailed_at=clock.now(), mail_error="", once="", next_attempt_at=None))


def said(error: Exception) -> str:
    """Return an error as stored on a message, its class first."""
    return f"{type(error).__name__}: {error}"[:200]
