"""The desk's sidebar: the lists that the subjects declare."""

from collections import Counter
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
from zsbank.site.staff.work_list import counts_of


@dataclass(frozen=True)
class Link:
    """An entry of the sidebar; `verb` is needed to see it, None means everybody.

    Args:
        key: that of its kind of case, whose work items are counted beside it.
        counts: another number to show beside it.
    """

    entry: SidebarEntry
    url: str
    verb: Verb | None = None
    key: str = ""
    counts: Callable[[User], str] | None = None


HOME = "admin:index"
HEADINGS: dict[SidebarGroup, Text] = {
    SidebarGroup.TOP: "",
    SidebarGroup.CASES: _("Cases"),
    SidebarGroup.REGISTERS: _("Registers"),
    SidebarGroup.BASIS: _("Policy and journal"),
}
FIXED: tuple[Link, ...] = (
    Link(SidebarEntry(SidebarGroup.TOP, _("Work list")), HOME),
    Link(
        SidebarEntry(SidebarGroup.TOP, _("Messages"), 10),
        "desk_messages:messages",
        counts=lambda person: unread_in_short(person, None),
    ),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Roles"), 40), "admin:accounts_user_roles"),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Set-up"), 5), "set_up:page", Verb.SEE_SET_UP),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Help"), 90), "help:desk"),
)
"""Pages without a list."""


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sidebar in Unfold's format: links that the person may follow, with the number of their work items."""
    counts = counts_of(request.user) if isinstance(request.user, User) else Counter[str]()
    links = sorted((*FIXED, *_declared()), key=lambda link: link.entry.place)
    return [
        {
            "title": heading,
            "separator": bool(heading),
            "items": [
                {
                    "title": link.entry.label,
                    "link": reverse(link.url),
                    "count": _count(request, link, counts),
                }
                for link in links
                if link.entry.group == group and (link.verb is None or staff_may(request.user, link.verb))
            ],
        }
        for group, heading in HEADINGS.items()
    ]


def _count(request: HttpRequest, link: Link, work: Counter[str]) -> int | str:
    """Return the number beside an entry; 0 or an empty text for none."""
    if link.counts is not None and isinstance(request.user, User):
        return link.counts(request.user)
    if link.key:
        return work[link.key]
    return work.total() if link.url == HOME else 0


def _declared() -> Iterable[Link]:
    for case in cases():
        if case.sidebar is not None:
            yield Link(case.sidebar, f"admin:{base_of(case.model)}_changelist", case.seen_with, case.key)
