"""The page of a bank at the desk, with its members."""

from typing import Any

from django.http import HttpRequest

from banks.members.queries import can_be_reached, kept_for, open_invitations
from banks.register.desk import BankDesk

KEPT = 20
"""So many messages that reached nobody are listed."""


class BankWithPeopleDesk(BankDesk):
    """The register of banks, with the members of each."""

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add members and open invitations."""
        return super().more(request, case) | {
            "members": case.members.filter(left_on=None).select_related("user"),
            "invitations": open_invitations(case),
            "reachable": can_be_reached(case),
            "kept": kept_for(case)[:KEPT],
        }
