"""Messages: posted once, mailed once; none is lost while the mail server is unavailable."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices import actions
from zsbank.base.notices.models import Message

pytestmark = pytest.mark.django_db


def post(*people: User, key: str = "order:1:opened") -> int:
    """Post a message; return the number of people who got it."""
    return actions.post(
        to=people, key=key, title="收到整改通知", body="请按期整改。", link="/rectification/1/"
    )


def test_message_is_posted_once(clerk: User, administrator: User) -> None:
    assert [post(clerk, administrator), post(clerk, administrator)] == [2, 0]
    assert Message.objects.count() == 2


def test_inactive_person_gets_no_message(clerk: User) -> None:
    clerk.is_active = False
    assert post(clerk) == 0


def test_message_is_mailed_on_delivery_only(clerk: User) -> None:
    post(clerk)
    assert mail.outbox == []
    row = actions.unsent_messages().get()
    assert [actions.deliver(row.pk), actions.deliver(row.pk)] == [True, False]
    assert [(message.to, message.subject) for message in mail.outbox] == [([clerk.email], "收到整改通知")]
    assert not actions.unsent_messages().exists()


def test_message_waits_while_mail_server_is_unavailable(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    post(clerk)
    row = actions.unsent_messages().get()

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


def post_to_address(key: str = "invitation:1:a") -> Message:
    """Post a message with a link to a person without an account."""
    return actions.post_to_address(
        address="new@bank.example", key=key, title="邀请", body="请打开链接：", once=LINK, uscc=""
    )


def test_link_is_mailed_and_then_deleted(clerk: User) -> None:
    row = post_to_address()
    post(clerk)
    assert actions.unsent_messages().count() == 2
    assert actions.deliver(row.pk)
    assert mail.outbox[0].to == ["new@bank.example"]
    assert LINK in str(mail.outbox[0].body)
    row.refresh_from_db()
    assert (row.body, row.once) == ("请打开链接：", "")
    assert LINK not in str(list(Message.objects.values()))


def test_database_refuses_to_keep_sent_link() -> None:
    row = post_to_address()
    with pytest.raises(IntegrityError):
        Message.objects.filter(pk=row.pk).update(mailed_at=clock.now())


@pytest.mark.parametrize("both", [True, False])
def test_message_has_either_person_or_address(clerk: User, both: bool) -> None:
    given = {"recipient": clerk, "address": "new@bank.example"} if both else {}
    with pytest.raises(IntegrityError):
        Message.objects.create(key="a", title="甲", body="乙", at=clock.now(), **given)


def test_message_to_address_is_unique() -> None:
    post_to_address()
    with pytest.raises(IntegrityError):
        post_to_address()


def test_unsent_messages_are_deleted(clerk: User) -> None:
    post_to_address("invitation:1:a")
    post_to_address("invitation:12:a")
    sent = post_to_address("invitation:1:b")
    actions.deliver(sent.pk)
    assert actions.delete_unsent(address="new@bank.example", keys_from="invitation:1:") == 1
    assert set(Message.objects.values_list("key", flat=True)) == {"invitation:12:a", "invitation:1:b"}


def test_line_break_in_title_adds_no_header(clerk: User) -> None:
    actions.post(to=[clerk], key="exit:1", title="退出：甲\r\nBcc: other@evil.example", body="正文。")
    [row] = actions.unsent_messages()
    assert actions.deliver(row.pk)
    [sent] = mail.outbox
    assert sent.subject == "退出：甲 Bcc: other@evil.example"
    assert (sent.to, sent.cc, sent.bcc) == ([clerk.email], [], [])
    assert not [line for line in sent.message().as_string().splitlines() if line.startswith("Bcc:")]
