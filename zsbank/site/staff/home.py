"""The desk's home."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.pages import program
from zsbank.base.permissions import Verb
from zsbank.site.staff.figures import banks_by_standing, days_ahead
from zsbank.site.staff.work_list import work_of


def fill_home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add work list and health of the program, and for users of the desk figures and upcoming due dates."""
    if isinstance(request.user, User):
        context["work"] = work_of(request.user)
        context["on_desk"] = staff_may(request.user, Verb.SEE_DESK)
        context |= {
            "parts": program.parts_for(request.user),
            "watches": staff_may(request.user, Verb.EXPORT_JOURNAL),
            "letters": staff_may(request.user, Verb.SEE_LETTERS),
        }
    if context.get("on_desk"):
        context |= {"figures": banks_by_standing(), "ahead": days_ahead()}
    context["title"] = _("Work list")
    return context
