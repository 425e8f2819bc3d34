"""Template tags of portal and desk: state tags, due dates, journal sentences."""

import datetime as dt
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.db.models import Model
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock, wording
from zsbank.base.calendar.current import current_calendar
from zsbank.base.calendar.periods import Period
from zsbank.base.cases.dates import is_provisional
from zsbank.base.cases.now import Now
from zsbank.base.cases.registry import letter_label
from zsbank.base.journal.models import Entry
from zsbank.base.office import Office
from zsbank.base.office import office as the_office
from zsbank.base.pages import words
from zsbank.base.pages.contacts import officer_for, shown_to
from zsbank.base.pages.related import BankLink, related_for_bank
from zsbank.base.pages.states import shown_state

register = template.Library()


@register.inclusion_tag("components/tag.html", takes_context=True)
def case_state(context: Context, row: Model) -> dict[str, str]:
    """Show the state of a case from the reader's side."""
    return shown_state(row, staff=context["request"].user.is_staff)


@register.inclusion_tag("components/due.html")
def due_chip(day: dt.date | None, period: dict[str, Any] | None = None, done: bool = False) -> dict[str, Any]:
    """Show a due date with the remaining days and the explanation of its calculation.

    Args:
        day: the due date (local date), included.
        period: the stored calculation.
        done: whether what was due is done; then nothing is overdue.
    """
    return {"day": day, "left": days_left(day), "done": done, "explanation": explained(period)}


@register.inclusion_tag("components/until.html")
def until(now: Now | None) -> dict[str, Any]:
    """Let a page with a form say by itself that its due date has passed, when it is open across midnight.

    Shows nothing for a date that does not end by itself: none, or a provisional one.

    Args:
        now: who has the case, as shown above the form.
    """
    if now is None or now.due is None or not now.late or is_provisional(now.period):
        return {"late": ""}
    return {"late": now.late, "ends": _milliseconds(clock.end_of(now.due)), "now": _milliseconds(clock.now())}


def _milliseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)


@register.simple_tag
def today_in_words() -> str:
    """Return today's date and whether it is a working day."""
    today = clock.today()
    kind = _("working day") if current_calendar().is_working_day(today) else _("rest day")
    return f"{date_format(today, 'Y-m-d l')} · {kind}"


@register.filter
def days_left(day: dt.date | None) -> int | None:
    """Return the calendar days from today to a due date; negative when overdue."""
    return (day - clock.today()).days if day else None


@register.filter
def overdue(day: dt.date | None) -> bool:
    """Return whether a due date has passed."""
    return day is not None and day < clock.today()


@register.filter
def by_day(day: dt.date) -> str:
    """Return a due date in words."""
    return wording.by_day(day)


@register.filter
def through(day: dt.date) -> str:
    """Return the last day of a period in words."""
    return wording.through(day)


@register.filter
def in_words(day: dt.date) -> str:
    """Return a date in words."""
    return wording.in_words(day)


@register.filter
def minus(number: int | None) -> int:
    """Return the negated number, for overdue days."""
    return -(number or 0)


@register.filter
def explained(period: dict[str, Any] | None) -> list[str]:
    """Return the explanation of a calculated date in the reader's language, one sentence per step."""
    if not period:
        return []
    return Period.from_json(period).explain("en" if get_language() == "en" else "zh-hans")


@register.filter
def sentence(entry: Entry) -> str:
    """Return who did what."""
    return words.sentence(entry)


@register.filter
def moved(entry: Entry) -> str:
    """Return the transition of an entry; empty if there was none."""
    if not entry.to_state:
        return ""
    before, after = (words.state_in_words(entry.subject_type, s) for s in (entry.from_state, entry.to_state))
    return f"{before} → {after}" if before else after


@register.filter
def particulars(entry: Entry) -> str:
    """Return the criterion, file or letter named in an entry."""
    return words.particulars(entry)


@register.filter
def contact(text: str, reader: User | AnonymousUser) -> str:
    """Return a phone or e-mail address, masked unless the reader may see it."""
    return shown_to(reader, text)


@register.inclusion_tag("components/officer.html")
def case_officer(case: Model) -> dict[str, Any]:
    """Show a bank whom to ask about a case: the officer who handles it, otherwise the office."""
    return {"officer": officer_for(case), "office": the_office()}


@register.inclusion_tag("components/related.html", takes_context=True)
def related_rows(context: Context, row: Model) -> dict[str, Any]:
    """Show a bank links to what belongs to one of its rows: notice, case, order, and what followed."""
    links: list[BankLink] = related_for_bank(row)
    return {"links": links, "request": context["request"]}


@register.simple_tag
def office() -> Office:
    """Return the office that people can ask."""
    return the_office()


@register.simple_tag
def named(label: str) -> str:
    """Return the translated label of a button or link of the program, for pages of help.

    A test demands that the label is used elsewhere in the program.
    """
    return _(label)


@register.inclusion_tag("components/picture.html")
def picture(name: str, words: str) -> dict[str, str]:
    """Show a picture of `docs/pictures` with its caption."""
    return {"path": f"pictures/{name}.png", "words": words}


@register.filter
def letter_kind(code: str) -> str:
    """Return the label of a kind of letter."""
    return letter_label(code)


@register.filter
def kind(entry: Entry) -> str:
    """Return the kind of an entry's subject."""
    return words.kind_in_words(entry.subject_type)


@register.filter
def in_language(row: object, name: str) -> str:
    """Return a bilingual field, such as `title` of a criterion, in the reader's language."""
    return str(getattr(row, f"{name}_{'en' if get_language() == 'en' else 'zh'}"))


@register.filter
def yesno_or_text(value: object) -> object:
    """Return yes or no for a boolean, other values unchanged, a dash if empty."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value or "—"


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers of the pages to go to from one: the first, those around it, the last; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
