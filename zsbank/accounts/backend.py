"""Whether name and password fit: the same work is done for a name that somebody has and for one that nobody has."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class NameOrEmail(AuthenticationBackend):  # type: ignore[misc]
    """Finds the one person meant and tries one password once.

    The library tries a known e-mail twice, as name and as e-mail, and an unknown one once: the time it takes tells
    which accounts there are. Who has the e-mail comes before who chose it as a name.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """The person with this name or e-mail when the password is theirs."""
        named = str(credentials.get("email") or credentials.get("username") or "")
        by_name = get_user_by_username(named)
        by_email = filter_users_by_email(named, prefer_verified=True, for_login=True)
        person = next(iter(by_email), by_name)
        found: AbstractBaseUser | None = self._check_password(person, credentials["password"])
        return found
