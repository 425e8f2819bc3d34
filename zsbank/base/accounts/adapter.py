"""allauth's account adapter: no registration; sign-ins and changes of credentials are recorded."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zsbank.base.accounts import full_reauthentication, sessions, sign_in_records
from zsbank.base.accounts.addresses import counted, forwarded_address
from zsbank.base.accounts.allauth_private import get_reauthentication_flows
from zsbank.base.accounts.mails import mail_of
from zsbank.base.accounts.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open registration: the bureau enters the first user of a bank, who invites colleagues."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is closed."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and record it."""
        super().login(request, user)
        if isinstance(user, User):
            logger.info("signed in", extra={"person": user.pk})
            records = get_authentication_records(request, user)
            shown = [str(record.get("type") or record["method"]) for record in records]
            sign_in_records.record_sign_in(person=user, address=self.get_client_ip(request), shown=shown)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and record it."""
        person = request.user
        super().logout(request)
        if isinstance(person, User):
            sign_in_records.record_sign_out(person=person)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Check the limit of failures and log when it is exceeded; the name is not logged."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            logger.warning("a sign-in was not tried: too many failures of this account from this address")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a refused sign-in, in the same way whether or not the account exists."""
        named = str(credentials.get("username") or credentials.get("email") or "")
        logger.info("a sign-in was refused")
        sign_in_records.record_refused_sign_in(named=named, address=self.get_client_ip(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Require full re-authentication before a change of credentials.

        People without password and second factor need a recent sign-in instead.

        Raises:
            ImmediateHttpResponse: leads to the next step: another method, or a new sign-in by the identity
                service.
        """
        request = self.request
        if (
            not get_reauthentication_flows(request.user)
            and sessions.seconds_since_sign_in(request) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        ):
            logout(request)
            messages.info(request, _("Your session has expired. Sign in to continue."))
            raise ImmediateHttpResponse(redirect_to_login(request.path))
        full_reauthentication.require_full(request)
        needed: bool = super().is_reauthentication_required(app=app, **kwargs)
        return needed

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Record a change of credentials and notify the person; allauth calls it for every change.

        A change of a second factor ends the person's other sessions, like a change of the password.
        """
        if isinstance(user, User):
            sign_in_records.record_sign_in_change(person=user, what=template_prefix.rsplit("/", 1)[-1])
            if template_prefix.startswith("mfa/"):
                sessions.end_all(user, except_key=self.request.session.session_key)
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; failure of the mail server is logged, without an error page that reveals the account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("%s could not be mailed", template_prefix)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return the program's own mail: allauth's greet from the host's name and thank for the use."""
        found = mail_of(template_prefix, context)
        if found is None:
            mail: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            return mail
        to = [email] if isinstance(email, str) else email
        return EmailMessage(*found, self.get_from_email(), to, headers=headers)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address: from X-Forwarded-For only if a named proxy sent the request."""
        return forwarded_address(request) or str(request.META.get("REMOTE_ADDR", ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures per account and address (IPv6: /64), so that nobody can lock out another person."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{counted(self.get_client_ip(request))}"
