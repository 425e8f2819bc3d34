"""Messages: said once, mailed once, from their rows; a mail server that is away loses none."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from zsbank.accounts.models import User
from zsbank.notices import actions
from zsbank.notices.models import Message

pytestmark = pytest.mark.django_db


def said(*people: User, key: str = "order:1:opened") -> int:
    """How many were told."""
    return actions.post(
        to=people, key=key, title="收到整改通知", body="请按期整改。", link="/rectification/1/"
    )


def test_the_same_thing_is_said_once(clerk: User, administrator: User) -> None:
    assert [said(clerk, administrator), said(clerk, administrator)] == [2, 0]
    assert Message.objects.count() == 2


def test_who_left_is_not_told(clerk: User) -> None:
    clerk.is_active = False
    assert said(clerk) == 0


def test_nothing_is_mailed_before_its_row_is_delivered(clerk: User) -> None:
    said(clerk)
    assert mail.outbox == []
    row = actions.waiting().get()
    assert [actions.deliver(row.pk), actions.deliver(row.pk)] == [True, False]
    assert [(message.to, message.subject) for message in mail.outbox] == [([clerk.email], "收到整改通知")]
    assert not actions.waiting().exists()


def test_a_mail_server_that_is_away_keeps_the_message_waiting(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(clerk)
    row = actions.waiting().get()

    def away(*_args: object) -> int:
        raise ConnectionRefusedError("mail server away")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        assert [actions.deliver(row.pk) for _ in range(3)] == [False] * 3
    row.refresh_from_db()
    assert (row.mail_attempts, row.mail_error) == (3, "mail server away")
    assert actions.deliver(row.pk)
    assert len(mail.outbox) == 1


def test_only_the_recipient_reads_a_message_and_the_first_time_counts(clerk: User, stranger: User) -> None:
    said(clerk)
    row = Message.objects.get()
    first = actions.mark_read(message=row, by=clerk).read_at
    assert first is not None
    assert actions.mark_read(message=row, by=clerk).read_at == first
    with pytest.raises(Message.DoesNotExist):
        actions.mark_read(message=row, by=stranger)
