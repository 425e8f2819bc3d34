"""Pieces that every page of portal and desk is put together from: state tag, due-date chip, the record's sentences."""

import datetime as dt
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.db.models import Model
from django.template.context import Context
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.cases.registry import letter_label
from zsbank.base.journal.models import Entry
from zsbank.base.pages import words
from zsbank.base.pages.contacts import shown_to
from zsbank.base.pages.states import shown_state

register = template.Library()


@register.inclusion_tag("components/tag.html", takes_context=True)
def case_state(context: Context, row: Model) -> dict[str, str]:
    """The state of a case as its kind declares it, seen from the reader's side."""
    return shown_state(row, staff=context["request"].user.is_staff)


@register.inclusion_tag("components/due.html")
def due_chip(day: dt.date | None, period: dict[str, Any] | None = None, done: bool = False) -> dict[str, Any]:
    """A due date with the days that remain; opens the explanation of how it was calculated.

    Args:
        day: the last day, included.
        period: the calculation as the row keeps it.
        done: what was due is done; nothing remains and nothing is late.
    """
    return {"day": day, "left": days_left(day), "done": done, "explanation": explained(period)}


@register.filter
def days_left(day: dt.date | None) -> int | None:
    """Days from today to a due date; 0 on the day itself, negative when it has passed."""
    return (day - clock.today()).days if day else None


@register.filter
def overdue(day: dt.date | None) -> bool:
    """Whether a due date has passed."""
    return day is not None and day < clock.today()


@register.filter
def minus(number: int | None) -> int:
    """The number with its sign turned, for days that have passed."""
    return -(number or 0)


@register.filter
def explained(period: dict[str, Any] | None) -> list[str]:
    """How a date was calculated, one sentence a step, in the reader's language."""
    if not period:
        return []
    return Period.from_json(period).explain("en" if get_language() == "en" else "zh-hans")


@register.filter
def sentence(entry: Entry) -> str:
    """Who did what."""
    return words.sentence(entry)


@register.filter
def moved(entry: Entry) -> str:
    """From which state to which an entry moved its subject; empty when nothing moved."""
    if not entry.to_state:
        return ""
    before, after = (words.state_in_words(entry.subject_type, s) for s in (entry.from_state, entry.to_state))
    return f"{before} → {after}" if before else after


@register.filter
def particulars(entry: Entry) -> str:
    """The criterion, file or letter that an entry names."""
    return words.particulars(entry)


@register.filter
def contact(text: str, reader: User | AnonymousUser) -> str:
    """A phone or e-mail, masked unless the officer who reads it needs it."""
    return shown_to(reader, text)


@register.filter
def letter_kind(code: str) -> str:
    """The word for a kind of letter."""
    return letter_label(code)


@register.filter
def kind(entry: Entry) -> str:
    """What kind of thing an entry is about."""
    return words.kind_in_words(entry.subject_type)


@register.filter
def in_language(row: object, name: str) -> str:
    """A text that a row holds in both languages, such as `title` of a criterion, in the reader's."""
    return str(getattr(row, f"{name}_{'en' if get_language() == 'en' else 'zh'}"))


@register.filter
def yesno_or_text(value: object) -> object:
    """A fact to read: yes or no, the text, or a dash where nothing was given."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value or "—"


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers of the pages to go to from one: the first, those around it, the last; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
