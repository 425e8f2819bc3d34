"""The form of one bank, part by part: its fields are the columns of the workbook, read by the same readers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from banks.outlets.spreadsheet.cells import Cell
from banks.papers.terms import SCAN_REQUIRED
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.plan import plan_of
from exit.takeover.columns.column import PAPER, Column
from exit.takeover.columns.sheets import COLUMNS
from exit.takeover.data import Rows
from exit.takeover.import_sheet.outlets import read_outlet_file
from exit.takeover.import_sheet.reading import read_row
from exit.takeover.queries import KIND_OF_PART
from exit.takeover.terms import SHEETS, Part
from zsbank.base.cases.forms import DayField
from zsbank.base.cases.parted_forms import FormPart, FormRow, PartedForm
from zsbank.base.files.chosen import ChosenContent
from zsbank.base.files.content import check_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import SCANS, kind_of
from zsbank.base.refusals import FileRefused

ROWS: dict[Part, int] = {
    Part.BANKS: 1,
    Part.QUALIFICATIONS: 3,
    Part.ORDERS: 4,
    Part.RESULTS: 6,
    Part.EXITS: 3,
    Part.NOTICES: 2,
    Part.OUTLETS: 1,
    Part.PEOPLE: 4,
}
"""So many rows of each part the form has; a bank with more is entered from a workbook."""
ABOUT: dict[Part, Any] = {
    Part.BANKS: _("As on the business licence and the financial licence."),
    Part.QUALIFICATIONS: _(
        "The letter of admission. A bank that left and was admitted again has a row for each qualification."
    ),
    Part.ORDERS: _("Determinations and orders, running and past. Leave this out if there was none."),
    Part.RESULTS: _("The result of each assessed year, with grade and score as on paper."),
    Part.EXITS: _(
        "An exit in effect, or each ground of one under way. Leave this out for a bank that stays."
    ),
    Part.NOTICES: _("Only for an exit under way: what the bank was told, stated and was answered."),
    Part.OUTLETS: _("The list of outlets as a spreadsheet, by the template of outlets."),
    Part.PEOPLE: _(
        "Who is invited to act for the bank when the takeover is confirmed; one of them is its administrator."
    ),
}
SCAN = _("Scan of the letter")
OPEN_AT_FIRST = frozenset({(Part.BANKS, 1), (Part.QUALIFICATIONS, 1)})
LONG = frozenset(
    {
        (Part.ORDERS, "facts"),
        (Part.ORDERS, "report"),
        (Part.RESULTS, "reason"),
        (Part.EXITS, "statement"),
        (Part.NOTICES, "statement"),
        (Part.NOTICES, "answer"),
    }
)
NAMING: dict[Part, tuple[str, ...]] = {
    Part.BANKS: ("name", "uscc"),
    Part.RESULTS: ("year", "grade", "document_number"),
    Part.OUTLETS: ("file",),
    Part.PEOPLE: ("name", "role", "email"),
}
"""The fields by which a filled row is recognised; for other parts number and date of the letter."""


def named(part: Part, number: int, field: str) -> str:
    """Return the name of a field of the form."""
    return f"{part.value}-{number}-{field}"


def _columns(part: Part) -> tuple[Column, ...]:
    """Return the columns that the form asks for: the letter first, as it lies in the folder; the bank's code once."""
    own = [one for one in COLUMNS.get(part, ()) if part is Part.BANKS or one.field != "uscc"]
    return (*(one for one in own if one in PAPER), *(one for one in own if one not in PAPER))


def _title(part: Part, number: int) -> str:
    return f"{part.label} {number}" if ROWS[part] > 1 else str(part.label)


def _called(part: Part, number: int, words: Any) -> str:
    return f"{_title(part, number)} · {words}"


_later_title, _later_called = lazy(_title, str), lazy(_called, str)


def _field(part: Part, column: Column) -> forms.Field:
    given: dict[str, Any] = {
        "label": column.label,
        "required": part is Part.BANKS and column.is_needed,
        "help_text": column.help,
    }
    if column.is_day:
        return DayField(**given)
    if column.choices is not None:
        labels: Mapping[str, Any] = column.labels or {}
        words = [(word, labels.get(value, word)) for word, value in column.choices.items()]
        return forms.ChoiceField(choices=[("", "—"), *words], **given)
    widget = forms.Textarea(attrs={"rows": 3}) if (part, column.field) in LONG else None
    return forms.CharField(max_length=2000, widget=widget, **given)


