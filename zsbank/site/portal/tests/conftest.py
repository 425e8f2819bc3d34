"""Fixtures: a clerk and the security administrator, with passwords; the identity service."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from conftest import make_officer
from zsbank.base.accounts import identity
from zsbank.base.accounts.models import User
from zsbank.base.accounts.tests.identity_provider import (
    Provider,
    running,
)
from zsbank.base.roles import Role
from zsbank.environment import IdentityService
from zsbank.site.portal.tests.signing_in import PASSWORD, SUBJECT


@pytest.fixture
def person(clerk: User) -> User:
    """A clerk with a password."""
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


@pytest.fixture
def security(db: None) -> User:
    """The security administrator, with a password."""
    officer = make_officer("security", Role.SECURITY_ADMINISTRATOR)
    officer.set_password(PASSWORD)
    officer.save()
    return officer


@pytest.fixture(scope="module")
def running_provider() -> Iterator[Provider]:
    """One service for all tests of this file."""
    with running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider: Provider, settings: Settings) -> Iterator[Provider]:
    """The service without forgeries, configured for sign-in."""
    running_provider.in_token = running_provider.in_description = running_provider.signed = None
    running_provider.elsewhere = ""
    running_provider.asked.clear()
    settings.IDENTITY_SERVICE = IdentityService(
        running_provider.issuer, "zsbank", "a secret", "市统一身份认证", "preferred_username"
    )
    identity.client_with_metadata.cache_clear()
    yield running_provider
    identity.client_with_metadata.cache_clear()


@pytest.fixture
def known(provider: Provider, clerk: User) -> User:
    """A clerk whose account name the service knows."""
    provider.is_known(SUBJECT, preferred_username=clerk.username)
    return clerk
