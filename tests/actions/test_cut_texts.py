"""Texts that nobody typed are cut to what is kept of them, to the character, and no shorter."""

from typing import Any

import pytest
from django.db.models import Model

from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.actions import record
from zsbank.base.journal.models import Entry
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.pages.actions import export_list
from zsbank.base.permissions import Verb

pytestmark = pytest.mark.django_db


def too_long_by_one(length: int) -> tuple[str, str]:
    """Return a text with one character too many, and what is kept of it: its last character is another one."""
    kept = "示" * (length - 1) + "例"
    return f"{kept}多", kept


def room_in(model: type[Model], *names: str) -> list[int]:
    """Return how many characters columns hold."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [field.max_length for field in fields]


def test_title_and_subject_of_a_message(clerk: User) -> None:
    title, kept_title = too_long_by_one(200)
    about, kept_about = too_long_by_one(120)
    notices.post(to=[clerk], key="long", title=title, body="", link="", about=about, kind=MessageKind.NEWS)
    message = Message.objects.get()
    assert (message.title, message.title_en, message.about) == (kept_title, kept_title, kept_about)
    assert room_in(Message, "title", "about") == [len(kept_title), len(kept_about)]


def test_error_of_a_mail() -> None:
    text, kept = too_long_by_one(200 - len("ValueError: "))
    assert notices.said(ValueError(text)) == f"ValueError: {kept}"


def test_name_of_the_subject_of_an_entry(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    text, kept = too_long_by_one(200)
    monkeypatch.setattr(Bank, "__str__", lambda bank: text)
    record(verb=Verb.SAVE_OUTLET, by=None, subject=bank)
    assert Entry.objects.get(verb=Verb.SAVE_OUTLET).subject_label == kept
    assert room_in(Entry, "subject_label") == [len(kept)]


def test_filters_of_an_exported_list(people: object) -> None:
    by = User.objects.get(username="inspector")
    text, kept = too_long_by_one(500)
    export_list(reader=by, kind="exit.exitcase", rows=1, query=text, filters=(), file_format="csv", by=by)
    assert Entry.objects.get(verb=Verb.EXPORT_LIST).data["query"] == kept
