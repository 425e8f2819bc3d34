"""allauth's forms for authentication, which also record the result."""

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.http import HttpRequest
from kombu.exceptions import OperationalError

from zsbank.base.accounts import sign_in_records
from zsbank.base.accounts.allauth_private import check_rate_limit, record_authentication
from zsbank.base.accounts.models import User
from zsbank.base.accounts.recovery_codes import use_code
from zsbank.base.accounts.tasks import mail_password_reset

logger = logging.getLogger(__name__)
TOO_MANY = "too_many_login_attempts"

if TYPE_CHECKING:
    Base = forms.Form
else:
    Base = object


class RecordsFailure(Base):
    """Records invalid codes; attempts beyond the limit are only logged.

    The adapter records invalid passwords.
    """

    shown = "code"
    user: User

    def full_clean(self) -> None:
        """Django calls this once for each submitted form."""
        super().full_clean()
        if not (self.is_bound and self.errors):
            return
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        if TOO_MANY in codes:
            logger.warning("a %s was not tried: too many failures of this account", self.shown)
        else:
            sign_in_records.record_refused_factor(person=self.user, address=_address(), shown=self.shown)


class RecordsReauthentication(Base):
    """Records a successful re-authentication."""

    shown = "code"
    user: User

    def full_clean(self) -> None:
        """Django calls this once for each submitted form."""
        super().full_clean()
        if self.is_bound and not self.errors:
            sign_in_records.record_reauthentication(person=self.user, address=_address(), shown=self.shown)


def _address() -> str:
    return str(get_adapter().get_client_ip(context.request))


class ChecksCode(Base):
    """Accepts the current code of the authenticator or an unused recovery code."""

    user: User

    def clean_code(self) -> str:
        """Return the code if it is valid; every attempt counts against the limit.

        Raises:
            ValidationError: the code is wrong, or there were too many attempts.
        """
        forgive = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"]).replace(" ", "")
        for row in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            is_recovery = row.type == Authenticator.Type.RECOVERY_CODES
            if use_code(person=self.user, code=code) if is_recovery else row.wrap().validate_code(code):
                row.user = self.user
                self.authenticator = row
                forgive()
                return code
        raise get_mfa_adapter().validation_error("incorrect_code")


class CodeForm(RecordsFailure, ChecksCode, AuthenticateForm):  # type: ignore[misc]
    """An authenticator code or a recovery code at sign-in."""


class CodeReauthenticationForm(RecordsFailure, RecordsReauthentication, ChecksCode, ReauthenticateForm):  # type: ignore[misc]
    """An authenticator code or a recovery code at re-authentication."""


class PasskeyForm(RecordsFailure, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey at sign-in."""

    shown = "passkey"


class PasskeyReauthenticationForm(RecordsFailure, RecordsReauthentication, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey at re-authentication."""

    shown = "passkey"


class PasswordReauthenticationForm(RecordsReauthentication, PasswordAgain):  # type: ignore[misc]
    """The password at re-authentication."""

    shown = "password"


class CountsAsAuthentication(Base):
    """Setting up a second factor counts as authentication: the page of recovery codes does not ask again."""

    user: User

    def full_clean(self) -> None:
        """Django calls this once for each submitted form."""
        super().full_clean()
        if self.is_bound and not self.errors:
            record_authentication(context.request, self.user, method="mfa", reauthenticated=True)


class ActivateAuthenticatorForm(CountsAsAuthentication, ActivateTOTPForm):  # type: ignore[misc]
    """Sets up an authenticator."""


class AddPasskeyForm(CountsAsAuthentication, AddWebAuthnForm):  # type: ignore[misc]
    """Adds a passkey."""


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Passes the address to the worker, whether or not an account has it; only the worker looks it up.

    If the broker is unavailable nothing is mailed, and the person has to ask again.
    """

    def clean_email(self) -> str:
        """Return the address as entered."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **given: Any) -> str:
        """Send the task to the worker."""
        email = str(self.cleaned_data["email"])
        try:
            mail_password_reset.delay(email)
        except (OperationalError, OSError):
            logger.exception("a mail for a new password could not be asked for")
        return email
