"""The inner action that takes over a bank's list of outlets."""

from collections.abc import Sequence

from banks.outlets.actions.imports import save_changes
from banks.outlets.import_sheet.changes import changes_of
from banks.outlets.import_sheet.rows import OutletRow
from banks.outlets.models import Outlet
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb


@action(Verb.TAKE_OVER_OUTLETS, on="bank", inner=True)
def take_over_outlets(*, bank: Bank, rows: Sequence[OutletRow], by: User) -> list[Outlet]:
    """Save the outlets of a takeover as an import does; the bank keeps its list from then on.

    Args:
        rows: as `read_outlets` returned them, without errors.
    """
    new, changed = save_changes(bank, changes_of(rows, bank.outlets.select_for_update(no_key=True)))
    record(data={"new": new, "changed": changed})
    return list(bank.outlets.all())
