"""A new register has no accounts; the first is made by who runs it, and has no password until its person sets one."""

import pytest
from django.core.management import call_command
from django.test import Client

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_roles
from zsbank.base.journal.models import Entry
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
WHO = ("first", "安全管理员甲", "first@hrss.example")


def test_a_new_register_has_no_account() -> None:
    assert not User.objects.exists()


def test_the_first_administrator_gives_roles_and_has_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    person = User.objects.get()
    assert staff_roles(person) == {Role.SECURITY_ADMINISTRATOR}
    assert not person.has_usable_password()
    assert not person.is_superuser
    assert "/accounts/password/reset/" in capsys.readouterr().out
    assert {"enter_person", "grant_role"} == set(Entry.objects.values_list("verb", flat=True))


def test_there_is_no_second_first_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_administrator", *WHO)
    with pytest.raises(SystemExit):
        call_command("first_administrator", "second", "某人", "second@hrss.example")
    assert User.objects.count() == 1


def test_djangos_own_superuser_may_do_nothing_here() -> None:
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
