"""Mails about accounts: this program's words for every mail of allauth, in both languages, without the host's name."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils.translation import override
from pytest_django import Settings

from zsbank.base.accounts.adapter import AccountAdapter
from zsbank.base.accounts.mails import CHANGES, REQUESTS, mail_of
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

TEMPLATES = Path(allauth.__file__).parent / "templates"
NOT_SENT = {
    "account/email/login_code": "codes by mail are off",
    "account/email/password_reset_code": "codes by mail are off",
    "account/email/unknown_account": "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS is off",
}
OFFERED = ("Hello", "hank you", "感谢", "您好", "！", "!", "testserver", "127.0.0.1")


def prefixes() -> set[str]:
    """The names of all mails that allauth can send from the apps in use."""
    return {
        f"{app}/email/{path.name.removesuffix('_subject.txt')}"
        for app in ("account", "mfa")
        for path in (TEMPLATES / app / "email").glob("*_subject.txt")
    }


def test_every_mail_of_allauth_has_words() -> None:
    ours = {*CHANGES, *REQUESTS, "account/email/email_confirmation_signup"}
    assert prefixes() - ours == set(NOT_SENT)
    assert settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS is False


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("prefix", sorted({*CHANGES, *REQUESTS}))
def test_mail_is_plain_and_signed_by_the_bureau(prefix: str, language: str, settings: Settings) -> None:
    settings.OFFICE_PHONE = "0760-88880000"
    given = {
        "user": User(username="somebody", name="某人"),
        "timestamp": clock.now(),
        "ip": "192.0.2.1",
        "user_agent": "Firefox",
        "activate_url": "https://register.example/a",
        "password_reset_url": "https://register.example/b",
    }
    with override(language):
        mail = mail_of(prefix, given)
    assert mail is not None
    subject, text = mail
    assert [word for word in OFFERED if word in subject + text] == []
    for part in (settings.BUREAU_NAME, settings.SITE_NAME, "0760-88880000"):
        assert part in text
    assert ("192.0.2.1" in text, "https://register.example/" in text) == (
        prefix in CHANGES,
        prefix in REQUESTS,
    )


def test_adapter_sends_these_mails(rf: RequestFactory, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "register@hrss.example"
    adapter = AccountAdapter(rf.get("/"))
    given = {"user": User(username="somebody", name="某人"), "ip": "192.0.2.1"}
    mail = adapter.render_mail("mfa/email/totp_activated", "a@bank.example", given)
    assert (mail.to, mail.from_email) == (["a@bank.example"], "register@hrss.example")
    assert "某人" in str(mail.body)


@pytest.mark.django_db
def test_changed_password_is_mailed_in_these_words(clerk: User, mailoutbox: list[object]) -> None:
    password = "a stable full of zebras"
    clerk.set_password(password)
    clerk.save()
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    new = {"oldpassword": password, "password1": f"{password} too", "password2": f"{password} too"}
    client.post("/accounts/password/change/", new)
    [mail] = mailoutbox
    assert getattr(mail, "subject", "") == "您的密码已修改"
    assert "clerk员：" in getattr(mail, "body", "")
