"""Banks at the desk: the register, the people of each bank, its outlets, and the card vendors."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks import actions, hearing
from banks.forms import BankForm, StatementForm, VendorForm
from banks.models import Bank, CardVendor, Outlet, PriorNotice
from banks.people_sheets import PEOPLE_SHEETS
from banks.queries import open_invitations
from banks.rules import may_answer
from banks.states import BARRED
from banks.terms import BankCategory
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of_bank
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin, Due, addresses
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(Bank)
class BankAdmin(DeskAdmin):
    """The register of banks."""

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
            lambda by, case, given: actions.register_bank(
                **(given | {"category": BankCategory(given["category"])}), by=by
            ),
            form=lambda case: BankForm,
        ),
    )
    sheets: ClassVar[tuple[Sheet, ...]] = PEOPLE_SHEETS

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
        """Its qualifications, people with those who are invited, and outlets."""
        return {
            "history_labelled": True,
            "qualifications": case.qualifications.all(),
            "members": case.members.filter(left_on=None).select_related("user"),
            "invitations": open_invitations(case),
            "outlets": case.outlets.count(),
        }


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    """The outlets of all banks."""

    list_display = ("name", "bank", "town", "windows", "open_for_card_business")
    list_filter = ("town",)
    search_fields = ("name", "bank__name")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "town",
        "address",
        "uscc",
        "license_institution_code",
        "open_for_card_business",
        "windows",
        "trained_staff",
        "opening_hours",
    )


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
            lambda by, case, given: actions.register_vendor(**given, by=by),
            form=lambda case: VendorForm,
        ),
    )


@admin.register(PriorNotice)
class PriorNoticeAdmin(DeskAdmin):
    """What banks were told before an adverse decision, what they stated, and the answers."""

    list_display = ("bank", "told_on", "due_date", "stated_at", "answered_at")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("told_on", "letter")
    due: ClassVar[tuple[Due, ...]] = (Due("due_date", "due_period", frozenset()),)
    sections: ClassVar[str] = "admin/banks/notice.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ANSWER_STATEMENT,
            gettext_lazy("Answer the statement"),
            (
                gettext_lazy("The bank reads the answer; the decision can be taken after it."),
                gettext_lazy("If the bank is right, the decider sends the recommendation back."),
            ),
            lambda by, case, given: hearing.answer_statement(notice=case, text=given["text"], by=by),
            form=lambda case: StatementForm,
            why_not=lambda by, case: may_answer(by, case).why_not,
            notes=lambda case: [case.statement] if case.statement else [],
        ),
    )
