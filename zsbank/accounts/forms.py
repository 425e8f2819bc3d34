"""Forms at the door that must not tell which accounts there are."""

import logging
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from kombu.exceptions import OperationalError

from zsbank.accounts.tasks import mail_way_back

logger = logging.getLogger(__name__)


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
