"""The rows of an import in the preview: every field with old and new value and error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from banks.outlets.columns import TITLES
from banks.outlets.import_sheet.changes import Change
from banks.outlets.import_sheet.texts import text_of
from banks.outlets.models import Outlet
from zsbank.base.cases.turns import Text, Tone

STATES: dict[str, tuple[Tone, Text]] = {
    "wrong": (Tone.LATE, _("has errors")),
    "new": (Tone.YOU, _("new")),
    "changed": (Tone.WAIT, _("update")),
    "same": (Tone.NONE, _("stays as it is")),
}

SHOWN: dict[str, Text] = {
    "wrong": _("only errors"),
    "new": _("new"),
    "changed": _("update"),
    "same": _("stays as it is"),
    "hints": _("to be looked at"),
}
"""The filters of the preview."""


@dataclass(frozen=True)
class ShownField:
    """One field of a row: new value, old value if it changes, error or hint."""

    title: str
    now: str
    was: str | None = None
    error: str = ""
    hint: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One row of the preview."""

    number: int
    name: str
    tone: str
    label: Text
    fields: list[ShownField]
    notes: list[str]


def shown_row(change: Change, hints: Mapping[str, str]) -> ShownRow:
    """Return a row with every field that is stored, given or wrong."""
    tone, label = STATES[change.state]
    name = change.outlet.name if change.outlet else change.row.data.get("name", "")
    fields = [_field(change, field, title, hints.get(field, "")) for field, title in TITLES.items()]
    shown = [field for field in fields if field is not None]
    return ShownRow(change.row.number, name, tone.value, label, shown, change.row.notes)


def _field(change: Change, name: str, title: str, hint: str) -> ShownField | None:
    """Return one field; the name is the row's heading, and is repeated here only if it is wrong."""
    error = change.row.errors.get(title, "")
    stored = _text(name, getattr(change.outlet, name)) if isinstance(change.outlet, Outlet) else ""
    if name == "name":
        return ShownField(title, "", error=error) if error else None
    if name not in change.differs:
        given = stored or ("" if error else "—")
        return ShownField(title, given, error=error, hint=hint)
    now = _text(name, change.differs[name][1])
    return ShownField(title, now, was=stored if change.outlet else None, error=error, hint=hint)


def _text(name: str, value: Any) -> str:
    return text_of(name, value) or "—"
