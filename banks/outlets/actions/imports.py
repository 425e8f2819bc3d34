"""Actions of the import: a spreadsheet of outlets is previewed first, then saved completely or not at all."""

import hashlib
from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from banks.outlets.columns import COLUMNS, TITLES, title_key
from banks.outlets.import_sheet.changes import Change, changes_of, fingerprint
from banks.outlets.import_sheet.layout import Layout, choose
from banks.outlets.import_sheet.rows import OutletRow, read_outlets
from banks.outlets.import_sheet.texts import texts_of
from banks.outlets.models import KnownColumn, Outlet, OutletImport, search_text_of
from banks.outlets.names import KEY_LENGTH
from banks.outlets.rules import may_be_laid_out, may_be_saved
from banks.outlets.spreadsheet.cells import Sheet
from banks.outlets.spreadsheet.reading import sheets_of
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.content import check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import kind_of
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, Incomplete

REMEMBERED_LIMIT = 500
"""Most titles that are remembered for one bank."""


def _laid_out(given: dict[str, Any]) -> dict[str, Any]:
    """Look through the file and read it, before anything is locked."""
    file = BytesIO(given["content"])
    if (kind := kind_of(file)) == FileKind.XLSX:
        check_content(file, kind, given["name"])
    sheets = sheets_of(given["content"], given["name"])
    return {"layout": choose(sheets, remembered_columns(given["bank"]))}


@action(Verb.IMPORT_OUTLETS, on="bank", recorded=False, beforehand=_laid_out)
def read_import(
    *, bank: Bank, by: User, content: bytes, name: str, layout: Layout | None = None
) -> OutletImport:
    """Read a spreadsheet and keep its rows until they are confirmed; outlets are not changed.

    If the meaning of a column is unknown, the cells are kept and the person is asked (`name_columns`).

    Args:
        content: the bytes of the file.
        name: the file name given by the person.
        layout: what the file holds, read before the transaction opened.

    Raises:
        NotAllowed: `by` does not act for the bank.
        FileRefused: the file cannot be read, or has active content; the reason says what to do.
    """
    if layout is None:
        raise RuntimeError("a spreadsheet is read before the transaction opens")
    read = OutletImport(
        bank=bank,
        by=by,
        at=clock.now(),
        name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=layout.sheet.to_json(),
        header=layout.header,
    )
    if layout.is_settled:
        _take_rows(read, layout.sheet, layout.columns)
    read.save()
    return read


def remembered_columns(bank: Bank) -> dict[str, str]:
    """Return the meanings that the bank gave to titles of columns: the field by key of the title."""
    return dict(KnownColumn.objects.filter(bank=bank).values_list("title", "field")[:REMEMBERED_LIMIT])


def _take_rows(read: OutletImport, sheet: Sheet, columns: list[str]) -> None:
    """Read the rows with these columns."""
    known = {outlet.name_key: texts_of(outlet) for outlet in read.bank.outlets.all()}
    read.columns = columns
    read.rows = [row.to_json() for row in read_outlets(sheet, read.header, columns, known)]


@action(Verb.NAME_COLUMNS, on="read", rule=may_be_laid_out)
def name_columns(*, read: OutletImport, by: User, header: int, columns: Sequence[str]) -> OutletImport:
    """Set the meaning of each column; it is remembered for the bank's next spreadsheets.

    Args:
        header: the row with the titles; 0 if the first row is an outlet.
        columns: the field of each column, from the left; empty for one that is not used.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was saved before.
        Incomplete: no column is the name, or two are the same field.
        FileRefused: there is no outlet below the titles, or cells are merged.
    """
    named = [name for name in columns if name]
    if not set(named) <= set(TITLES):
        raise Incomplete(
            _("A column is one of these, or not used: %(titles)s.") % {"titles": "、".join(COLUMNS)}
        )
    twice = [TITLES[name] for name in TITLES if named.count(name) > 1]
    if twice:
        raise Incomplete(_("Two columns cannot both be this: %(titles)s.") % {"titles": "、".join(twice)})
    if "name" not in named:
        raise Incomplete(_("Say which column is the name of the outlet; outlets are known by it."))
    sheet = Sheet.from_json(read.sheet)
    read.header = header
    _take_rows(read, sheet, list(columns))
    read.save(update_fields=["header", "columns", "rows"])
    titles = sheet.titles_at(header) if header else []
    said = {
        key: name
        for title, name in zip(titles, columns, strict=False)
        if (key := title_key(title)[:KEY_LENGTH])
    }
    KnownColumn.objects.bulk_create(
        [KnownColumn(bank=read.bank, title=title, field=name) for title, name in said.items()],
        update_conflicts=True,
        unique_fields=["bank", "title"],
        update_fields=["field"],
    )
    record(
        data={
            "file": read.name,
            "columns": [f"{title} → {TITLES.get(name, '—')}" for title, name in said.items()],
        }
    )
    return read


@action(Verb.IMPORT_OUTLETS, on="read", rule=may_be_saved)
def import_outlets(
    *, read: OutletImport, by: User, left_out: Collection[int], seen: str = ""
) -> tuple[int, int]:
    """Save all outlets of a spreadsheet at once; a stored outlet gets the values given in its row.

    Args:
        left_out: numbers of the rows that the person leaves out.
        seen: the fingerprint of the previewed changes; empty without a preview.

    Returns:
        The numbers of new and of changed outlets.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was saved before.
        Incomplete: a row with an error is not left out, none is left, or the meaning of a column is unknown.
        EditConflict: an outlet has been changed since the preview.
    """
    rows = [OutletRow.from_json(row) for row in read.rows if row["number"] not in left_out]
    wrong = [str(row.number) for row in rows if row.errors]
    if wrong:
        raise Incomplete(
            _("Rows with errors: %(rows)s. Correct the file and upload it again, or skip these rows.")
            % {"rows": "、".join(wrong[:20])}
        )
    if not rows:
        raise Incomplete(_("There are no rows to save."))
    outlets = list(read.bank.outlets.select_for_update(no_key=True))
    changes = changes_of(rows, outlets)
    if seen and seen != fingerprint(changes):
        raise EditConflict(
            _("The list of outlets has changed since you looked. Look at the changes again, then save.")
        )
    new, changed = save_changes(read.bank, changes)
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


def save_changes(bank: Bank, changes: list[Change]) -> tuple[list[str], dict[str, Any]]:
    """Create and change the outlets; return the names of new ones, and the changes of the others by field."""
    new = [Outlet(bank=bank, **vars(change.after)) for change in changes if change.state == "new"]
    changed, touched = {}, []
    for change in changes:
        if change.outlet is not None and change.differs:
            for name, (_was, is_now) in change.differs.items():
                setattr(change.outlet, name, is_now)
            change.outlet.search_text = search_text_of(change.outlet)
            changed[change.outlet.name] = {name: list(both) for name, both in change.differs.items()}
            touched.append(change.outlet)
    Outlet.objects.bulk_create(new, batch_size=500)
    Outlet.objects.bulk_update(
        touched, [*(name for name in TITLES if name != "name"), "search_text"], batch_size=200
    )
    return [outlet.name for outlet in new], changed
