"""The forms in which somebody shows who they are, as allauth has them; the record learns how each ended."""

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

from zsbank.base.accounts import actions
from zsbank.base.accounts.allauth_private import check_rate_limit, record_authentication
from zsbank.base.accounts.models import User
from zsbank.base.accounts.recovery_codes import spend
from zsbank.base.accounts.tasks import mail_way_back

logger = logging.getLogger(__name__)
TOO_MANY = "too_many_login_attempts"

if TYPE_CHECKING:
    Base = forms.Form
else:
    Base = object


class Refusing(Base):
    """Records what did not fit; what is no longer tried is only logged.

    A password that does not fit is recorded where it is compared, by the adapter.
    """

    shown = "code"
    user: User

    def full_clean(self) -> None:
        """Called once for each form that was sent."""
        super().full_clean()
        if not (self.is_bound and self.errors):
            return
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        if TOO_MANY in codes:
            logger.warning("a %s was not tried: too many failures of this account", self.shown)
        else:
            actions.record_refused_factor(person=self.user, address=_address(), shown=self.shown)


class Again(Base):
    """Records that somebody who is signed in showed again that it is they."""

    shown = "code"
    user: User

    def full_clean(self) -> None:
        """Called once for each form that was sent."""
        super().full_clean()
        if self.is_bound and not self.errors:
            actions.record_reauthentication(person=self.user, address=_address(), shown=self.shown)


def _address() -> str:
    return str(get_adapter().get_client_ip(context.request))


class Fitting(Base):
    """A code fits when the authenticator shows it now, or when it is a recovery code that was not used yet."""

    user: User

    def clean_code(self) -> str:
        """A code that fits; every one that is tried counts against the limit."""
        forgive = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"]).replace(" ", "")
        for row in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            is_recovery = row.type == Authenticator.Type.RECOVERY_CODES
            if spend(person=self.user, code=code) if is_recovery else row.wrap().validate_code(code):
                row.user = self.user
                self.authenticator = row
                forgive()
                return code
        raise get_mfa_adapter().validation_error("incorrect_code")


class Code(Refusing, Fitting, AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator, or a recovery code, at sign-in."""


class CodeAgain(Refusing, Again, Fitting, ReauthenticateForm):  # type: ignore[misc]
    """A code before a decision."""


class Passkey(Refusing, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey at sign-in."""

    shown = "passkey"


class PasskeyAgain(Refusing, Again, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before a decision."""

    shown = "passkey"


class Password(Again, PasswordAgain):  # type: ignore[misc]
    """The password before a decision."""

    shown = "password"


class Shown(Base):
    """Who sets a second factor up has shown it; its recovery codes come next, without asking for it once more."""

    user: User

    def full_clean(self) -> None:
        """Called once for each form that was sent."""
        super().full_clean()
        if self.is_bound and not self.errors:
            record_authentication(context.request, self.user, method="mfa", reauthenticated=True)


class NewAuthenticator(Shown, ActivateTOTPForm):  # type: ignore[misc]
    """Sets an authenticator up."""


class NewPasskey(Shown, AddWebAuthnForm):  # type: ignore[misc]
    """Adds a passkey."""


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks for an address and hands it to the worker, whoever has it: only the worker looks.

    When the broker is away nothing is mailed; whoever waits for the mail asks again.
    """

    def clean_email(self) -> str:
        """The address as typed."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **given: Any) -> str:
        """Ring the worker."""
        email = str(self.cleaned_data["email"])
        try:
            mail_way_back.delay(email)
        except (OperationalError, OSError):
            logger.exception("a mail for a new password could not be asked for")
        return email
