"""Outlets, as the rest of the register knows them."""

from django.utils.translation import gettext_lazy as _

from banks.outlets.desk import OutletDesk
from banks.outlets.models import Outlet
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.permissions import Verb

CASES = (
    Case(
        model=Outlet,
        desk=OutletDesk,
        search=Search(
            names=("name", "bank__name", "bank__former_names"), codes=("uscc", "license_institution_code")
        ),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Outlets"), place=30),
        menu=(MenuEntry("banks:outlets", _("Outlets"), place=50),),
        entries={
            Verb.SAVE_OUTLET: _("saved the outlet"),
            Verb.IMPORT_OUTLETS: _("imported outlets from a spreadsheet"),
            Verb.NAME_COLUMNS: _("said which column of a spreadsheet is which"),
            Verb.EXPORT_OUTLETS: _("exported the list of outlets"),
            Verb.REMOVE_OUTLET: _("removed the outlet"),
        },
        fields={Verb.IMPORT_OUTLETS: Outlet},
        labels={
            "left_out": _("skipped rows"),
            "new": _("new"),
            "columns": _("columns"),
            "format": _("format"),
            "outlets": _("number of outlets"),
        },
    ),
)
