"""Passkeys in a browser with a virtual authenticator."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator

from tests.browser.person import PASSWORD, Person
from zsbank.base.journal.models import Entry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("officers"),
]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_passkey_is_added_and_required_at_next_sign_in(
    at_desk: Callable[[str], Person],
) -> None:
    officer = at_desk("auditor")
    session = officer.window.new_cdp_session(officer.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    officer.sign_in()
    officer.open("/accounts/2fa/webauthn/add/")
    officer.fill(name="办公电脑")
    with officer.page.expect_navigation():
        officer.page.locator("#mfa_webauthn_add").click()
    assert "/recovery-codes/" in officer.page.url
    officer.window.clear_cookies()
    officer.page.goto(officer.address + "/accounts/login/")
    officer.fill(login="auditor", password=PASSWORD)
    officer.press("登录")
    assert "/2fa/authenticate/" in officer.page.url
    assert Authenticator.objects.filter(user__username="auditor").count() == 2
    with officer.page.expect_navigation():
        officer.page.locator("#mfa_webauthn_authenticate").click()
    officer.open("/admin/")
    assert "webauthn_added" in Entry.objects.filter(verb="change_sign_in").values_list(
        "data__what", flat=True
    )
