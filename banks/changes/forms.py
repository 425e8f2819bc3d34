"""Forms of a change: the present values, filled in; the new code; the successor."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.changes.terms import LONGEST_REASON, ChangeKind
from banks.register.models import Bank
from banks.register.terms import DATA, BankCategory
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.pages.choices import RowsField, set_choices
from zsbank.base.texts import PlainForm


class ChangeForm(PlainForm):
    """What every change has: day, reason and documents."""

    refused_at: ClassVar[dict[str, str]] = {"ahead": "changed_on", "document": "documents"}
    changed_on = DayField(
        past=True,
        label=_("Changed on"),
        help_text=_("The day on which it changed, as the document states; not after today."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
    documents = ChosenFilesField(
        label=_("Documents"),
        help_text=_("For example the approval of the change, or the new business licence."),
    )


class DataForm(ChangeForm):
    """The bank's data as the register holds them; only what is changed counts."""

    field_order = (*DATA, "changed_on", "reason", "documents")
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=BankCategory.choices)
    license_institution_code = forms.CharField(
        label=_("Institution code of the financial licence"), max_length=20, help_text=_("15 characters.")
    )

    def values(self) -> dict[str, str]:
        """Return the bank's data as entered."""
        return values_of(self.cleaned_data)


def values_of(given: dict[str, Any]) -> dict[str, str]:
    """Return the bank's data from a form's cleaned data."""
    return {name.value: str(given[name]) for name in DATA}


class UsccForm(ChangeForm):
    """A new unified social credit code of the same legal entity."""

    refused_at: ClassVar[dict[str, str]] = ChangeForm.refused_at | dict.fromkeys(
        ("uscc_form", "uscc_check", "uscc_organisation", "taken", "unchanged"), "uscc"
    )
    field_order = ("uscc", "changed_on", "reason", "documents")
    uscc = forms.CharField(
        label=_("New unified social credit code"),
        max_length=24,
        help_text=_("18 characters; the code of the legal entity."),
    )


class SuccessionForm(ChangeForm):
    """The bank of the register that absorbed this one."""

    field_order = ("successor", "changed_on", "reason", "documents")
    successor = forms.ModelChoiceField(Bank.objects.none(), label=_("Successor"), empty_label="—")


class DivisionForm(ChangeForm):
    """The banks of the register that came out of the division of this one."""

    refused_at: ClassVar[dict[str, str]] = ChangeForm.refused_at | {
        "successors": "successors",
        "same": "successors",
        "circle": "successors",
        "gone": "successors",
        "entered": "successors",
        "carrier": "carrier",
    }
    field_order = ("kind", "successors", "carrier", "changed_on", "reason", "documents")
    kind = forms.ChoiceField(
        label=_("Kind of division"),
        choices=[
            ("", "—"),
            *((kind.value, kind.label) for kind in (ChangeKind.SPLIT_OFF, ChangeKind.SPLIT_UP)),
        ],
    )
    successors = RowsField(
        Bank.objects.none(),
        label=_("Banks that came out of it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Banks of the register; register a new one first. Not this bank itself, even if it goes on."
        ),
    )
    carrier = forms.ModelChoiceField(
        Bank.objects.none(),
        label=_("Carries the qualification on"),
        required=False,
        empty_label="—",
        help_text=_(
            "As the document says; open orders and cases go with it. Empty if this bank keeps it, or nobody carries it "
            "on."
        ),
    )


class RemarkForm(PlainForm):
    """What was weighed when a change is accepted."""

    remark = forms.CharField(
        label=_("Remark on the decision"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example why a warning above does not matter."),
    )


def data_form(bank: Bank) -> type[DataForm]:
    """Return the form with the bank's present values; what the register does not hold may stay empty."""

    class FormOfBank(DataForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            """Fill in what the register holds."""
            present = {name.value: getattr(bank, name) for name in DATA}
            super().__init__(*args, **kwargs | {"initial": present | (kwargs.get("initial") or {})})
            for name, value in present.items():
                self.fields[name].required = bool(value)

    return FormOfBank


def division_form(bank: Bank) -> type[DivisionForm]:
    """Return the form that offers the other banks that exist on."""

    class FormOfBank(DivisionForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            """Offer the banks that were neither absorbed nor ended by a division."""
            super().__init__(*args, **kwargs)
            others = Bank.objects.filter(succeeded_by=None).exclude(pk=bank.pk)
            others = others.exclude(divisions__ends_divided=True)
            set_choices(self, "successors", others)
            set_choices(self, "carrier", others)

    return FormOfBank


def succession_form(bank: Bank) -> type[SuccessionForm]:
    """Return the form that offers the other banks that exist on."""

    class FormOfBank(SuccessionForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            """Offer the banks without a successor."""
            super().__init__(*args, **kwargs)
            set_choices(self, "successor", Bank.objects.filter(succeeded_by=None).exclude(pk=bank.pk))

    return FormOfBank
