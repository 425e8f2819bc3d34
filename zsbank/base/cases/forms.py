"""Forms and fields shared by several actions."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar import clock
from zsbank.base.calendar.possible import EARLIEST, LATEST
from zsbank.base.texts import PlainForm, TypedDateField


class NoQuestions(PlainForm):
    """For actions that only need confirmation."""


class ReasonForm(PlainForm):
    """For actions that need a reason."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DateInput(forms.DateInput):
    """A date input of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        """Browsers use ISO dates in date inputs, whatever the language."""
        super().__init__(format="%Y-%m-%d")


class DayField(TypedDateField):
    """A local date, as entered in a date input; a day that cannot be is asked about at the field.

    Args:
        past: whether it is the day of something that has happened.
    """

    widget = DateInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        """Store whether the day has to be over or today."""
        super().__init__(**kwargs)
        self.past = past

    def clean(self, value: Any) -> Any:
        """Return the date.

        Raises:
            ValidationError: it is before 1949-10-01, after 2100, or ahead although it has happened.
        """
        day: dt.date | None = super().clean(value)
        if day is None:
            return None
        if not EARLIEST <= day <= LATEST:
            words = gettext("The date cannot be right: dates are from %(from)s to %(until)s. Check the year.")
            raise ValidationError(words, code="impossible", params={"from": EARLIEST, "until": LATEST})
        if self.past and day > clock.today():
            words = gettext("This date lies ahead. Enter the date on the document.")
            raise ValidationError(words, code="ahead")
        return day
