"""The command `first_administrator`: creates the first account, without a password."""

import pytest
from django.core.management import call_command
from django.test import Client

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
    assert "/accounts/password/reset/" in capsys.readouterr().out
    assert {"enter_person", "grant_role"} == set(Entry.objects.values_list("verb", flat=True))


def test_second_first_administrator_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    with pytest.raises(SystemExit):
        call_command("first_administrator", "second", "某人", "second@hrss.example")
    assert User.objects.count() == 1


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
