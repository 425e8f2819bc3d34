"""What is known of an outlet, how it is kept, and what of it cannot be right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from banks.register import identifiers
from zsbank.base.refusals import Verdict


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


def normalised(data: OutletData) -> OutletData:
    """As it is kept: no blanks at the ends, codes in plain capitals."""
    return replace(
        data,
        name=data.name.strip(),
        uscc=identifiers.normalise(data.uscc),
        license_institution_code=identifiers.normalise(data.license_institution_code),
        services=list(data.services),
    )


def outlet_faults(data: OutletData) -> dict[str, Verdict]:
    """The codes that are given and cannot be right, by field; a code that is missing is no fault here."""
    verdicts = {}
    if data.uscc:
        verdicts["uscc"] = identifiers.check_uscc(data.uscc)
    if data.license_institution_code:
        verdicts["license_institution_code"] = identifiers.check_licence_in_zhongshan(
            data.license_institution_code
        )
    return {field: verdict for field, verdict in verdicts.items() if not verdict}
