"""What is known of an outlet, how it is kept, and what of it cannot be right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from banks.outlets.terms import EMPTY_MARKS
from banks.register import identifiers
from zsbank.base.refusals import Verdict
from zsbank.base.texts import half_width

PHONE = re.compile(r"[0-9+()（）—、,，;；/ -]{5,30}")
WITHOUT_ZERO = re.compile(r"(?!1|400|800)[0-9]{10,12}")


@dataclass(frozen=True)
class OutletData:
    """What is entered of an outlet. What falls short of the criteria may be entered; it shows in the application."""

    name: str
    town: str
    address: str
    uscc: str = ""
    license_institution_code: str = ""
    open_for_card_business: bool = True
    windows: int = 0
    trained_staff: int = 0
    opening_hours: str = ""
    services: Sequence[str] = ()
    phone: str = ""


def plain(text: str) -> str:
    """A text of an outlet as it is kept: letters and digits in half width, one blank between words."""
    return " ".join(half_width(text).split())


def given(text: str) -> str:
    """A text as it is kept; empty where people wrote that there is nothing."""
    kept = plain(text)
    return "" if kept in EMPTY_MARKS else kept


def normalised(data: OutletData) -> OutletData:
    """As it is kept: texts plain, codes in plain capitals."""
    return replace(
        data,
        name=given(data.name),
        address=given(data.address),
        uscc=identifiers.normalise(given(data.uscc)),
        license_institution_code=identifiers.normalise(given(data.license_institution_code)),
        opening_hours=given(data.opening_hours),
        phone=given(data.phone),
        services=list(data.services),
    )


def outlet_faults(data: OutletData) -> dict[str, Verdict]:
    """What is given and cannot be right, by field; what is missing is no fault here."""
    return {
        field: verdict
        for field, check in CHECKED.items()
        if (value := getattr(data, field)) and not (verdict := check(value))
    }


def check_phone(phone: str) -> Verdict:
    """Check a phone number: digits and the usual marks, with the 0 of an area code."""
    if PHONE.fullmatch(phone) is None or not any(character.isdigit() for character in phone):
        return Verdict.no("phone_form", _("Write the phone number with digits, such as 0760-88880000."))
    if WITHOUT_ZERO.fullmatch(phone):
        return Verdict.no(
            "phone_zero", _("The 0 of the area code is missing. Write it like 0760-88880000, as text.")
        )
    return Verdict()


CHECKED = {
    "uscc": identifiers.check_uscc,
    "license_institution_code": identifiers.check_licence_in_zhongshan,
    "phone": check_phone,
}
