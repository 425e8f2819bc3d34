"""Attempts are counted by network, cannot grow the journal, and cannot flood a mailbox."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from zsbank.base.accounts import adapter, sign_in_records
from zsbank.base.accounts.actions import mail_password_reset
from zsbank.base.accounts.addresses import counted, forwarded_address
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.middleware import rate_limits
from zsbank.site.operations import guesses, runner

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def person(clerk: User) -> User:
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def sign_in(name: str, password: str, address: str) -> int:
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("account_login"), {"login": name, "password": password}).status_code


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_addresses_are_counted_by_network(address: str, block: str) -> None:
    assert counted(address) == block


def guesses_then_the_right_password(person: User) -> int:
    for number in range(5):
        sign_in(person.username, "wrong", f"2001:db8:1:2::{number}")
    return sign_in(person.username, PASSWORD, "2001:db8:1:2::99")


def test_five_guesses_from_one_ipv6_network_are_the_limit(person: User) -> None:
    assert guesses_then_the_right_password(person) == 200
    assert sign_in(person.username, PASSWORD, "2001:db8:1:3::1") == 302


def test_control_by_single_address_there_is_no_limit(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "counted", lambda address: address)
    assert guesses_then_the_right_password(person) == 302


def test_requests_of_visitors_are_counted_by_network() -> None:
    def key(address: str) -> str:
        request = RequestFactory().get("/", REMOTE_ADDR=address)
        request.user = type("Visitor", (), {"is_authenticated": False})()
        return rate_limits._requester(request)

    assert key("2001:db8:1:2::1") == key("2001:db8:1:2::2") != key("2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("remote", "header", "address"),
    [
        ("127.0.0.1", "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        ("::1", "203.0.113.7", "203.0.113.7"),
        ("198.51.100.1", "203.0.113.7", ""),
        ("127.0.0.1", "no address", ""),
        ("127.0.0.1", "", ""),
        ("", "203.0.113.7", ""),
    ],
)
def test_forwarded_address_is_believed_from_named_proxies(
    settings: Settings, remote: str, header: str, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": header})
    assert forwarded_address(request) == address


def refused() -> list[dict[str, object]]:
    return [*Entry.objects.filter(verb="refuse_sign_in").order_by("pk").values_list("data", flat=True)]


def test_guesses_are_counted_in_the_journal(person: User) -> None:
    for _number in range(120):
        sign_in_records.record_refused_sign_in(named=person.username, address="192.0.2.1")
    assert refused() == [
        {"address": "192.0.2.1"},
        {"address": "192.0.2.1", "count": 10},
        {"address": "192.0.2.1", "count": 100},
    ]


def test_guesses_from_many_networks_do_not_grow_the_journal(person: User) -> None:
    for number in range(300):
        sign_in_records.record_refused_sign_in(named=person.username, address=f"2001:db8:0:{number:x}::1")
    assert len(refused()) <= sign_in_records.ADDRESSES_AN_HOUR + 3


def test_control_every_guess_was_an_entry(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_records, "times", lambda what, seconds: 1)
    for _number in range(30):
        sign_in_records.record_refused_sign_in(named=person.username, address="192.0.2.1")
    assert len(refused()) == 30


def test_mailbox_gets_five_reset_mails_a_day(person: User) -> None:
    for _number in range(12):
        mail_password_reset(email=person.email)
    assert len(mail.outbox) == 5


def test_control_without_limit_all_are_mailed(person: User, settings: Settings) -> None:
    settings.RESETS_A_DAY = 100
    for _number in range(12):
        mail_password_reset(email=person.email)
    assert len(mail.outbox) == 12


def guess_from(person: User, networks: int) -> None:
    for number in range(networks):
        sign_in_records.record_refused_sign_in(named=person.username, address=f"192.0.2.{number}")


def test_person_guessed_at_from_many_addresses_is_told_once(person: User) -> None:
    guess_from(person, guesses.MANY_ADDRESSES)
    assert runner.run().done["tell_of_guesses"] == 1
    assert "tell_of_guesses" not in runner.run().done
    told = Message.objects.get(key__startswith="guesses:")
    assert (told.recipient, "密码" in told.title) == (person, True)


def test_person_guessed_at_from_few_addresses_is_not_told(person: User) -> None:
    guess_from(person, guesses.MANY_ADDRESSES - 1)
    assert list(guesses.guessed_at(clock.today())) == []
