"""Pieces that every page of the portal is put together from: rail, state tag, due-date chip."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from banks.scope import bank_of
from zsbank.accounts.permissions import Verb
from zsbank.calendar import clock
from zsbank.calendar.periods import Period

register = template.Library()

RAIL: tuple[tuple[str, str | Promise], ...] = (
    ("portal:home", _("Desk")),
    ("admission:list", _("Admission")),
    ("inspections:orders", _("Rectification")),
    ("inspections:assessments", _("Assessment")),
    ("banks:outlets", _("Outlets")),
    ("banks:letters", _("Letters")),
    ("banks:members", _("Members")),
)

SHAPES = {"done": "●", "wait": "◐", "you": "▲", "stop": "■", "late": "▲"}
TONES: dict[str, str] = {
    "done": "done",
    "qualified": "done",
    "approved": "done",
    "accepted": "done",
    "issued": "done",
    "final": "done",
    "draft": "wait",
    "started": "wait",
    "submitted": "wait",
    "under_review": "wait",
    "recommended": "wait",
    "reported": "wait",
    "awaiting_deadline": "wait",
    "under_rectification": "wait",
    "signed": "wait",
    "opened": "wait",
    "proposed": "wait",
    "open": "you",
    "attention": "you",
    "applicant": "you",
    "lapsed": "late",
    "refused": "late",
    "failed": "late",
}
TASK_LABELS: dict[str, str | Promise] = {
    "done": _("Done"),
    "attention": _("Needs a look"),
    "started": _("Begun"),
    "waiting": _("Not begun"),
}
IN_WORDS: dict[str, str | Promise] = {
    Verb.START_APPLICATION: _("Application started"),
    Verb.SUBMIT_APPLICATION: _("Application submitted"),
    Verb.ACCEPT_APPLICATION: _("Application accepted for review"),
    Verb.WITHDRAW_APPLICATION: _("Application withdrawn"),
    Verb.DECIDE: _("Decision made"),
}


@dataclass(frozen=True)
class RailEntry:
    """One word of the rail."""

    address: str
    label: str | Promise
    current: bool


@register.simple_tag
def rail(room: str = "") -> list[RailEntry]:
    """The rail's words; `room` is the one the page belongs to, such as `banks:outlets`."""
    return [RailEntry(reverse(name), label, name == room) for name, label in RAIL]


@register.simple_tag(takes_context=True)
def own_bank(context: Context) -> Any:
    """The bank whose page it is: the view's, or the one the person acts for."""
    return context.get("bank") or bank_of(context["request"].user)


@register.inclusion_tag("components/tag.html")
def state_tag(state: str, label: str) -> dict[str, str]:
    """A state as word and shape, never as colour alone."""
    tone = TONES.get(str(state), "stop")
    return {"tone": tone, "shape": SHAPES[tone], "label": label}


@register.inclusion_tag("components/due.html")
def due_chip(day: dt.date | None, period: dict[str, Any] | None = None, done: bool = False) -> dict[str, Any]:
    """A due date with the days that remain; opens the explanation of how it was reckoned.

    Args:
        day: the last day, included.
        period: the reckoning as the row keeps it.
        done: what was due is done; nothing remains and nothing is late.
    """
    return {"day": day, "left": days_left(day), "done": done, "explanation": explained(period)}


@register.filter
def days_left(day: dt.date | None) -> int | None:
    """Days from today to a due date; 0 on the day itself, negative when it has passed."""
    return (day - clock.today()).days if day else None


@register.filter
def minus(number: int | None) -> int:
    """The number with its sign turned, for days that have passed."""
    return -(number or 0)


@register.filter
def explained(period: dict[str, Any] | None) -> list[str]:
    """How a date was reckoned, one sentence a step, in the reader's language."""
    if not period:
        return []
    return Period.from_json(period).explain("en" if get_language() == "en" else "zh-hans")


@register.inclusion_tag("components/tag.html")
def task_tag(state: str) -> dict[str, Any]:
    """The state of one task of the task list."""
    return state_tag(state, str(TASK_LABELS.get(state, state)))


@register.filter
def in_words(verb: str) -> str | Promise:
    """A verb of the journal as a sentence."""
    return IN_WORDS.get(verb, verb)


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
