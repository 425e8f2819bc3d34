"""What saving the rows of a spreadsheet would change of the list of outlets."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from banks.outlets.data import OutletData, given
from banks.outlets.import_sheet.rows import OutletRow
from banks.outlets.models import Outlet
from banks.outlets.rules import CodeHolders
from banks.register.models import Bank

NOTHING: dict[str, Any] = asdict(OutletData("", "", "", open_for_card_business=False)) | {"services": []}


@dataclass(frozen=True)
class Change:
    """What one row does.

    Args:
        row: the row.
        outlet: the outlet of its name that is stored; None where it is a new one.
        differs: old and new by field; of a new outlet what it is given.
    """

    row: OutletRow
    outlet: Outlet | None
    differs: dict[str, tuple[Any, Any]]

    @property
    def state(self) -> str:
        """wrong, new, changed, or same."""
        if self.row.errors:
            return "wrong"
        if self.outlet is None:
            return "new"
        return "changed" if self.differs else "same"

    @property
    def after(self) -> OutletData:
        """The outlet as it would be."""
        was = NOTHING if self.outlet is None else {name: getattr(self.outlet, name) for name in NOTHING}
        return OutletData(**was | {name: now for name, (_was, now) in self.differs.items()})


def changes_of(rows: Iterable[OutletRow], outlets: Iterable[Outlet]) -> list[Change]:
    """What each row does to the outlets that are stored."""
    stored = {outlet.name_key: outlet for outlet in outlets}
    return [_change(row, stored.get(row.key)) for row in rows]


def _change(row: OutletRow, outlet: Outlet | None) -> Change:
    if outlet is None:
        return Change(row, None, {name: (NOTHING[name], value) for name, value in row.data.items()})
    differs = {
        name: (getattr(outlet, name), value)
        for name, value in row.data.items()
        if name != "name" and not _same(name, getattr(outlet, name), value)
    }
    return Change(row, outlet, differs)


def _same(name: str, was: Any, value: Any) -> bool:
    """Whether a field would stay as it is; width and blanks are no change of a text, nor is the order of services."""
    if name == "services":
        return set(was) == set(value)
    return (given(was) if isinstance(was, str) else was) == value


def fingerprint(changes: Sequence[Change]) -> str:
    """A text that is another one as soon as anything that would be saved is different."""
    said = [[change.row.number, change.state, change.differs] for change in changes]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def code_hints(bank: Bank, outlets: Iterable[Outlet], changes: Sequence[Change]) -> dict[int, dict[str, str]]:
    """By row and field, what is said of codes that would not be one outlet's own."""
    holders = CodeHolders(bank)
    right = [change for change in changes if not change.row.errors]
    touched = {change.row.key for change in right}
    for outlet in outlets:
        if outlet.name_key not in touched:
            holders.add(outlet.name, outlet)
    for change in right:
        holders.add(change.after.name, change.after)
    return {change.row.number: holders.hints(change.after.name, change.after) for change in right}
