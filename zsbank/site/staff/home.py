"""What the desk's first page shows, and the words of its rail."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.pages import program
from zsbank.base.permissions import Verb
from zsbank.site.staff.figures import banks_by_standing, days_ahead
from zsbank.site.staff.items import work_of


def fill_home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the person's work list, how the program is, and for those of the desk the figures and the days ahead."""
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
    context["title"] = _("To do")
    return context


def rail(request: HttpRequest) -> list[dict[str, Any]]:
    """The rail: what officers look for, in the order of a bank's life; each only for those who may see it."""
    desk, letters, record = Verb.SEE_DESK, Verb.SEE_LETTERS, Verb.SEE_JOURNAL
    groups = (
        ("", ((_("To do"), "checklist", "admin:index", None),)),
        (
            _("Cases"),
            (
                (_("Applications"), "assignment", "admin:admission_application_changelist", desk),
                (
                    _("Medical insurance"),
                    "medical_services",
                    "admin:admission_opinion_changelist",
                    Verb.SEE_OPINIONS,
                ),
                (_("Statements"), "forum", "admin:banks_priornotice_changelist", desk),
                (_("Determinations"), "gavel", "admin:inspections_determination_changelist", desk),
                (_("Rectification orders"), "build", "admin:inspections_rectificationorder_changelist", desk),
                (_("Assessments"), "grading", "admin:inspections_assessment_changelist", desk),
                (_("Exit cases"), "logout", "admin:exit_exitcase_changelist", desk),
            ),
        ),
        (
            _("Registers"),
            (
                (_("Banks"), "account_balance", "admin:banks_bank_changelist", desk),
                (_("Qualifications"), "verified", "admin:banks_qualification_changelist", desk),
                (_("Outlets"), "store", "admin:banks_outlet_changelist", desk),
                (_("Card vendors"), "credit_card", "admin:banks_cardvendor_changelist", desk),
                (_("Letters"), "mail", "admin:letters_letter_changelist", letters),
            ),
        ),
        (
            _("Basis and record"),
            (
                (_("Policy editions"), "menu_book", "admin:admission_policyedition_changelist", desk),
                (_("Record"), "history", "admin:journal_entry_changelist", record),
                (_("People"), "group", "admin:accounts_user_changelist", Verb.SEE_PEOPLE),
                (_("Roles"), "table_chart", "admin:accounts_user_roles", None),
                (_("Sweeps"), "schedule", "admin:operations_sweeprun_changelist", Verb.SEE_SYSTEM),
            ),
        ),
    )
    return [
        {
            "title": title,
            "separator": bool(title),
            "items": [
                {"title": word, "icon": icon, "link": reverse(name)}
                for word, icon, name, verb in entries
                if verb is None or staff_may(request.user, verb)
            ],
        }
        for title, entries in groups
    ]
