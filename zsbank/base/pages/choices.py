"""Choices of an action form that depend on the database."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise

from zsbank.base.texts import PlainForm


def set_choices(form: PlainForm, name: str, rows: QuerySet[Any]) -> None:
    """Set the rows that a field of the form offers."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class GroupedRows(ModelChoiceIterator):  # type: ignore[type-arg]
    """The choices of a `RowsField` under the headings of their groups."""

    def __iter__(self) -> Iterator[Any]:
        """Yield each group with its choices; rows of one group stand together."""
        field = cast("RowsField", self.field)
        for heading, rows in groupby(self.queryset, key=field.group_of):
            yield heading, [self.choice(row) for row in rows]


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several rows; a number out of range is an invalid choice.

    Args:
        group_of: the heading under which a row stands; none are shown without it.
    """

    def __init__(
        self, *args: Any, group_of: Callable[[Any], str | Promise] | None = None, **kwargs: Any
    ) -> None:
        """Show headings if rows have groups."""
        self.group_of = group_of
        if group_of is not None:
            self.iterator = GroupedRows
        super().__init__(*args, **kwargs)
        if group_of is not None:
            self.widget.attrs["class"] = "grouped"

    def clean(self, value: Any) -> Any:
        """Convert the database's OverflowError, which Django's field does not catch, to a validation error."""
        try:
            return super().clean(value)
        except OverflowError as error:
            message = self.error_messages["invalid_choice"] % {"value": value}
            raise ValidationError(message, code="invalid_choice") from error
