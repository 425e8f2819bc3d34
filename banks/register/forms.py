"""Forms of banks and card vendors, and forms shared by all portal pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.register.terms import BankCategory
from zsbank.base.cases.forms import DayField
from zsbank.base.texts import PlainForm, TypedNumberField


class PageForm(PlainForm):
    """The page number of a list."""

    page = TypedNumberField(min_value=1, required=False)

    @property
    def number(self) -> int:
        """Return the requested page; 1 if none or no number was given."""
        return (self.cleaned_data.get("page") or 1) if self.is_valid() else 1


class ConfirmForm(PlainForm):
    """A confirmation without fields."""


class BankForm(PlainForm):
    """A bank as registered by the bureau."""

    name = forms.CharField(label=_("Name"), max_length=120)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=24,
        help_text=_("18 characters; the code of the legal entity."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=[("", "—"), *BankCategory.choices])
    license_institution_code = forms.CharField(
        label=_("Institution code of the financial licence"), max_length=20, help_text=_("15 characters.")
    )
    address = forms.CharField(label=_("Address"), max_length=200)


class VendorForm(PlainForm):
    """A card vendor chosen in the bureau's tender."""

    name = forms.CharField(label=_("Name"), max_length=120)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=24)
    tender_number = forms.CharField(label=_("Tender number"), max_length=60)
    tender_from = DayField(label=_("Tendered from"))
    tender_until = DayField(label=_("Tendered until"))
