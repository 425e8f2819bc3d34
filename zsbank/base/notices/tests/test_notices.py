"""Messages: said once, mailed once, from their rows; a mail server that is away loses none."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices import actions
from zsbank.base.notices.models import Message

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


LINK = "http://127.0.0.1:8000/bank/invitation/secret/"


def said_to_an_address(key: str = "invitation:1:a") -> Message:
    """A message with a link to somebody without an account."""
    return actions.post_to_address(
        address="new@bank.example", key=key, title="邀请", body="请打开链接：", once=LINK, uscc=""
    )


def test_what_is_carried_once_goes_out_and_stays_nowhere(clerk: User) -> None:
    row = said_to_an_address()
    said(clerk)
    assert actions.waiting().count() == 2
    assert actions.deliver(row.pk)
    assert mail.outbox[0].to == ["new@bank.example"]
    assert LINK in str(mail.outbox[0].body)
    row.refresh_from_db()
    assert (row.body, row.once) == ("请打开链接：", "")
    assert LINK not in str(list(Message.objects.values()))


def test_a_link_that_was_sent_cannot_be_kept() -> None:
    row = said_to_an_address()
    with pytest.raises(IntegrityError):
        Message.objects.filter(pk=row.pk).update(mailed_at=clock.now())


@pytest.mark.parametrize("both", [True, False])
def test_a_message_goes_to_a_person_or_to_an_address(clerk: User, both: bool) -> None:
    given = {"recipient": clerk, "address": "new@bank.example"} if both else {}
    with pytest.raises(IntegrityError):
        Message.objects.create(key="a", title="甲", body="乙", at=clock.now(), **given)


def test_an_address_is_not_told_the_same_twice() -> None:
    said_to_an_address()
    with pytest.raises(IntegrityError):
        said_to_an_address()


def test_what_was_not_mailed_yet_is_taken_back(clerk: User) -> None:
    said_to_an_address("invitation:1:a")
    said_to_an_address("invitation:12:a")
    sent = said_to_an_address("invitation:1:b")
    actions.deliver(sent.pk)
    assert actions.take_back(address="new@bank.example", keys_from="invitation:1:") == 1
    assert set(Message.objects.values_list("key", flat=True)) == {"invitation:12:a", "invitation:1:b"}


def test_a_line_break_in_a_name_makes_no_header_of_its_own(clerk: User) -> None:
    actions.post(to=[clerk], key="exit:1", title="退出：甲\r\nBcc: other@evil.example", body="正文。")
    [row] = actions.waiting()
    assert actions.deliver(row.pk)
    [sent] = mail.outbox
    assert sent.subject == "退出：甲 Bcc: other@evil.example"
    assert (sent.to, sent.cc, sent.bcc) == ([clerk.email], [], [])
    assert not [line for line in sent.message().as_string().splitlines() if line.startswith("Bcc:")]
