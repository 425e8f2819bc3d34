"""Actions of the outlet import: read a spreadsheet for preview, then save it as a whole."""

import hashlib
from collections.abc import Collection
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from banks.outlets.import_sheet import read_outlets
from banks.outlets.models import Outlet, OutletImport
from banks.outlets.rules import may_be_saved
from banks.outlets.spreadsheet import read_rows
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.content import check_content
from zsbank.base.files.kinds import kind_of
from zsbank.base.files.models import FileKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete


@action(Verb.IMPORT_OUTLETS, on="bank", recorded=False)
def read_import(*, bank: Bank, by: User, content: bytes, name: str) -> OutletImport:
    """Read a spreadsheet and store its rows for preview; no outlet is changed.

    Args:
        content: the bytes of the file.
        name: file name as given by the person.

    Raises:
        NotAllowed: `by` does not act for the bank.
        FileRefused: the file cannot be read, or has active content; the reason says what to do.
    """
    file = BytesIO(content)
    if (kind := kind_of(file)) == FileKind.XLSX:
        check_content(file, kind, name)
    rows = read_outlets(read_rows(content, name))
    return OutletImport.objects.create(
        bank=bank,
        by=by,
        at=clock.now(),
        name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[row.to_json() for row in rows],
    )


@action(Verb.IMPORT_OUTLETS, on="read", rule=may_be_saved)
def import_outlets(*, read: OutletImport, by: User, left_out: Collection[int]) -> tuple[int, int]:
    """Save all outlets of a spreadsheet in one transaction; an outlet of the same name is changed.

    Args:
        left_out: numbers of rows not to save.

    Returns:
        Number of new outlets and number of changed outlets.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the import was saved already.
        Incomplete: a row with an error is not left out, or no row remains.
    """
    rows = [row for row in read.rows if row["number"] not in left_out]
    wrong = [str(row["number"]) for row in rows if row["errors"]]
    if wrong:
        raise Incomplete(
            _("Rows with errors: %(rows)s. Correct the file and upload it again, or skip these rows.")
            % {"rows": "、".join(wrong[:20])}
        )
    if not rows:
        raise Incomplete(_("There are no rows to save."))
    new, changed = _save(read.bank, [row["data"] for row in rows])
    read.done_at = clock.now()
    read.save(update_fields=["done_at"])
    record(
        data={
            "file": read.name,
            "sha256": read.sha256,
            "new": new,
            "changed": changed,
            "left_out": len(left_out),
        },
    )
    return len(new), len(changed)


def _save(bank: Bank, rows: list[dict[str, Any]]) -> tuple[list[str], dict[str, Any]]:
    """Create and change outlets; return the new names, and old and new values by field for the changed ones."""
    there = {outlet.name: outlet for outlet in bank.outlets.select_for_update(no_key=True)}
    new, changed, touched = [], {}, []
    for data in rows:
        outlet = there.get(data["name"])
        if outlet is None:
            new.append(Outlet(bank=bank, **data))
            continue
        differs = {
            name: [getattr(outlet, name), value]
            for name, value in data.items()
            if getattr(outlet, name) != value
        }
        if differs:
            for name, (_was, is_now) in differs.items():
                setattr(outlet, name, is_now)
            changed[outlet.name] = differs
            touched.append(outlet)
    Outlet.objects.bulk_create(new, batch_size=500)
    Outlet.objects.bulk_update(touched, [name for name in rows[0] if name != "name"], batch_size=200)
    return [outlet.name for outlet in new], changed
