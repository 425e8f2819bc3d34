"""Banks and card vendors at the desk."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.cases.pages import SidebarGroup
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import list_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of_bank
from zsbank.base.letters.models import Letter
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


class BankDesk(CaseDesk):
    """The register of banks; subjects above extend it."""

    list_display = (
        "name",
        case_state_column("standing", gettext_lazy("standing")),
        "category",
        "uscc",
        "may_apply_from",
    )
    list_filter = ("standing", "category")
    empty_text: ClassVar[Text] = gettext_lazy("Banks appear here when an intake officer registers them.")
    facts: ClassVar[tuple[str, ...]] = (
        "name",
        "uscc",
        "category",
        "license_institution_code",
        "address",
        "former_names",
        "former_codes",
    )
    sections: ClassVar[str] = "admin/banks/bank.html"
    sections_on_action_pages: ClassVar[bool] = False

    def heading(self, case: Any) -> str:
        """Return the kind of bank."""
        return str(case.get_category_display())

    def history(self, case: Any) -> QuerySet[Entry]:
        """Return all journal entries that concern this bank."""
        return history_of_bank(case.codes)

    def whole_record(self, case: Any) -> str:
        """Return the address of the bank's journal entries across all cases."""
        return list_page(Entry, f"?uscc={case.uscc}")

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Link to the bank's cases in the other lists."""
        own = f"?bank__id__exact={case.pk}"
        links: list[tuple[str, type[Model], str]] = [
            (str(kind.sidebar.label), kind.model, own)
            for kind in cases()
            if kind.sidebar and kind.sidebar.group == SidebarGroup.CASES and _has_bank(kind.model)
        ]
        links.append((_("Letters"), Letter, f"?q={case.uscc}"))
        links += [(f"{_('Letters')} {code}", Letter, f"?q={code}") for code in case.former_codes.splitlines()]
        return [(words, list_page(model, query)) for words, model, query in links]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add qualifications and outlets."""
        return {
            "history_labelled": True,
            "qualifications": case.qualifications.all(),
            "outlets": case.outlets.count(),
        }


def _has_bank(model: type[Model]) -> bool:
    """Return whether each row belongs to one bank, so that its list can be filtered by bank."""
    return any(field.name == "bank" for field in model._meta.fields)


class VendorDesk(CaseDesk):
    """The card vendors chosen in the bureau's tenders."""

    empty_text: ClassVar[Text] = gettext_lazy(
        "Card vendors appear here when an intake officer registers them."
    )
    list_display = ("name", "tender_number", "tender_from", "tender_until")
    facts: ClassVar[tuple[str, ...]] = ("uscc", "tender_number", "tender_from", "tender_until")
