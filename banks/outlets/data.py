"""The data of an outlet: fields, normalisation and checks."""

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
    """The input of an outlet. It may fall short of the criteria; the application shows the shortcomings."""

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
    """Return a text as it is stored: letters and digits in half width, single blanks."""
    return " ".join(half_width(text).split())


def given(text: str) -> str:
    """Return a text as it is stored; a mark such as 无 gives an empty text."""
    kept = plain(text)
    return "" if kept in EMPTY_MARKS else kept


def normalised(data: OutletData) -> OutletData:
    """Return the data as they are stored: plain texts, codes in half-width capitals."""
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
    """Return the faults of the values, by field; an empty value is no fault."""
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
