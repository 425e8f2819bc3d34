"""Fixtures: a clerk and the security administrator, with passwords."""

import pytest

from zsbank.base.accounts.models import User
from zsbank.base.roles import Role
from zsbank.site.portal.tests.signing_in import PASSWORD


@pytest.fixture
def person(clerk: User) -> User:
    """A clerk with a password."""
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


@pytest.fixture
def security(db: None) -> User:
    """The security administrator, with a password."""
    from conftest import make_officer  # noqa: PLC0415 conftest is loaded by pytest

    officer = make_officer("security", Role.SECURITY_ADMINISTRATOR)
    officer.set_password(PASSWORD)
    officer.save()
    return officer
