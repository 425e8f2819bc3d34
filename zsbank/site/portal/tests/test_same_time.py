"""A refused sign-in takes the same work whether or not the account exists."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from zsbank.base.accounts.models import User
from zsbank.site.portal.tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PASSWORDS_TRIED = "a password that nobody has"


@pytest.fixture
def hashed() -> Iterator[list[str]]:
    """Every password that Argon2 hashes or verifies, which takes most of the time."""
    found: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def encoding(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        found.append(password)
        return encode(self, password, salt)

    def verifying(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        found.append(password)
        return verify(self, password, encoded)

    with (
        patch.object(Argon2PasswordHasher, "encode", encoding),
        patch.object(Argon2PasswordHasher, "verify", verifying),
    ):
        yield found


def work_of(hashed: list[str], login: str) -> int:
    """Return how often Argon2 ran for one refused sign-in."""
    hashed.clear()
    assert sign_in(login, PASSWORDS_TRIED)[1] == 200
    return len(hashed)


def test_known_and_unknown_logins_take_same_work(person: User, hashed: list[str]) -> None:
    logins = (person.username, person.email, "nobody", "nobody@bank.example")
    assert len({work_of(hashed, login) for login in logins}) == 1


def test_account_without_password_takes_same_work(person: User, hashed: list[str]) -> None:
    known = work_of(hashed, person.username)
    person.set_unusable_password()
    person.save()
    assert work_of(hashed, person.username) == known
