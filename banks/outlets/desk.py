"""The outlets of all banks at the desk."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk


class OutletDesk(CaseDesk):
    """The outlets of all banks."""

    list_display = ("name", "bank", "town", "windows", "open_for_card_business")
    list_filter = ("town",)
    empty_text: ClassVar[Text] = gettext_lazy(
        "Outlets appear here when a bank adds or imports them in the portal."
    )
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
