"""Signing in with the city's identity service, in a browser."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.person import PASSWORD, Person
from zsbank.base.accounts import identity
from zsbank.base.accounts.models import Identity
from zsbank.base.accounts.tests.identity_provider import Provider, running
from zsbank.environment import IdentityService

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]


@pytest.fixture
def provider(settings: Settings, live_server: LiveServer) -> Iterator[Provider]:
    """A running identity service, configured for the live server."""
    with running() as provider:
        settings.SITE_ADDRESS = live_server.url
        settings.IDENTITY_SERVICE = IdentityService(
            provider.issuer, "zsbank", "a secret", "市统一身份认证", "preferred_username"
        )
        identity.client_with_metadata.cache_clear()
        yield provider
        identity.client_with_metadata.cache_clear()


def confirm_there(person: Person, subject: str) -> None:
    """Confirm the identity at the service, which redirects back."""
    person.page.fill("input[name=sub]", subject)
    with person.page.expect_navigation(url=f"{person.address}/**"):
        person.page.locator("button[type=submit]").first.click()


def test_officer_signs_in_with_the_service_and_reaches_the_page(
    at_desk: Callable[[str], Person], provider: Provider
) -> None:
    provider.is_known("a-1f3c", preferred_username="reviewer")
    officer = at_desk("reviewer")
    officer.page.goto(officer.address + "/admin/admission/application/")
    officer.picture("identity-offered")
    officer.press("用市统一身份认证登录")
    confirm_there(officer, "a-1f3c")
    assert officer.page.url == officer.address + "/admin/admission/application/"
    assert Identity.objects.get().person.username == "reviewer"


def test_unknown_identity_is_refused_and_password_still_works(
    at_desk: Callable[[str], Person], provider: Provider
) -> None:
    provider.is_known("b-2", preferred_username="nobody-here")
    stranger = at_desk("reviewer")
    stranger.open("/accounts/login/")
    stranger.press("用市统一身份认证登录")
    confirm_there(stranger, "b-2")
    stranger.picture("identity-refused")
    assert "请向管理员核对" in stranger.text()
    stranger.press("用账号名和密码登录")
    stranger.fill(login="reviewer", password=PASSWORD)
    stranger.press("登录")
    assert stranger.page.url.endswith("/admin/")
