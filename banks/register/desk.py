"""The register of banks and the card vendors at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register.actions import register_bank, register_vendor
from banks.register.forms import BankForm, VendorForm
from banks.register.models import CardVendor
from banks.register.states import BARRED
from banks.register.terms import BankCategory
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of_bank
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin, Due, addresses
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


class BankAdmin(DeskAdmin):
    """The register of banks; `members` adds the people and the actions on them, and registers it."""

    list_display = (
        "name",
        "uscc",
        "category",
        state_column("standing", gettext_lazy("standing")),
        "may_apply_from",
    )
    list_filter = ("standing", "category")
    search_fields = ("name", "uscc")
    state_field: ClassVar[str] = "standing"
    facts: ClassVar[tuple[str, ...]] = ("name", "uscc", "category", "license_institution_code", "address")
    due: ClassVar[tuple[Due, ...]] = (Due("bar_last_day", "bar_period", BARRED),)
    sections: ClassVar[str] = "admin/banks/bank.html"
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.REGISTER_BANK,
            gettext_lazy("Register a bank"),
            (
                gettext_lazy("The bank stands in the register as an applicant."),
                gettext_lazy("Invite its first administrator next; that person applies in the portal."),
            ),
            lambda by, case, given: register_bank(
                **(given | {"category": BankCategory(given["category"])}), by=by
            ),
            form=lambda case: BankForm,
        ),
    )

    def heading(self, case: Any) -> str:
        """The kind of bank."""
        return str(case.get_category_display())

    def history(self, case: Any) -> QuerySet[Entry]:
        """All that was done where this bank is concerned."""
        return history_of_bank(case.uscc)

    def whole_record(self, case: Any) -> str:
        """The record of the bank in all its cases."""
        return f"{reverse('admin:journal_entry_changelist')}?uscc={case.uscc}"

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """The bank's cases in the other registers."""
        own = f"?bank__id__exact={case.pk}"
        return addresses(
            (
                (_("Applications"), "admission_application", own),
                (_("Rectification orders"), "inspections_rectificationorder", own),
                (_("Assessments"), "inspections_assessment", own),
                (_("Exit cases"), "exit_exitcase", own),
                (_("Letters"), "letters_letter", f"?q={case.uscc}"),
            )
        )

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Its qualifications and outlets."""
        return {
            "history_labelled": True,
            "qualifications": case.qualifications.all(),
            "outlets": case.outlets.count(),
        }


@admin.register(CardVendor)
class CardVendorAdmin(DeskAdmin):
    """The card vendors that the bureau's tenders chose."""

    list_display = ("name", "tender_number", "tender_from", "tender_until")
    facts: ClassVar[tuple[str, ...]] = ("uscc", "tender_number", "tender_from", "tender_until")
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.REGISTER_VENDOR,
            gettext_lazy("Register a card vendor"),
            (gettext_lazy("Banks can choose the vendor under criterion 13 while the tender's term runs."),),
            lambda by, case, given: register_vendor(**given, by=by),
            form=lambda case: VendorForm,
        ),
    )
