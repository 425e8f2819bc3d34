"""Pieces that only the portal has: its rail, the bank a person acts for, the state of a task."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banks.register.access import bank_of, own_banks
from banks.register.models import Bank
from zsbank.base.accounts.identity import service
from zsbank.base.pages.templatetags.look import state_tag
from zsbank.environment import IdentityService

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

TASK_LABELS: dict[str, str | Promise] = {
    "done": _("Done"),
    "attention": _("Needs a look"),
    "started": _("Begun"),
    "waiting": _("Not begun"),
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
    return context.get("bank") or bank_of(context["request"])


@register.simple_tag(takes_context=True)
def other_banks(context: Context, bank: Bank | None) -> list[Bank]:
    """The other banks the person acts for, to change to."""
    return [own for own in own_banks(context["request"]) if own != bank]


@register.inclusion_tag("components/tag.html")
def task_tag(state: str) -> dict[str, Any]:
    """The state of one task of the task list."""
    return state_tag(state, str(TASK_LABELS.get(state, state)))


@register.simple_tag
def identity_service() -> IdentityService | None:
    """The city's identity service, where one is set."""
    return service()


@register.filter
def in_fours(key: str) -> str:
    """A key that somebody types from the screen, four characters at a time."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))
