"""Choices of an action form that depend on the database."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from zsbank.base.texts import PlainForm


def set_choices(form: PlainForm, name: str, rows: QuerySet[Any]) -> None:
    """Set the rows that a field of the form offers."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several rows; a number out of range is an invalid choice."""

    def clean(self, value: Any) -> Any:
        """Convert the database's OverflowError, which Django's field does not catch, to a validation error."""
        try:
            return super().clean(value)
        except OverflowError as error:
            message = self.error_messages["invalid_choice"] % {"value": value}
            raise ValidationError(message, code="invalid_choice") from error
