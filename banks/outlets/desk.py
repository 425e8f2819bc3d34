"""The outlets of all banks at the desk."""

from typing import ClassVar

from zsbank.base.pages.case_desk import CaseDesk


class OutletDesk(CaseDesk):
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
        "phone",
    )
