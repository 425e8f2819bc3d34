"""Passwords: length, any characters, not guessable; change and reset."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core import mail
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import travel

from banks.members.forms import NewAccountForm
from banks.members.models import Invitation
from zsbank import environment
from zsbank.base.accounts.models import User
from zsbank.base.accounts.passwords import OUR_WORDS, is_listed
from zsbank.base.accounts.tasks import mail_password_reset
from zsbank.site.portal.tests.signing_in import ELSEWHERE, PASSWORD, sign_in

NEW = "a stable full of zebras"
TEN = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


def refused(password: str, user: User | None = None) -> list[str]:
    """Return the codes of the reasons against a password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [fault.code or "" for fault in error.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "zebra zebra in the stable " * 3,
        "ABCDEFQWOPLK",
        "qwoplkmbvdeu",
        "846291740358",
        "＊＊！！%%&&()[]{}§§",
        "猫在屋顶上唱歌到天亮才停",
        "👨‍👩‍👧 on the 🛶 at dawn",
    ],
)
def test_any_characters_are_allowed(password: str) -> None:
    assert refused(password) == []


def test_short_password_is_refused() -> None:
    assert refused("qwoplkmbvde") == ["password_too_short"]


def test_lengthened_common_password_is_refused() -> None:
    common = CommonPasswordValidator().passwords
    for password in [word for word in common if len(word) >= 6][::7]:
        for lengthened in (password * 3, f"{password}20261125", f"!{password.title()}12345!"):
            assert "password_too_common" in refused(lengthened), lengthened
    for password in [word for word in common if len(word) >= 12]:
        assert "password_too_common" in refused(password), password


@pytest.mark.parametrize("word", OUR_WORDS)
def test_password_of_our_words_is_refused(word: str) -> None:
    assert "our_words" in refused(f"{word.title()}-{word}-20261125")


@pytest.mark.parametrize(
    "password", ["Zhongshan@2026", "zsbank12345678", "中山社保卡合作银行2026年", "bank_reviewer_01"]
)
def test_password_of_several_our_words_is_refused(password: str) -> None:
    assert "our_words" in refused(password)


def test_our_word_among_other_words_is_allowed() -> None:
    assert refused("the bank beneath the willow") == []


def test_password_similar_to_name_or_address_is_refused() -> None:
    person = User(username="zhangxiaoming", name="Zhang Daming Wei", email="zhang.office@bank.example")
    for password in ("zhangxiaoming1", "Zhang Daming Wei", "zhang.office@bank.example"):
        assert refused(password, person) == ["password_too_similar"]


def test_breached_password_is_refused(tmp_path: Path, settings: Settings) -> None:
    breached = [f"{NEW} {number}" for number in range(60)]
    digests = sorted(
        hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in breached
    )
    listed = tmp_path / "breached.txt"
    listed.write_text("".join(f"{digest}:{place * 37}\r\n" for place, digest in enumerate(digests)))
    assert all(is_listed(digest, listed) for digest in digests)
    assert not is_listed("0" * 40, listed)
    assert not is_listed("F" * 40, listed)
    assert refused(breached[3]) == []
    settings.BREACHED_PASSWORDS = listed
    assert refused(breached[3]) == ["breached"]
    assert refused(NEW) == []


def test_empty_breach_list_refuses_nothing(tmp_path: Path) -> None:
    listed = tmp_path / "breached.txt"
    listed.touch()
    assert not is_listed("A" * 40, listed)


def test_missing_breach_list_is_configuration_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZSBANK_BREACHED_PASSWORDS", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="no such file"):
        environment.file("ZSBANK_BREACHED_PASSWORDS")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password",
    [f"{NEW} " * 8, " begins and ends with blanks ", "Ünïcode ＷＩＤＥ und ß", "👨‍👩‍👧 on the 🛶 at dawn"],
)
def test_password_is_stored_exactly(person: User, password: str) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post(reverse("account_change_password"), given).status_code == 302
    for other in (password.swapcase(), password.strip() + "x", password[:-1]):
        assert sign_in(person.username, other, ELSEWHERE)[1] == 200
    assert sign_in(person.username, password)[1] == 302


