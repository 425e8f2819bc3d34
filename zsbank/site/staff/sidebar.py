"""The desk's sidebar: the lists that the subjects declare."""

from collections import Counter
from collections.abc import Iterable
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
from zsbank.base.permissions import Verb
from zsbank.site.staff.work_list import counts_of


@dataclass(frozen=True)
class Link:
    """An entry of the sidebar; `verb` is needed to see it, None means everybody. `key` is that of its kind of case."""

    entry: SidebarEntry
    url: str
    verb: Verb | None = None
    key: str = ""


HOME = "admin:index"
HEADINGS: dict[SidebarGroup, Text] = {
    SidebarGroup.TOP: "",
    SidebarGroup.CASES: _("Cases"),
    SidebarGroup.REGISTERS: _("Registers"),
    SidebarGroup.BASIS: _("Policy and journal"),
}
FIXED: tuple[Link, ...] = (
    Link(SidebarEntry(SidebarGroup.TOP, _("Work list")), HOME),
    Link(SidebarEntry(SidebarGroup.BASIS, _("Roles"), 40), "admin:accounts_user_roles"),
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
                    "count": counts[link.key] if link.key else counts.total() if link.url == HOME else 0,
                }
                for link in links
                if link.entry.group == group and (link.verb is None or staff_may(request.user, link.verb))
            ],
        }
        for group, heading in HEADINGS.items()
    ]


def _declared() -> Iterable[Link]:
    for case in cases():
        if case.sidebar is not None:
            yield Link(case.sidebar, f"admin:{base_of(case.model)}_changelist", case.seen_with, case.key)
