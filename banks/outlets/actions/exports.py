"""The action that gives the list of outlets out as a file."""

from banks.outlets.models import Outlet
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb


@action(Verb.EXPORT_OUTLETS, on="bank")
def export_outlets(*, bank: Bank, by: User, kind: str) -> list[Outlet]:
    """Give out the list of outlets; that it was taken is recorded.

    Args:
        kind: the format, as the ending of a file's name.

    Raises:
        NotAllowed: `by` does not act for the bank.
    """
    outlets = list(bank.outlets.order_by("name_order", "pk"))
    record(data={"format": kind, "outlets": len(outlets)})
    return outlets
