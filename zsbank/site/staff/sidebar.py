"""The desk's sidebar: the lists that the subjects declare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import base_of
from zsbank.base.notices.queries import unread_in_short
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class Link:
    """An entry of the sidebar; `verb` is needed to see it, None means everybody; `counts` shows a number beside it."""

    entry: SidebarEntry
    url: str
    verb: Verb | None = None
    counts: Callable[[User], str] | None = None


HEADINGS: dict[SidebarGroup, Text] = {
    SidebarGroup.TOP: "",
    SidebarGroup.CASES: _("Cases"),
    SidebarGroup.REGISTERS: _("Registers"),
    SidebarGroup.BASIS: _("Policy and journal"),
}
FIXED: tuple[Link, ...] = (
    Link(SidebarEntry(SidebarGroup.TOP, _("Work list"), "checklist"), "admin:index"),
    Link(
        SidebarEntry(SidebarGroup.TOP, _("Messages"), "mail", 10),
        "desk_messages:messages",
        counts=lambda person: unread_in_short(person, None),
    ),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Roles"), "table_chart", 40), "admin:accounts_user_roles"),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Help"), "help", 90), "help:desk"),
)
"""Pages without a list."""


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sidebar in Unfold's format, with the links that the person may follow."""
    links = sorted((*FIXED, *_declared()), key=lambda link: link.entry.place)
    return [
        {
            "title": heading,
            "separator": bool(heading),
            "items": [
                _item(request, link)
                for link in links
                if link.entry.group == group and (link.verb is None or staff_may(request.user, link.verb))
            ],
        }
        for group, heading in HEADINGS.items()
    ]


def _item(request: HttpRequest, link: Link) -> dict[str, Any]:
    item = {"title": link.entry.label, "icon": link.entry.icon, "link": reverse(link.url)}
    if link.counts is None or not isinstance(request.user, User):
        return item
    return {**item, "badge": link.counts(request.user), "badge_variant": "primary"}


def _declared() -> Iterable[Link]:
    for case in cases():
        if case.sidebar is not None:
            yield Link(case.sidebar, f"admin:{base_of(case.model)}_changelist", case.seen_with)
