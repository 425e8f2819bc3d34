"""The page of a bank at the desk, with its people and the actions on them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from banks.members.queries import open_invitations
from banks.members.sheets import PEOPLE_SHEETS
from banks.register.desk import BankAdmin
from banks.register.models import Bank
from zsbank.base.pages.sheets import Sheet


@admin.register(Bank)
class BankWithPeopleAdmin(BankAdmin):
    """The register of banks, with the people of each."""

    sheets: ClassVar[tuple[Sheet, ...]] = PEOPLE_SHEETS

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Its people, and those who are invited."""
        return super().more(request, case) | {
            "members": case.members.filter(left_on=None).select_related("user"),
            "invitations": open_invitations(case),
        }
