"""Messages are read or unread for each person, and mailed as the person chose."""

import datetime as dt

import pytest

from zsbank.base.accounts.models import User
from zsbank.base.notices import actions
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import messages_of, unread_count, unread_in_short
from zsbank.base.notices.terms import ALWAYS_MAILED, MAILED_BY_DEFAULT, MessageKind

pytestmark = pytest.mark.django_db


def post(*people: User, key: str, kind: MessageKind = MessageKind.RESULT, uscc: str = "A") -> None:
    """Post a message."""
    actions.post(to=people, key=key, title="标题", body="正文。", uscc=uscc, kind=kind)


def test_message_is_read_by_one_person_only(clerk: User, administrator: User) -> None:
    post(clerk, administrator, key="a")
    row = messages_of(clerk, ["A"]).get()
    actions.mark_read(message=row)
    actions.mark_read(message=row)
    assert (unread_count(clerk, ["A"]), unread_count(administrator, ["A"])) == (0, 1)


def test_first_reading_is_kept(clerk: User) -> None:
    post(clerk, key="a")
    row = messages_of(clerk, ["A"]).get()
    actions.mark_read(message=row)
    row.refresh_from_db()
    first = row.read_at
    actions.mark_read(message=row)
    row.refresh_from_db()
    assert row.read_at == first


def test_later_message_stays_unread(clerk: User) -> None:
    post(clerk, key="a")
    newest = messages_of(clerk, ["A"]).get().pk
    post(clerk, key="b")
    assert actions.mark_all_read(messages=messages_of(clerk, ["A"]), newest=newest) == 1
    assert messages_of(clerk, ["A"]).get(read_at=None).key == "b"


def test_messages_of_another_bank_are_hidden(clerk: User) -> None:
    post(clerk, key="a", uscc="A")
    post(clerk, key="b", uscc="B")
    post(clerk, key="c", uscc="")
    assert [row.key for row in messages_of(clerk, ["A"])] == ["c", "a"]
    assert (unread_count(clerk, ["A"]), unread_count(clerk, None)) == (2, 3)
    actions.mark_all_read(messages=messages_of(clerk, ["A"]), newest=10**9)
    assert unread_count(clerk, ["B"]) == 1


def test_large_unread_count_is_abbreviated(clerk: User) -> None:
    assert unread_in_short(clerk, None) == ""
    rows = [Message(recipient=clerk, key=str(n), title="甲", body="乙", at=NOW) for n in range(120)]
    Message.objects.bulk_create(rows)
    assert unread_in_short(clerk, None) == "99+"


NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("kind", MessageKind)
def test_default_mails_all_but_other_progress(clerk: User, kind: MessageKind) -> None:
    post(clerk, key="a", kind=kind)
    assert actions.unsent_messages().exists() == (kind in MAILED_BY_DEFAULT)


@pytest.mark.parametrize("kind", MessageKind)
def test_choice_of_mails_is_personal_and_keeps_tasks(
    clerk: User, administrator: User, kind: MessageKind
) -> None:
    actions.choose_mails(person=clerk, kinds=frozenset())
    actions.choose_mails(person=administrator, kinds=frozenset(MessageKind))
    post(clerk, administrator, key="a", kind=kind)
    mailed = {row.recipient for row in actions.unsent_messages()}
    assert mailed == ({clerk, administrator} if kind in ALWAYS_MAILED else {administrator})
    assert Message.objects.count() == 2


def test_unmailed_message_is_not_delivered(clerk: User) -> None:
    post(clerk, key="a", kind=MessageKind.NEWS)
    row = Message.objects.get()
    assert not actions.deliver(row.pk)
