"""Fields of all forms: what cannot be is told at the field, in words of ours."""

import datetime as dt
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils import translation

from zsbank.base.calendar import clock
from zsbank.base.cases.forms import DayField
from zsbank.base.texts import PlainEmailField, PlainForm

DJANGOS = ("有效的选项", "确保该变量", "确保该值")
KEPT_IN_DRAFTS = {"AnswerForm", "DatesForm", "CommitmentForm", "JournalFilterForm"}
"""Their dates are judged by rules of their own: hints in a draft, reasons at submission; filters find nothing."""


def forms_of(kind: type[PlainForm] = PlainForm) -> Iterator[type[PlainForm]]:
    """Yield all forms of the program."""
    for one in kind.__subclasses__():
        yield one
        yield from forms_of(one)


def all_forms() -> list[type[PlainForm]]:
    """Return all forms, after reading every module that can hold one."""
    for app in ("admission", "banks", "exit", "inspections", "zsbank"):
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*form*.py")):
            if "tests" not in path.parts:
                importlib.import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    return sorted({form for form in forms_of() if ".tests." not in form.__module__}, key=str)


FORMS = all_forms()
FIELDS = [(form, name, field) for form in FORMS for name, field in form.base_fields.items()]
DAYS = [(form, name, field) for form, name, field in FIELDS if isinstance(field, DayField)]


def said(form: type[PlainForm], name: str, value: str) -> list[str]:
    """Return the errors of one field of a form, in Chinese."""
    lone = type("Lone", (PlainForm,), {name: form.base_fields[name]})
    with translation.override("zh-hans"):
        return [str(error) for error in lone({name: value}).errors.get(name, [])]


def test_fields_are_found() -> None:
    assert len(FORMS) > 40
    assert len(DAYS) > 8


def test_every_date_of_an_action_is_asked_about_at_its_field() -> None:
    plain = [
        f"{form.__name__}.{name}"
        for form, name, field in FIELDS
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
        if form.__name__ not in KEPT_IN_DRAFTS
    ]
    assert plain == []


@pytest.mark.parametrize(("form", "name", "field"), DAYS)
def test_impossible_day_is_told_at_its_field(form: type[PlainForm], name: str, field: DayField) -> None:
    assert said(form, name, "1901-01-01")
    assert said(form, name, "2926-01-01")
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert bool(said(form, name, tomorrow.isoformat())) is field.past
    assert said(form, name, clock.today().isoformat()) == []


@pytest.mark.parametrize(("form", "name", "field"), FIELDS)
def test_no_field_speaks_in_words_of_django(form: type[PlainForm], name: str, field: forms.Field) -> None:
    wrong = ["石岐", "-1", "9" * 9999]
    if isinstance(field, forms.ModelChoiceField) and field.queryset is None:
        return
    for value in wrong if not isinstance(field, forms.ModelChoiceField) else []:
        assert not any(words in error for error in said(form, name, value) for words in DJANGOS), value


def test_every_email_takes_full_width() -> None:
    emails = [(form, name) for form, name, field in FIELDS if isinstance(field, forms.EmailField)]
    assert emails
    for form, name in emails:
        assert isinstance(form.base_fields[name], PlainEmailField), form
        lone = type("Lone", (PlainForm,), {name: form.base_fields[name]})(
            {name: "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｎ"}
        )
        assert lone.is_valid()
        assert lone.cleaned_data[name] == "zhang@example.cn"
        assert "name@example.cn" in " ".join(said(form, name, "张三"))
