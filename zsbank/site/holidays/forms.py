"""The form with which the holidays of a year are entered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.refusals import FileRefused
from zsbank.base.texts import PlainForm, TypedNumberField
from zsbank.site.holidays.reading import NoticeRefused, read_file, read_package


class HolidaysForm(PlainForm):
    """The file of a year's notice, or without one the year to be read from the installed package.

    A file says its year itself: whoever chose a good one is never asked to choose it again because of the other field.
    """

    year = TypedNumberField(
        label=gettext_lazy("Year, without a file"), min_value=2025, max_value=2100, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("File of the notice"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
        help_text=gettext_lazy(
            "CSV with the header date,kind,name; kind is holiday or workday. Without a file, the days are taken from "
            "the installed package."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Read the notice; each wrong row is named at the field.

        Raises:
            ValidationError: the notice cannot be read, or neither file nor year is given.
        """
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in self.errors:
            return given
        year, file = given.get("year"), given.get("file")
        if file:
            self.errors.pop("year", None)
        elif year is None and "year" not in self.errors:
            self.add_error("year", _("Choose the file of the notice, or enter the year."))
        if self.errors:
            return given
        try:
            given["notice"] = read_file(file.read()) if file else read_package(int(year or 0))
        except NoticeRefused as refusal:
            self.add_error("file", [ValidationError(error) for error in refusal.errors])
        except FileRefused as refusal:
            self.add_error("file", str(refusal))
        return given
