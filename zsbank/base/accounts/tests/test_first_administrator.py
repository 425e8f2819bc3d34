"""The command `first_administrator`: creates the first account, without a password."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_roles
from zsbank.base.journal.models import Entry
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
WHO = ("first", "安全管理员甲", "first@hrss.example")


def test_new_register_has_no_accounts() -> None:
    assert not User.objects.exists()


def test_first_administrator_has_role_and_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    person = User.objects.get()
    assert staff_roles(person) == {Role.SECURITY_ADMINISTRATOR}
    assert not person.has_usable_password()
    assert not person.is_superuser
    assert "/accounts/password/reset/key/" in capsys.readouterr().out
    assert {"enter_person", "grant_role"} == set(Entry.objects.values_list("verb", flat=True))


def test_second_first_administrator_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    with pytest.raises(SystemExit):
        call_command("first_administrator", "second", "某人", "second@hrss.example")
    assert User.objects.count() == 1


def link_in(said: str) -> str:
    """The path of the printed link."""
    return next(word for word in said.split() if "/password/reset/key/" in word).partition("8000")[2]


def test_printed_link_sets_the_password_once_and_leads_to_the_second_factor(
    client: Client, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    call_command("first_administrator", *WHO)
    link = link_in(capsys.readouterr().out)
    form = client.get(link, follow=True)
    chosen = {"password1": "a stable full of zebras", "password2": "a stable full of zebras"}
    client.post(form.request["PATH_INFO"], chosen)
    assert User.objects.get().has_usable_password()
    again = Client().get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()
    client.post("/accounts/login/", {"login": "first", "password": "a stable full of zebras"})
    asked = client.get("/admin/", follow=True)
    assert asked.request["PATH_INFO"] == "/accounts/2fa/"


def test_new_link_is_for_one_without_a_password_only(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    call_command("first_administrator", "first", "--link")
    assert capsys.readouterr().out.count("/password/reset/key/") == 2
    person = User.objects.get()
    person.set_password("a stable full of zebras")
    person.save()
    for refused in (["first", "--link"], ["nobody", "--link"]):
        with pytest.raises(SystemExit):
            call_command("first_administrator", *refused)


def test_incomplete_first_administrator_is_refused() -> None:
    with pytest.raises(SystemExit):
        call_command("first_administrator", "first")
    assert not User.objects.exists()


def test_superuser_has_no_permissions() -> None:
    person = User.objects.create_superuser("root", "root@hrss.example", "a stable full of zebras")
    assert staff_roles(person) == frozenset()
    client = Client()
    client.force_login(person)
    for page in (
        "/admin/accounts/user/",
        "/admin/banks/bank/",
        "/admin/journal/entry/",
        "/admin/letters/letter/",
    ):
        assert client.get(page).status_code == 403
