"""Text input is validated: no invisible characters, single lines, maximum lengths."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse

from admission.editions.facts import TEXT_LIMIT, FactField, clean_facts
from admission.editions.terms import FactKind
from banks.members.models import Invitation
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.notices.models import Message
from zsbank.base.texts import PlainForm


class TwoTexts(PlainForm):
    """A form with a single-line and a multi-line field."""

    name = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize("given", ["甲\nBcc: x@evil.example", "甲\r\n乙", "甲\r乙"])
def test_line_breaks_are_refused_in_single_lines(given: str) -> None:
    form = TwoTexts({"name": given, "text": given})
    assert list(form.errors) == ["name"]


@pytest.mark.parametrize("unseen", ["\u2028", "\u2029", "\u200b", "\u202e", "\x07"])
def test_invisible_characters_are_refused(unseen: str) -> None:
    form = TwoTexts({"name": f"甲{unseen}乙", "text": f"甲{unseen}乙"})
    assert sorted(form.errors) == ["name", "text"]


@pytest.mark.django_db
def test_name_with_line_break_is_not_invited(client: Client, administrator: User, bank: Bank) -> None:
    client.force_login(administrator)
    given = {"name": "新人\nBcc: x@evil.example", "email": "new@bank.example", "role": "bank_clerk"}
    assert "请写在一行内" in client.post(reverse("banks:members"), given).content.decode()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def every_form() -> Iterator[type[forms.Form]]:
    """Every form of the register; importing the URL configuration loads all views."""
    assert get_resolver().url_patterns
    waiting = [PlainForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__ != __name__:
            yield form


def test_every_text_field_has_a_maximum_length() -> None:
    forms_seen, endless = 0, []
    for form in every_form():
        forms_seen += 1
        endless += [
            f"{form.__name__}.{name}"
            for name, field in form.base_fields.items()
            if isinstance(field, forms.CharField) and not field.max_length
        ]
    assert endless == []
    assert forms_seen > 40


def test_every_number_field_has_a_minimum() -> None:
    bare = [
        f"{form.__name__}.{name}"
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.IntegerField) and field.min_value is None
    ]
    assert bare == []


def test_fact_is_one_line_with_maximum_length() -> None:
    field = FactField("organ", FactKind.TEXT, "机关", "Organ")
    for bad in ("甲\n乙", "甲" * (TEXT_LIMIT + 1)):
        facts, errors = clean_facts([field], {field.name: bad})
        assert list(errors) == [field.name]
        assert field.name not in facts
