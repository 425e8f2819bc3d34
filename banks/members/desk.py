"""The page of a bank at the desk, with its people."""

from typing import Any

from django.http import HttpRequest

from banks.members.queries import open_invitations
from banks.register.desk import BankDesk


class BankWithPeopleDesk(BankDesk):
    """The register of banks, with the people of each."""

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Its people, and those who are invited."""
        return super().more(request, case) | {
            "members": case.members.filter(left_on=None).select_related("user"),
            "invitations": open_invitations(case),
        }
