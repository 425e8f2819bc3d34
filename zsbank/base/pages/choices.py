"""What a sheet's form offers to choose from, asked when the form is shown."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from zsbank.base.texts import PlainForm


def offer(form: PlainForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose from these rows."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows to choose; a number that no database holds is simply none of them."""

    def clean(self, value: Any) -> Any:
        """As Django's field, which lets such a number through to the database."""
        try:
            return super().clean(value)
        except OverflowError as error:
            message = self.error_messages["invalid_choice"] % {"value": value}
            raise ValidationError(message, code="invalid_choice") from error
