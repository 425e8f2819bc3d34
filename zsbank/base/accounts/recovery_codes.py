"""Recovery codes: shown once, stored as sealed hashes, valid once each.

They are stored where allauth keeps imported codes, so that its counts work; its own forms are not used.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from zsbank.base.accounts.factors import CODES
from zsbank.base.accounts.models import User
from zsbank.base.accounts.secrets import seal, unseal


@transaction.atomic
def replace_by_hashes(*, person: User, codes: list[str]) -> None:
    """Replace the seed of the person's codes by hashes, which verify a code but do not reveal it."""
    row = _row(person)
    row.data = {CODES: [seal(make_password(code)) for code in codes], "viewed_at": row.data.get("viewed_at")}
    row.save(update_fields=["data"])


@transaction.atomic
def use_code(*, person: User, code: str) -> bool:
    """Use a code up; return whether it was an unused code of the person."""
    if len(code) != settings.MFA_RECOVERY_CODE_DIGITS:
        return False
    row = _row(person)
    kept: list[str] = row.data.get(CODES, [])
    used = next((one for one in kept if check_password(code, unseal(one))), None)
    if used is not None:
        kept.remove(used)
        row.save(update_fields=["data"])
    return used is not None


def _row(person: User) -> Authenticator:
    rows = Authenticator.objects.select_for_update(no_key=True)
    return rows.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
