"""The desk's home."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.registry import essentials_open
from zsbank.base.pages import program
from zsbank.base.permissions import Verb
from zsbank.base.roles import ADMINISTRATORS
from zsbank.site.staff.departures import unheld
from zsbank.site.staff.figures import AT_ONCE, banks_by_standing, days_ahead
from zsbank.site.staff.work_file import EVERYONES, offered
from zsbank.site.staff.work_list import taken_by_colleagues, work_of

PER_PAGE = 50


def fill_home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add work list and health of the program, and for users of the desk figures and upcoming due dates."""
    if isinstance(request.user, User):
        number = request.GET.get("page")
        context |= _work(request.user, number, with_taken=EVERYONES in request.GET)
        context["on_desk"] = staff_may(request.user, Verb.SEE_DESK)
        context |= {
            "parts": program.parts_for(request.user),
            "watches": staff_may(request.user, Verb.EXPORT_JOURNAL),
            "letters": staff_may(request.user, Verb.SEE_LETTERS),
            "unheld": unheld(request.user),
            "to_set_up": _to_set_up(request.user),
        }
    if context.get("on_desk"):
        ahead = days_ahead()
        context |= {
            "figures": banks_by_standing(),
            "ahead": [item for item in ahead if not item.theirs][:AT_ONCE],
            "awaited": [item for item in ahead if item.theirs][:AT_ONCE],
        }
    context["title"] = _("Work list")
    return context


def _to_set_up(person: User) -> str:
    """Return what an administrator still has to set up before a real case, the essential only; empty if nothing."""
    if ADMINISTRATORS.isdisjoint(person.roles_at_bureau()):
        return ""
    return "、".join(str(line.what) for line in essentials_open())


def _work(person: User, number: str | None, *, with_taken: bool) -> dict[str, Any]:
    """Return a page of the person's work items, or of all, and the number of both."""
    work = work_of(person, with_taken=with_taken)
    taken = taken_by_colleagues(person)
    mine = len(work) - (taken if with_taken else 0)
    return {
        "page": Paginator(work, PER_PAGE).get_page(number),
        "taken": taken,
        "everyones": with_taken,
        "mine": mine,
        "all": mine + taken,
        "exports": offered(len(work), everyones=with_taken),
    }
