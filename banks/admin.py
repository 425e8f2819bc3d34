"""Banks at the desk."""

from typing import ClassVar

from django.contrib import admin

from banks.models import Bank, CardVendor, Outlet, Qualification
from zsbank.desk.site import DeskAdmin


@admin.register(Bank)
class BankAdmin(DeskAdmin):
    """The register of banks."""

    list_display = ("name", "uscc", "category", "standing", "may_apply_from")
    list_filter = ("standing", "category")
    search_fields = ("name", "uscc")
    state_field: ClassVar[str] = "standing"


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    """The outlets of all banks."""

    list_display = ("name", "bank", "town", "windows", "open_for_card_business")
    list_filter = ("town",)
    search_fields = ("name", "bank__name")
    list_select_related = ("bank",)


@admin.register(Qualification)
class QualificationAdmin(DeskAdmin):
    """The issuing qualifications."""

    list_display = ("bank", "effective_from", "issuing_from", "cancelled_on")
    list_select_related = ("bank",)


@admin.register(CardVendor)
class CardVendorAdmin(DeskAdmin):
    """The card vendors that the bureau's tenders chose."""

    list_display = ("name", "tender_number", "tender_from", "tender_until")
