"""Registrations to be judged, for tests."""

from banks.register.models import Bank
from banks.register.terms import BankCategory
from banks.registrations.actions import request_registration
from banks.registrations.models import Registration
from zsbank.base.accounts.models import User

OTHER_CODE = "91442000MADEM0038X"


def alike(bank: Bank, code: str = OTHER_CODE) -> dict[str, str]:
    """Data of a bank that look like those of another: the same name, with brackets and blanks of another width."""
    return {
        "name": bank.name.replace("（", "(").replace("）", ")"),
        "uscc": code,
        "license_institution_code": "B9999H244200001",
        "address": "示例路99号",
    }


def pending(bank: Bank, by: User, code: str = OTHER_CODE) -> Registration:
    """A registration that looks like a bank and waits for a second person."""
    return request_registration(
        **alike(bank, code), category=BankCategory.CITY, statement="示例：另一法人。", by=by
    )
