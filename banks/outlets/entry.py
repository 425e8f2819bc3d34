"""The form of one outlet, for input by hand or from a row of a spreadsheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.outlets.data import OutletData
from banks.outlets.models import Outlet
from banks.outlets.terms import LONGEST, MOST, TOWNS, CardService
from zsbank.base.texts import PlainForm, TypedNumberField


class OutletForm(PlainForm):
    """One outlet. It may fall short of the admission criteria; the application shows the shortcomings."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST["name"])
    town = forms.ChoiceField(label=_("Town"), choices=[("", "—"), *((town, town) for town in TOWNS)])
    address = forms.CharField(label=_("Address"), max_length=LONGEST["address"])
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=24,
        required=False,
        help_text=_("18 characters; the outlet's own code."),
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
    windows = TypedNumberField(label=_("Windows for card business"), min_value=0, max_value=MOST["windows"])
    trained_staff = TypedNumberField(label=_("Trained staff"), min_value=0, max_value=MOST["trained_staff"])
    opening_hours = forms.CharField(
        label=_("Announced hours"),
        max_length=LONGEST["opening_hours"],
        required=False,
        help_text=_("Must match the hours announced to the public."),
    )
    services = forms.MultipleChoiceField(
        label=_("Services offered"),
        choices=CardService.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phone = forms.CharField(
        label=_("Phone of the outlet"),
        max_length=LONGEST["phone"],
        required=False,
        help_text=_("As announced to the public, such as 0760-88880000."),
    )

    def data_of_outlet(self) -> OutletData:
        """Return the cleaned values as input of the action."""
        return OutletData(**self.cleaned_data)


def as_entered(outlet: Outlet) -> dict[str, Any]:
    """Return an outlet as the initial values of its form."""
    return {name: getattr(outlet, name) for name in OutletForm.base_fields}
