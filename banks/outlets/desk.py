"""The outlets of all banks at the desk."""

from typing import ClassVar

from django.contrib import admin

from banks.outlets.models import Outlet
from zsbank.base.pages.desk_admin import DeskAdmin


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