class BankForm(PartedForm):
    """One bank with what it holds, judged by the rules of the workbook; each fault stands at its field."""

    def clean(self) -> dict[str, Any]:
        """Make the typed rows, and judge them as those of a workbook."""
        given = super().clean()
        rows, scans = Rows(), []
        for part, number in _rows_of_form():
            scan = given.get(named(part, number, "scan"))
            cells = dict(self._cells(part, number, given))
            if not cells and scan is None and part is not Part.BANKS:
                continue
            cells["uscc"] = Cell(given.get(named(Part.BANKS, 1, "uscc"), ""))
            read = read_row(part, number, cells)
            if isinstance(read, list):
                self._show(read)
                continue
            rows.of(part).append(read)
            if scan is not None and self._is_accepted(named(part, number, "scan"), scan):
                scans.append((f"{part.value}-{number}", scan, str(scan.name)))
        self._read_outlets(given, rows)
        if not self.errors:
            self._show(plan_of(rows).faults)
        return given | {"rows": rows, "scans": scans}

    def _is_accepted(self, name: str, file: Any) -> bool:
        """Return whether the content of a file is accepted; a refusal stands at its own field, of many."""
        kind = None if isinstance(file, ChosenContent) else kind_of(file)
        if kind is None:
            return True
        try:
            check_content(file, kind, str(file.name))
        except FileRefused as refusal:
            self.add_error(name, str(refusal))
            return False
        return True

    def _read_outlets(self, given: Mapping[str, Any], rows: Rows) -> None:
        file = given.get(named(Part.OUTLETS, 1, "file"))
        if file is None or not rows.banks:
            return
        file.seek(0)
        try:
            rows.outlets, faults = read_outlet_file(file.read(), str(file.name), rows.banks[0].uscc)
        except FileRefused as refusal:
            self.add_error(named(Part.OUTLETS, 1, "file"), str(refusal))
            return
        for fault in faults:
            self.add_error(named(Part.OUTLETS, 1, "file"), fault)

    def _cells(self, part: Part, number: int, given: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
        for column in _columns(part):
            value = given.get(named(part, number, column.field))
            if value not in (None, ""):
                yield column.field, Cell(str(value))

    def _show(self, faults: Sequence[Fault]) -> None:
        """Show faults at their fields; one that a field has already is not said again."""
        for fault in faults:
            name = named(fault.part, fault.number, fault.field) if fault.part else ""
            if name in self.fields:
                if name not in self.errors:
                    self.add_error(name, fault.words)
            elif not (fault.field == "uscc" and self.errors):
                self.add_error(None, _said(fault))

    @property
    def parts(self) -> list[FormPart]:
        """A part for each sheet of the workbook, in its order."""
        return [
            FormPart(
                anchor=f"part-{part.value}",
                title=str(part.label),
                about=ABOUT[part],
                rows=self._rows_of(part),
                sheet="" if str(part.label) == SHEETS[part] else SHEETS[part],
                link=_link(part),
            )
            for part in Part
        ]

    def _rows_of(self, part: Part) -> list[FormRow]:
        return [self._row(part, number) for number in range(1, ROWS[part] + 1)]

    def _row(self, part: Part, number: int) -> FormRow:
        prefix = named(part, number, "")
        fields = [self[name] for name in self.fields if name.startswith(prefix)]
        holds = any(self.value_of(field.name) for field in fields)
        said = self._naming(part, number) if holds else ""
        wrong = any(field.errors for field in fields)
        is_open = holds or wrong or (part, number) in OPEN_AT_FIRST
        return FormRow(f"row-{part.value}-{number}", _title(part, number), said, fields, is_open)

    def _naming(self, part: Part, number: int) -> str:
        """Return by what a filled row is recognised."""
        names = NAMING.get(part, ("document_number", "issued_on"))
        values = [self.value_of(named(part, number, name)) for name in names]
        words = [
            ", ".join(str(one.name) for one in value) if isinstance(value, list) else value
            for value in values
        ]
        return " · ".join(str(word) for word in words if word) or str(_("without number and date yet"))


def _said(fault: Fault) -> str:
    """Return a fault that concerns no field, with the row that it concerns."""
    if fault.part is None or not fault.number or fault.part is Part.BANKS:
        return fault.words
    return f"{_title(fault.part, fault.number)}：{fault.words}"


def _link(part: Part) -> tuple[Any, str] | None:
    """Return the link to the template that a part needs."""
    if part is not Part.OUTLETS:
        return None
    return _("Template of outlets"), reverse("admin:exit_takeover_outlets")


def _rows_of_form() -> Iterator[tuple[Part, int]]:
    for part, count in ROWS.items():
        if part in COLUMNS:
            yield from ((part, number) for number in range(1, count + 1))


def _of_row(part: Part, number: int, field: Any, *, needed: bool) -> Any:
    """Mark a field of a row: how the summary of errors calls it, and whether a filled row has to have it."""
    field.called = _later_called(part, number, field.label)
    field.is_needed_in_row = needed
    return field


def bank_form() -> type[BankForm]:
    """Return the form of one bank."""
    fields: dict[str, forms.Field] = {}
    for part, number in _rows_of_form():
        for column in _columns(part):
            field = _field(part, column)
            fields[named(part, number, column.field)] = _of_row(
                part, number, field, needed=column.is_needed or column.is_sometimes_needed
            )
            if part in KIND_OF_PART and column == PAPER[-1]:
                asked = KIND_OF_PART[part] in SCAN_REQUIRED
                words = (
                    _("Needed before the takeover is confirmed; it can be attached later.") if asked else ""
                )
                scan = ChosenFileField(label=SCAN, required=False, kinds=SCANS, help_text=words)
                fields[named(part, number, "scan")] = _of_row(part, number, scan, needed=asked)
    outlets = ChosenFileField(label=_("List of outlets"), required=False, kinds=(FileKind.XLSX,))
    fields[named(Part.OUTLETS, 1, "file")] = _of_row(Part.OUTLETS, 1, outlets, needed=False)
    return type("OneBankForm", (BankForm,), fields)
