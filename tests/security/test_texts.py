"""Text input is validated: no invisible characters, single lines, maximum lengths."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from admission.editions.facts import TEXT_LIMIT, FactField, clean_facts
from admission.editions.terms import FactKind
from banks.members.models import Invitation
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.notices.models import Message
from zsbank.base.texts import PlainForm, TypedDateField, TypedDecimalField, TypedNumberField


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


def test_words_say_where_an_invisible_character_stands() -> None:
    form = TwoTexts({"name": "甲", "text": "第一行。\n第二行写到这里\u200b再继续。"})
    assert "“第二行写到这里”" in form.errors["text"][0]
    assert "开头" in TwoTexts({"name": "\ufeff甲", "text": "乙"}).errors["name"][0]


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


def test_every_number_and_date_field_reads_full_width_characters() -> None:
    typed = (TypedDateField, TypedNumberField, TypedDecimalField)
    bare = [
        f"{form.__name__}.{name}"
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.IntegerField) and not isinstance(field, typed)
    ]
    assert bare == []


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026-1-5",
        "2026/1/5",
        "2026.01.05",
        "20260105",
        "２０２６－０１－０５",
        "２０２６年１月５日",
        " 2026年1月5日 ",
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_date_is_read_as_people_type_it(text: str, language: str) -> None:
    with translation.override(language):
        assert TypedDateField().clean(text) == dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "05/01/2026", "1/5/26", "2026-13-01", "2026-1/5", "0000-00-00", "明天"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_no_date_is_named(text: str, language: str) -> None:
    with translation.override(language), pytest.raises(forms.ValidationError) as refused:
        TypedDateField().clean(text)
    assert text in refused.value.messages[0]


def test_full_width_numbers_are_read() -> None:
    assert TypedNumberField().clean("１２") == 12
    assert TypedDecimalField().clean("８８．５") == Decimal("88.5")
    assert TypedDecimalField().clean("８８。５") == Decimal("88.5")
    for bad in ("一", "1,000", "1e"):
        with pytest.raises(forms.ValidationError) as refused:
            TypedDecimalField().clean(bad)
        assert "88.5" in refused.value.messages[0]


def test_fact_in_words_keeps_its_chinese_punctuation() -> None:
    fields = [
        FactField("organ", FactKind.TEXT, "机关", "Organ"),
        FactField("day", FactKind.DATE, "日期", "Day"),
    ]
    facts, _errors = clean_facts(fields, {"organ": "中山分局（原Ａ１），甲", "day": "２０２６年１月５日"})
    assert facts == {"organ": "中山分局（原A1），甲", "day": "2026-01-05"}


def test_fact_is_one_line_with_maximum_length() -> None:
    field = FactField("organ", FactKind.TEXT, "机关", "Organ")
    for bad in ("甲\n乙", "甲" * (TEXT_LIMIT + 1)):
        facts, errors = clean_facts([field], {field.name: bad})
        assert list(errors) == [field.name]
        assert field.name not in facts
