"""Forms of fee notices: the notice as on paper, and its payment."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from inspections.fees.models import FeeNotice
from inspections.fees.terms import CENT, LARGEST_AMOUNT, LONGEST_NUMBER, LONGEST_PERIOD
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import SCANS
from zsbank.base.pages.choices import set_choices
from zsbank.base.texts import PlainForm, TypedDecimalField, TypedNumberField

GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
LONGEST_REMARK = 1000


class YuanField(TypedDecimalField):
    """An amount in yuan; signs of currency, and commas between thousands, are read as on the paper."""

    def to_python(self, value: Any) -> Any:
        """Return the amount; a comma anywhere else is refused, because it may be a point."""
        if isinstance(value, str):
            text = unicodedata.normalize("NFKC", value).strip().lstrip("¥").removesuffix("元").strip()
            value = text.replace(",", "") if GROUPED.fullmatch(text) else text
        return super().to_python(value)


class FeeNoticeForm(PlainForm):
    """A payment notice as it is on paper."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "amount": "amount",
        "issued_on": "issued_on",
        "due": "due",
        "year": "year",
    }
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    number = forms.CharField(
        label=_("Number of the notice"),
        max_length=LONGEST_NUMBER,
        help_text=_("As printed on it. Every number is entered once."),
    )
    year = TypedNumberField(
        label=_("Year of the fees"), min_value=1949, max_value=2100, help_text=_("Four digits.")
    )
    covers = forms.CharField(
        label=_("Period of the fees"),
        max_length=LONGEST_PERIOD,
        required=False,
        help_text=_("If the notice is for a part of the year, as on it, such as a quarter."),
    )
    amount = YuanField(
        label=_("Amount in yuan"),
        min_value=CENT,
        max_value=LARGEST_AMOUNT,
        max_digits=11,
        decimal_places=2,
        help_text=_("As on the notice, such as 12,345.60."),
    )
    issued_on = DayField(past=True, label=_("Notice issued on"), help_text=_("The date of the notice."))
    due = DayField(
        label=_("To be paid by"),
        help_text=_("The due date on the notice. If it is a rest day, the next working day is in time."),
    )
    document = ChosenFileField(label=_("Scan of the notice"), kinds=SCANS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks that are or were qualified."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(qualifications__isnull=False).distinct())


class PaymentForm(PlainForm):
    """A payment with its proof, as the bank states it or an officer records it."""

    refused_at: ClassVar[Mapping[str, str]] = {"paid_on": "paid_on"}
    paid_on = DayField(past=True, label=_("Paid on"))
    proof = ChosenFileField(
        label=_("Proof of payment"),
        kinds=SCANS,
        help_text=_("Such as the receipt of the payment, with number and amount of the notice."),
    )
    remark = forms.CharField(
        label=_("Note on the payment"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ArrivalForm(PlainForm):
    """The day on which the money arrived."""

    refused_at: ClassVar[Mapping[str, str]] = {"paid_on": "paid_on"}
    paid_on = DayField(
        past=True,
        label=_("Day on which the money arrived"),
        help_text=_("Whether the payment is in time follows from this day. The bank reads it."),
    )


def arrival_form(notice: FeeNotice | None) -> type[ArrivalForm]:
    """Return the form with the day that the bank stated as a proposal."""
    if notice is None:
        return ArrivalForm
    stated = {"paid_on": notice.paid_on}

    class WithStatedDay(ArrivalForm):
        """The form of one notice."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs | {"initial": stated | (kwargs.get("initial") or {})})

    return WithStatedDay
