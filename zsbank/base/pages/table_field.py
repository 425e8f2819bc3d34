"""A field of a form that holds several rows, each with the same columns; it needs no script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zsbank.base.texts import BadText, require_one_line, require_visible

MOST_ROWS = 60
Row = dict[str, Any]


class TableWidget(forms.Widget):
    """The rows that are there, each with a box that removes it, and some empty ones to fill in."""

    use_fieldset = True

    def __init__(self, columns: Mapping[str, forms.Field], empty_rows: int) -> None:
        """Take over the columns of the field."""
        super().__init__()
        self.columns, self.empty_rows = columns, empty_rows

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows that were sent, without those to be removed."""
        count = str(data.get(f"{name}-rows", ""))
        rows = range(min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0)
        return [
            {
                column: field.widget.value_from_datadict(data, files, f"{name}-{place}-{column}")
                for column, field in self.columns.items()
            }
            for place in rows
            if f"{name}-{place}-remove" not in data
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no rows were sent at all."""
        return f"{name}-rows" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The rows as fields with labels, and how many there are."""
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
        columns: a form field for each column; rows that hold no more than their `initial` values are empty.
        empty_rows: how many empty rows are shown to be filled in.
    """

    def __init__(self, *, columns: Mapping[str, forms.Field], empty_rows: int = 2, **options: Any) -> None:
        """Each column is looked through as a field of the form would be."""
        self.columns = columns
        super().__init__(widget=TableWidget(columns, empty_rows), required=False, **options)

    def clean(self, value: Any) -> list[Row]:
        """The rows with something in them; what is wrong names row and column."""
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
                cleaned[column] = _looked_through(field, field.clean(row.get(column)))
            except (ValidationError, BadText) as error:
                said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                errors.append(
                    _("Row %(n)s, %(column)s: %(error)s") % {"n": place, "column": field.label, "error": said}
                )
        return cleaned


def is_empty(row: Row, columns: Mapping[str, forms.Field]) -> bool:
    """Whether a row holds nothing, or only what an empty row is shown with."""
    return all(
        isinstance(field, forms.BooleanField) or (row.get(column) or "") in ("", field.initial or "")
        for column, field in columns.items()
    )


def _looked_through(field: forms.Field, value: Any) -> Any:
    if isinstance(value, str):
        require_visible(value)
        if not isinstance(field.widget, forms.Textarea):
            require_one_line(value)
    return value
