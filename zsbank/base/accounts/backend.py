"""Signing in by name or e-mail address, in the same time whether somebody has it or not."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ByNameOrAddress(AuthenticationBackend):  # type: ignore[misc]
    """Compares a password once with who has the address, else with who has the name, else with nobody's."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """As allauth, which looks for what was typed as a name under addresses too; given twice it compares twice."""
        if credentials.get("username"):
            credentials.pop("email", None)
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return person
