"""Template tags of the portal: menu, current bank, state of a task."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banks.register.access import bank_of, own_banks
from banks.register.models import Bank
from zsbank.base.accounts.devices import device_in_words
from zsbank.base.accounts.identity import configured_service
from zsbank.base.cases.pages import MenuEntry
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import SHAPES, Text, Tone
from zsbank.base.cases.urls import base_of
from zsbank.base.notices.queries import unread_in_short
from zsbank.environment import IdentityService

register = template.Library()

HOME = MenuEntry("portal:home", _("Desk"))
MESSAGES = MenuEntry("messages:messages", _("Messages"), place=5)
SEARCH = MenuEntry("portal:search", _("Search"), place=10)
LETTERS = MenuEntry("banks:letters", _("Letters"), place=60)

TASKS: dict[str, tuple[Tone, Text]] = {
    "done": (Tone.DONE, _("Done")),
    "attention": (Tone.YOU, _("Needs attention")),
    "started": (Tone.WAIT, _("In progress")),
    "waiting": (Tone.NONE, _("Not started")),
}
"""The states of tasks in the task list."""


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu, as shown."""

    address: str
    label: str | Promise
    current: bool
    unread: str = ""


@register.simple_tag(takes_context=True)
def menu(context: Context, bank: Bank, room: str = "") -> list[MenuItem]:
    """Return the entries of the menu.

    Args:
        bank: the bank the person acts for.
        room: the URL name of the current entry, such as `banks:outlets`.
    """
    entries = sorted((HOME, MESSAGES, SEARCH, LETTERS, *_declared()), key=lambda entry: entry.place)
    unread = unread_in_short(context["request"].user, bank.codes)
    return [
        MenuItem(reverse(entry.url), entry.label, entry.url == room, unread if entry is MESSAGES else "")
        for entry in entries
    ]


def _declared() -> Iterator[MenuEntry]:
    """Yield the entries declared by all cases."""
    for case in cases():
        yield from case.menu
        if case.portal is not None:
            url = f"portal:{base_of(case.model)}_list"
            yield MenuEntry(url, case.portal.label, case.portal.place)


@register.simple_tag(takes_context=True)
def own_bank(context: Context) -> Any:
    """Return the bank of the page: that of the view, or the one the person acts for."""
    return context.get("bank") or bank_of(context["request"])


@register.simple_tag(takes_context=True)
def acting_bank(context: Context) -> Bank | None:
    """The bank the person acts for; None for officers."""
    return bank_of(context["request"])


@register.simple_tag
def sign_in_seconds() -> int:
    """How many seconds a sign-in lasts while nothing is asked."""
    return int(settings.SESSION_IDLE_SECONDS)


@register.simple_tag(takes_context=True)
def other_banks(context: Context, bank: Bank | None) -> list[Bank]:
    """Return the other banks that the person can switch to."""
    return [own for own in own_banks(context["request"]) if own != bank]


@register.inclusion_tag("components/tag.html")
def task_tag(state: str) -> dict[str, Any]:
    """Show the state of a task."""
    tone, label = TASKS[state]
    return {"tone": tone.value, "shape": SHAPES[tone], "label": label}


@register.simple_tag
def identity_service() -> IdentityService | None:
    """Return the city's identity service, if one is configured."""
    return configured_service()


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system of a session in words."""
    return device_in_words(user_agent)


@register.filter
def in_fours(key: str) -> str:
    """Split a key into groups of four characters, for typing from the screen."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))
