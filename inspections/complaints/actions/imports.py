"""Actions on lists of hotlines: read, say which column is which, take in, discard."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from inspections.complaints.actions.complaints import enter_complaint
from inspections.complaints.columns import TITLES
from inspections.complaints.import_sheet.judging import Judged, judged
from inspections.complaints.import_sheet.reading import Read, read_list
from inspections.complaints.models import ComplaintImport
from inspections.complaints.rules import may_be_discarded, may_be_taken_in
from inspections.complaints.states import ImportState
from inspections.complaints.terms import Source
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.content import check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import kind_of
from zsbank.base.permissions import Verb
from zsbank.base.personal_data import personal_data_in
from zsbank.base.refusals import FileRefused, Incomplete

NAMELESS = "xlsx"
"""The name of a list whose own name is personal data."""


def _looked_through(given: dict[str, Any]) -> dict[str, Any]:
    """Look through the file and read it, before anything is locked."""
    file = BytesIO(given["content"])
    if kind_of(file) != FileKind.XLSX:
        words = _("Only an XLSX workbook can be read. Open the file, and save it as XLSX without a password.")
        raise FileRefused(words, "wrong_kind")
    check_content(file, FileKind.XLSX, given["name"])
    return {"read": read_list(given["content"], given["name"])}


@action(Verb.READ_COMPLAINTS, makes=True, beforehand=_looked_through)
def read_complaints(
    *, by: User, source: Source, content: bytes, name: str, read: Read | None = None
) -> ComplaintImport:
    """Read the list of a hotline and keep its rows until they are taken in; the file is not kept.

    Cells with personal data are not kept either; their rows are refused with the cell.

    Args:
        source: the hotline that sent it.
        content: the bytes of the file.
        name: the file name given by the person.
        read: what the file holds, read before the transaction opened.

    Raises:
        NotAllowed: the role.
        FileRefused: the file cannot be read, has active content, has no rows or too many.
    """
    if read is None:
        raise RuntimeError("a list is read before the transaction opens")
    row = ComplaintImport(
        name=NAMELESS if personal_data_in(name) else name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        source=source,
        read_at=clock.now(),
        read_by=by,
        sheet=read.content.to_json(),
        header=read.header,
        columns=read.columns,
    )
    row.save()
    record(subject=row, data={"file": row.name, "source": source})
    return row


@action(Verb.NAME_COMPLAINT_COLUMNS, on="read", states=frozenset({ImportState.READ}))
def name_complaint_columns(
    *, read: ComplaintImport, by: User, header: int, columns: Sequence[str]
) -> ComplaintImport:
    """Say in which row the titles stand, and what each column holds.

    Args:
        header: the row of the titles; 0 if the first row is a complaint.
        columns: the field of each column, from the left; empty for one that is not used.

    Raises:
        NotAllowed: the role.
        WrongState: it is taken in or discarded.
        Incomplete: two columns are the same field, or a field is unknown.
    """
    given = [name for name in columns if name]
    twice = [str(TITLES[name]) for name in TITLES if given.count(name) > 1]
    if twice or not set(given) <= set(TITLES):
        words = _("Two columns cannot both be this: %(titles)s.")
        raise Incomplete(words % {"titles": "、".join(twice)}, "columns")
    read.header, read.columns = header, list(columns)
    read.save(update_fields=["header", "columns"])
    return read


@action(Verb.IMPORT_COMPLAINTS, on="read", moves=ComplaintImport.take_in, rule=may_be_taken_in)
def import_complaints(*, read: ComplaintImport, by: User) -> ComplaintImport:
    """Enter all good rows of a list at once; rows that are known or refused are left out.

    Raises:
        NotAllowed: the role.
        WrongState: it is taken in or discarded already.
        NotYet: the meaning of a needed column is unknown.
        Incomplete: no row is good.
    """
    rows = judged(read)
    good = [row for row in rows if row.is_good]
    if not good:
        raise Incomplete(_("There is no row that can be taken in. Correct the file and upload it again."))
    read.take_in()
    read.taken_in, read.left_out = len(good), len(rows) - len(good)
    _close(read, by)
    record(data={"file": read.name, "taken_in": read.taken_in, "left_out": read.left_out})
    for row in sorted(good, key=lambda row: (row.bank.pk if row.bank else 0, row.number)):
        _enter(row, read, by)
    return read


def _enter(row: Judged, read: ComplaintImport, by: User) -> None:
    if row.bank is None or row.received_on is None:
        raise RuntimeError("a good row has a bank and a day")
    enter_complaint(
        bank=row.bank,
        by=by,
        source=Source(read.source),
        reference=row.reference,
        received_on=row.received_on,
        outlet=row.outlet,
        kind=row.kind,
        facts=row.facts,
    )


@action(
    Verb.DISCARD_COMPLAINTS,
    on="read",
    moves=ComplaintImport.discard,
    rule=may_be_discarded,
    by_clock=True,
)
def discard_complaints(*, read: ComplaintImport, by: User | None) -> ComplaintImport:
    """Discard a list with all its cells; the sweep does it with one that nobody took in for `KEPT_DAYS`.

    Raises:
        NotAllowed: the role.
        WrongState: it is taken in or discarded already; by the sweep, it is not old enough.
    """
    read.discard()
    _close(read, by)
    record(data={"file": read.name})
    return read


def _close(read: ComplaintImport, by: User | None) -> None:
    """Store who took the list in or discarded it, and keep none of its cells."""
    read.closed_at, read.closed_by, read.sheet = clock.now(), by, {}
    read.save(update_fields=["state", "taken_in", "left_out", "closed_at", "closed_by", "sheet"])
