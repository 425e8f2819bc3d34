"""The data of an outlet: normalisation and validation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from banks.register import identifiers
from zsbank.base.refusals import Verdict


@dataclass(frozen=True)
class OutletData:
    """The fields of an outlet as entered; they need not meet the admission criteria."""

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
    """Return the data as stored: trimmed, with codes in ASCII upper case."""
    return replace(
        data,
        name=data.name.strip(),
        uscc=identifiers.normalise(data.uscc),
        license_institution_code=identifiers.normalise(data.license_institution_code),
        services=list(data.services),
    )


def outlet_faults(data: OutletData) -> dict[str, Verdict]:
    """Return the malformed codes by field; a missing code is not an error here."""
    verdicts = {}
    if data.uscc:
        verdicts["uscc"] = identifiers.check_uscc(data.uscc)
    if data.license_institution_code:
        verdicts["license_institution_code"] = identifiers.check_licence_in_zhongshan(
            data.license_institution_code
        )
    return {field: verdict for field, verdict in verdicts.items() if not verdict}
