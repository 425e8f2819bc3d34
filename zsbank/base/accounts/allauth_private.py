"""allauth's internal names that the register uses; no other module imports them.

allauth may change these names in any release without notice. `tests/test_allauth_private.py` tests the
expected behaviour of each, so that an incompatible upgrade fails there first.
"""

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as AUTHENTICATION_METHODS_USER_SESSION_KEY,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
    suspend_request,
)
from allauth.account.internal.userkit import filter_users_by_email, user_id_to_str
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

__all__ = [
    "AUTHENTICATION_METHODS_USER_SESSION_KEY",
    "TOTP",
    "RecoveryCodes",
    "check_rate_limit",
    "did_recently_reauthenticate",
    "filter_users_by_email",
    "generate_totp_secret",
    "get_reauthentication_flows",
    "record_authentication",
    "suspend_request",
    "user_id_to_str",
]