@pytest.mark.django_db
def test_password_change_needs_current_password(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    for present in ("", "wrong"):
        given = {"oldpassword": present, "password1": NEW, "password2": NEW}
        assert client.post(reverse("account_change_password"), given).status_code == 200
    assert sign_in(person.username, PASSWORD)[1] == 302


@pytest.mark.django_db
def test_password_change_refuses_common_password(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    given = {"oldpassword": PASSWORD, "password1": "qwerty123456", "password2": "qwerty123456"}
    assert client.post(reverse("account_change_password"), given).status_code == 200
    assert sign_in(person.username, PASSWORD)[1] == 302


@pytest.mark.django_db
def test_password_does_not_expire(person: User) -> None:
    with travel(dt.datetime(2036, 11, 25, tzinfo=dt.UTC), tick=False):
        assert sign_in(person.username, PASSWORD)[1] == 302


@pytest.mark.django_db
def test_password_fields_are_hidden_and_autocompleted(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    for reader, page, fields in (
        (Client(), "account_login", 1),
        (client, "account_change_password", 3),
        (client, "account_reauthenticate", 1),
    ):
        text = reader.get(reverse(page)).content.decode()
        inputs = re.findall(r"<input[^>]*password[^>]*>", text)
        hidden = [one for one in inputs if 'type="password"' in one]
        assert len(hidden) == fields
        assert all(re.search(r'autocomplete="(current|new)-password"', one) for one in hidden)
        assert "onpaste" not in text


@pytest.mark.django_db
def test_password_set_fields_are_hidden_and_autocompleted(person: User) -> None:
    client = Client()
    page = client.get(client.get(reset_link(person))["Location"]).content.decode()
    assert page.count('type="password"') == 2
    first = str(NewAccountForm(None, Invitation()))
    assert first.count('type="password"') == first.count('autocomplete="new-password"') == 2


def reset_link(person: User) -> str:
    """Return the link in the mail to a person who forgot the password."""
    mail_password_reset(person.email)
    found = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert found
    return found[0]


def reset(link: str, password: str) -> Client:
    """Follow the link and set a password."""
    client = Client()
    page = client.get(link)
    if page.status_code == 302:
        client.post(page["Location"], {"password1": password, "password2": password})
    return client


@pytest.mark.django_db
def test_reset_link_works_once_and_ends_sessions(person: User) -> None:
    there, _status, _page = sign_in(person.username, PASSWORD)
    link = reset_link(person)
    client = reset(link, NEW)
    assert client.get("/").status_code == 302
    assert there.get("/").status_code == 302
    reset(link, "quite another set of zebras")
    assert sign_in(person.username, NEW)[1] == 302


@pytest.mark.django_db
def test_reset_link_expires_after_an_hour(person: User) -> None:
    with travel(TEN + dt.timedelta(minutes=0, seconds=0), tick=False):
        link = reset_link(person)
    with travel(TEN + dt.timedelta(minutes=60, seconds=2), tick=False):
        reset(link, NEW)
    assert sign_in(person.username, NEW)[1] == 200
    with travel(TEN + dt.timedelta(minutes=59, seconds=58), tick=False):
        reset(link, NEW)
    assert sign_in(person.username, NEW)[1] == 302


@pytest.mark.django_db
def test_reset_link_is_bound_to_person(person: User, administrator: User) -> None:
    theirs, mine = reset_link(administrator), reset_link(person)
    mixed = (
        theirs.rsplit("/key/", 1)[0]
        + "/key/"
        + theirs.split("/key/")[1].split("-")[0]
        + "-"
        + mine.split("-", 1)[1]
    )
    reset(mixed, NEW)
    assert sign_in(administrator.username, NEW)[1] == 200
