"""Declaration of determinations; `rectification` declares the actions on them."""

from django.utils.translation import gettext_lazy as _

from inspections.determinations.models import Determination
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.permissions import Verb

CASES = (
    Case(
        model=Determination,
        search=Search(names=("bank__name",), codes=("bank__uscc",)),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Determinations"), place=40),
        entries={
            Verb.RECORD_DETERMINATION: _("recorded a determination"),
        },
        labels={"date": _("date"), "decided_by": _("determined by")},
    ),
)
