"""A form field with several rows of the same columns, without script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zsbank.base.texts import BadText, let_type, require_one_line, require_visible

MAX_ROWS = 60
Row = dict[str, Any]


class TableWidget(forms.Widget):
    """The existing rows, each with a checkbox for removal, and some empty rows."""

    use_fieldset = True

    def __init__(self, columns: Mapping[str, forms.Field], empty_rows: int) -> None:
        """Take the columns of the field."""
        super().__init__()
        self.columns, self.empty_rows = columns, empty_rows
        for field in columns.values():
            let_type(field.widget)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """Return the submitted rows, without those to be removed."""
        count = str(data.get(f"{name}-rows", ""))
        rows = range(min(int(count), MAX_ROWS) if count.isascii() and count.isdigit() else 0)
        return [
            {
                column: field.widget.value_from_datadict(data, files, f"{name}-{place}-{column}")
                for column, field in self.columns.items()
            }
            for place in rows
            if f"{name}-{place}-remove" not in data
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether no rows were submitted."""
        return f"{name}-rows" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render the rows as labelled inputs, with a hidden count."""
        filled = [row for row in value or [] if not is_empty(row, self.columns)]
        blank = {column: field.initial for column, field in self.columns.items()}
        rows = [*filled, *[blank] * self.empty_rows]
        context = {
            "name": name,
            "count": len(rows),
            "rows": [
                {
                    "number": place + 1,
                    "cells": self._cells(f"{name}-{place}", row),
                    "remove": f"{name}-{place}-remove" if place < len(filled) else "",
                }
                for place, row in enumerate(rows)
            ],
        }
        return render_to_string("components/table_field.html", context)

    def _cells(self, prefix: str, row: Row) -> list[dict[str, Any]]:
        return [
            {
                "label": field.label,
                "id": f"id_{prefix}-{column}",
                "ticked": isinstance(field, forms.BooleanField),
                "input": field.widget.render(
                    f"{prefix}-{column}", row.get(column), {"id": f"id_{prefix}-{column}"}
                ),
            }
            for column, field in self.columns.items()
        ]


class TableField(forms.Field):
    """Rows of the same columns, as a list of dictionaries; empty rows are left out.

    Args:
        columns: a form field for each column; a row with only `initial` values is empty.
        empty_rows: the number of empty rows to show.
    """

    def __init__(self, *, columns: Mapping[str, forms.Field], empty_rows: int = 2, **options: Any) -> None:
        """Create the field with its widget."""
        self.columns = columns
        super().__init__(widget=TableWidget(columns, empty_rows), required=False, **options)

    def clean(self, value: Any) -> list[Row]:
        """Return the rows that are not empty.

        Raises:
            ValidationError: one message for each fault, with row and column.
        """
        errors: list[str] = []
        rows = [row for row in value or [] if not is_empty(row, self.columns)]
        cleaned = [self._clean_row(place, row, errors) for place, row in enumerate(rows, start=1)]
        if errors:
            raise ValidationError(errors)
        return cleaned

    def _clean_row(self, place: int, row: Row, errors: list[str]) -> Row:
        cleaned: Row = {}
        for column, field in self.columns.items():
            try:
                cleaned[column] = _check_text(field, field.clean(row.get(column)))
            except (ValidationError, BadText) as error:
                said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                errors.append(
                    _("Row %(n)s, %(column)s: %(error)s") % {"n": place, "column": field.label, "error": said}
                )
        return cleaned


def is_empty(row: Row, columns: Mapping[str, forms.Field]) -> bool:
    """Return whether a row has no values, or only initial ones."""
    return all(
        isinstance(field, forms.BooleanField) or (row.get(column) or "") in ("", field.initial or "")
        for column, field in columns.items()
    )


def _check_text(field: forms.Field, value: Any) -> Any:
    if isinstance(value, str):
        require_visible(value)
        if not isinstance(field.widget, forms.Textarea):
            require_one_line(value)
    return value
