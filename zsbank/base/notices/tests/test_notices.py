"""Messages: posted once, mailed once; none is lost while the mail server is unavailable."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, override

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.notices import actions
from zsbank.base.notices.mails import text_of
from zsbank.base.notices.models import Message
from zsbank.base.notices.sweep import STEPS

pytestmark = pytest.mark.django_db


def post(*people: User, key: str = "order:1:opened") -> int:
    """Post a message; return the number of people who got it."""
    return actions.post(
        to=people, key=key, title="收到整改通知", body="请按期整改。", link="/rectification/1/"
    )


def test_message_is_posted_once(clerk: User, administrator: User) -> None:
    assert [post(clerk, administrator), post(clerk, administrator)] == [2, 0]
    assert Message.objects.count() == 2


def test_message_is_stored_in_both_languages_and_read_in_the_readers(clerk: User) -> None:
    body = format_lazy(
        "{what}: {day}", what=gettext_lazy("Submitted"), day=later_in_words(dt.date(2026, 1, 5))
    )
    with override("en"):
        actions.post(to=[clerk], key="a", title=gettext_lazy("Messages"), body=body)
    row = Message.objects.get()
    assert (row.title, row.body) == ("消息", "已提交: 2026年1月5日")
    assert (row.heading, row.text) == (row.title, row.body)
    with override("en"):
        assert (row.heading, row.text) == ("Messages", "Submitted: 5 January 2026")
    assert text_of(row).startswith(f"{clerk}：\n\n已提交: 2026年1月5日")


def test_message_from_before_there_was_english_stays_chinese(clerk: User) -> None:
    row = Message(title="标题", body="正文")
    with override("en"):
        assert (row.heading, row.text) == ("标题", "正文")


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


def away(*_args: object) -> int:
    """Fail like a mail server that does not answer."""
    raise ConnectionRefusedError("mail server away")


def test_message_waits_while_mail_server_is_unavailable(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that a server away for a week loses nothing, and that pauses grow to an hour."""
    post(clerk)
    row, tried = actions.unsent_messages().get(), []
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        start = clock.now()
        for minute in range(7 * 24 * 60):
            with clock.playing(start + dt.timedelta(minutes=minute)):
                if actions.due_messages().exists():
                    tried.append(minute)
                    assert actions.deliver(row.pk) is False
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert (pauses[:6], set(pauses[6:])) == ([1, 2, 5, 15, 30, 60], {60})
    row.refresh_from_db()
    assert (row.mail_attempts, row.mail_error) == (len(tried), "ConnectionRefusedError: mail server away")
    assert len(tried) > 50
    with clock.playing(start + dt.timedelta(days=7, hours=1)):
        assert actions.deliver(row.pk)
    assert len(mail.outbox) == 1


def test_attempt_is_noted_before_it_is_made(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that a killed process leaves its attempt, with a pause after it."""
    post(clerk)
    row = actions.unsent_messages().get()

    def killed(*_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailBackend, "send_messages", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.deliver(row.pk)
    row.refresh_from_db()
    assert (row.mail_attempts, row.mail_error, row.mailed_at) == (1, actions.NOT_FINISHED, None)
    assert not actions.due_messages().exists()
    assert actions.unsent_messages().exists()


def test_unreachable_server_is_asked_once_and_all_wait(
    clerk: User, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(clerk, administrator)
    asked: list[object] = []

    def closed(self: object) -> None:
        asked.append(self)
        away()

    monkeypatch.setattr(EmailBackend, "open", closed)
    [step] = STEPS
    with pytest.raises(ConnectionRefusedError):
        step.due(clock.today())
    assert len(asked) == 1
    assert list(step.due(clock.today())) == []
    waiting = actions.unsent_messages().values_list("mail_attempts", "mail_error")
    assert list(waiting) == [(1, "ConnectionRefusedError: mail server away")] * 2


@pytest.mark.django_db(transaction=True)
def test_nothing_waits_for_the_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []

    def sends(*_args: object) -> int:
        inside.append(connection.in_atomic_block)
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", sends)
    assert actions.deliver(post_to_address().pk)
    assert inside == [False]


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
