"""The form of the second factor: a code of the authenticator, or a recovery code."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator

from zsbank.accounts import actions
from zsbank.accounts.recovery_codes import spend


class _Code(BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """A code that fits now; every one counts against the limit, and one that does not fit is recorded."""
        forgive = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"]).replace(" ", "")
        for row in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            is_recovery = row.type == Authenticator.Type.RECOVERY_CODES
            if spend(person=self.user, code=code) if is_recovery else row.wrap().validate_code(code):
                row.user = self.user
                self.authenticator = row
                forgive()
                return code
        address = get_account_adapter().get_client_ip(context.request)
        actions.note_refused_second_factor(person=self.user, address=address)
        raise get_adapter().validation_error("incorrect_code")


class SecondFactorForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """Asked at sign-in."""


class SecondFactorAgainForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """Asked of who shows again that it is still they who sit there."""
