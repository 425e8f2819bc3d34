"""Authentication by name or e-mail address, in the same time whether or not the account exists."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ByNameOrAddress(AuthenticationBackend):  # type: ignore[misc]
    """Compares the password once: with the account of the address, else of the name, else with a dummy."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """As in allauth, but without its second comparison for a name that was also given as an address."""
        if credentials.get("username"):
            credentials.pop("email", None)
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return person
