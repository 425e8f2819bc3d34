"""What a bank's people enter about outlets and colleagues, and the bureau about banks and vendors."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from banks.models import Outlet
from banks.outlets import OutletData
from banks.terms import TOWNS, BankCategory, CardService
from zsbank.base.pages.sheets import DateInput
from zsbank.base.texts import PlainForm

SHEET_LIMIT = 10 * 1024 * 1024


class OutletForm(PlainForm):
    """One outlet. What falls short of criteria 3 and 5 may be saved; it shows in the application."""

    name = forms.CharField(label=_("Name"), max_length=120)
    town = forms.ChoiceField(label=_("Town"), choices=[("", "—"), *((town, town) for town in TOWNS)])
    address = forms.CharField(label=_("Address"), max_length=200)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=24,
        required=False,
        help_text=_("18 characters, of the outlet itself."),
    )
    license_institution_code = forms.CharField(
        label=_("Institution code of the financial licence"),
        max_length=20,
        required=False,
        help_text=_("15 characters."),
    )
    open_for_card_business = forms.BooleanField(
        label=_("Open for card business"), required=False, initial=True
    )
    windows = forms.IntegerField(label=_("Windows for card business"), min_value=0, max_value=200)
    trained_staff = forms.IntegerField(label=_("Trained staff"), min_value=0, max_value=2000)
    opening_hours = forms.CharField(
        label=_("Announced hours"), max_length=120, required=False, help_text=_("As announced to the public.")
    )
    services = forms.MultipleChoiceField(
        label=_("Services offered"),
        choices=CardService.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def data_of_outlet(self) -> OutletData:
        """What was entered, as the action takes it."""
        return OutletData(**self.cleaned_data)


class ImportForm(PlainForm):
    """A spreadsheet of outlets."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV by the template, at most 2,000 rows."),
        allow_empty_file=True,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > SHEET_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Use the template, without pictures.")
            )
        return file


class LeaveOutForm(PlainForm):
    """Which rows with errors are left out."""

    left_out = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, numbers: Sequence[int], data: QueryDict | None = None) -> None:
        """Only rows with errors can be left out."""
        super().__init__(data)
        self.fields["left_out"].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]


def as_entered(outlet: Outlet) -> dict[str, Any]:
    """An outlet as its form shows it."""
    return {name: getattr(outlet, name) for name in OutletForm.base_fields}


class PageForm(PlainForm):
    """Which page of a list."""

    page = forms.IntegerField(min_value=1, required=False)

    @property
    def number(self) -> int:
        """The page asked for; the first when none, or none that is a number, was given."""
        return (self.cleaned_data.get("page") or 1) if self.is_valid() else 1


class StatementForm(PlainForm):
    """What the bank states before an adverse decision, or the bureau answers."""

    text = forms.CharField(label=_("In words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class ConfirmForm(PlainForm):
    """A confirmation: nothing to fill in."""


class SecondFactorForm(PlainForm):
    """Whether the bank demands a second factor of its people."""

    demanded = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda given: given == "yes"
    )


class BankForm(PlainForm):
    """A bank as the bureau enters it in the register (criteria 1 and 2)."""

    name = forms.CharField(label=_("Name"), max_length=120)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=24,
        help_text=_("18 characters, of the legal entity."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=[("", "—"), *BankCategory.choices])
    license_institution_code = forms.CharField(
        label=_("Institution code of the financial licence"), max_length=20, help_text=_("15 characters.")
    )
    address = forms.CharField(label=_("Address"), max_length=200)


class VendorForm(PlainForm):
    """A card maker that the bureau's tender chose (criterion 13)."""

    name = forms.CharField(label=_("Name"), max_length=120)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=24)
    tender_number = forms.CharField(label=_("Tender number"), max_length=60)
    tender_from = forms.DateField(label=_("Tendered from"), widget=DateInput)
    tender_until = forms.DateField(label=_("Tendered until"), widget=DateInput)
