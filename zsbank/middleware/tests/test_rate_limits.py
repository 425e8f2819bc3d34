"""What is refused before any page sees it: too large, too many requests, the API without TLS."""

import logging
import multiprocessing
import secrets
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as configured
from django.core.cache import BaseCache, CacheHandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from admission.editions.models import PolicyEdition
from banks.members.models import Invitation
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.middleware import rate_limits as door
from zsbank.middleware.rate_limits import COSTLY_PAGES, RequestCounter
from zsbank.middleware.request_counts import SharedCounts
from zsbank.settings import RATE_LIMITS

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute that nobody else counts in, and that does not end while a test runs."""
    beginning = secrets.randbelow(2**30) * door.WINDOW_SECONDS
    monkeypatch.setattr(door, "machine_seconds", lambda: float(beginning))


@pytest.fixture
def rate_limits(one_minute: None, settings: Settings) -> None:
    """Three of everything a minute, counted from nothing."""
    settings.RATE_LIMITS = {"reads": 3, "writes": 3, "costly": 2}


def statuses(client: Client, times: int, path: str, **more: Any) -> list[int]:
    """How an address answers, time after time."""
    return [client.get(path, **more).status_code for _ in range(times)]


def test_who_reads_too_often_waits_and_is_told_how_long(
    client: Client, clerk: User, edition: PolicyEdition, rate_limits: None
) -> None:
    client.force_login(clerk)
    assert statuses(client, 4, "/") == [200, 200, 200, 429]
    answer = client.get("/")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert "操作过于频繁" in answer.content.decode()


def test_the_limit_is_each_persons_own(
    client: Client, clerk: User, administrator: User, edition: PolicyEdition, rate_limits: None
) -> None:
    client.force_login(clerk)
    statuses(client, 4, "/")
    client.force_login(administrator)
    assert client.get("/").status_code == 200


def test_the_api_says_it_in_its_own_shape(client: Client, clerk: User, rate_limits: None) -> None:
    client.force_login(clerk)
    statuses(client, 3, "/api/v1/banks/")
    answer = client.get("/api/v1/banks/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["title"] == "too_often"


def test_nobody_floods_strangers_with_invitations(
    client: Client, administrator: User, bank: Bank, rate_limits: None
) -> None:
    client.force_login(administrator)
    said = [
        client.post(
            reverse("banks:members"), {"name": "新人", "email": f"{n}@x.example", "role": "bank_clerk"}
        )
        for n in range(3)
    ]
    assert [answer.status_code for answer in said] == [302, 302, 429]
    assert Invitation.objects.count() == 2


def test_an_export_is_costly(client: Client, people: "People", rate_limits: None) -> None:
    client.force_login(people.auditor)
    address = reverse("admin:journal_entry_export")
    seen = []
    for _ in range(3):
        answer = client.get(address)
        seen.append(answer.status_code)
        if answer.streaming:
            answer.getvalue()
    assert seen == [200, 200, 429]


def test_every_costly_page_is_an_address() -> None:
    for name in COSTLY_PAGES:
        args = [1] if name in ("admission:receipt_pdf", "banks:renew_invitation") else []
        assert reverse(name, args=args)


def test_outside_tests_every_kind_has_a_limit() -> None:
    assert set(RATE_LIMITS) == {"reads", "writes", "costly"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/applications/", "/bank/invitation/"])
def test_who_is_not_signed_in_hands_in_no_files(client: Client, path: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    file = SimpleUploadedFile("a.pdf", b"x" * 1000)
    assert client.post(path, {"file": file}).status_code == 413


def test_a_body_without_end_is_refused_before_it_is_read(
    client: Client, clerk: User, settings: Settings
) -> None:
    client.force_login(clerk)
    more = str(settings.REQUEST_MAX_BYTES + 1)
    answer = client.generic("POST", "/", b"x", MULTIPART, CONTENT_LENGTH=more)
    assert answer.status_code == 413
    assert "300 MB" in answer.content.decode()


def test_the_api_takes_no_more_than_a_form_without_files(
    client: Client, clerk: User, settings: Settings
) -> None:
    client.force_login(clerk)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.put(
        "/api/v1/applications/1/answers/1/", {"text": "甲" * 1000}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["title"]) == (413, "too_large")


def test_behind_tls_the_api_refuses_plain_http_and_pages_lead_to_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
    refused = client.get("/api/v1/banks/")
    assert (refused.status_code, refused.json()["title"]) == (403, "https_only")
    assert client.get("/api/v1/banks/", secure=True).json()["title"] != "https_only"
    assert client.get("/accounts/login/").headers["Location"] == "https://testserver/accounts/login/"


PROCESSES, THREADS, TIMES = 2, 4, 25


def count_in_threads(cache: dict[str, Any]) -> None:
    """Count as one web process with its threads does, each with a cache of its own."""

    def count() -> None:
        own = CacheHandler({"default": cache})["default"]
        for _time in range(TIMES):
            own.add("a-key", 0, timeout=60)
            own.incr("a-key")

    threads = [Thread(target=count) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The cache that the settings name, with nothing in it."""
    cache = {**configured.CACHES["rate_limits"]}
    if configured.REDIS_URL:
        cache["KEY_PREFIX"] = secrets.token_hex()
    else:
        cache["LOCATION"] = str(tmp_path / "counts.sqlite3")
    yield cache
    if configured.REDIS_URL:
        opened(cache).delete("a-key")


def opened(cache: dict[str, Any]) -> BaseCache:
    """A cache as settings describe it."""
    own: BaseCache = CacheHandler({"default": cache})["default"]
    return own


def test_no_count_of_several_processes_and_threads_is_lost(shared: dict[str, Any]) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=count_in_threads, args=(shared,)) for _number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert opened(shared).incr("a-key") == PROCESSES * THREADS * TIMES + 1


def test_a_count_starts_once_and_ends_with_its_time(shared: dict[str, Any]) -> None:
    cache = opened(shared)
    with pytest.raises(ValueError, match="a-key"):
        cache.incr("a-key")
    assert cache.add("a-key", 0, timeout=1)
    assert not cache.add("a-key", 0, timeout=60)
    assert [cache.incr("a-key"), opened(shared).incr("a-key", 3)] == [1, 4]
    time.sleep(1.1)
    with pytest.raises(ValueError, match="a-key"):
        cache.incr("a-key")
    assert cache.add("a-key", 7, timeout=60)
    assert cache.incr("a-key") == 8


def test_the_file_of_counts_is_the_owners_alone_and_keeps_nothing_that_is_over(tmp_path: Path) -> None:
    cache = SharedCounts(str(tmp_path / "counts.sqlite3"), {})
    cache.add("an-address", 0, timeout=0.01)
    time.sleep(0.02)
    cache.add("a-key", 0, timeout=60)
    made = [*tmp_path.iterdir()]
    assert made
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    with closing(sqlite3.connect(tmp_path / "counts.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM count").fetchall() == [(1,)]


def test_two_web_processes_count_together(one_minute: None) -> None:
    one, other = RequestCounter(), RequestCounter()
    assert [one.count("reads:a"), other.count("reads:a"), one.count("reads:a")] == [1, 2, 3]
    assert other.count("reads:b") == 1


def test_the_next_minute_is_counted_anew(monkeypatch: pytest.MonkeyPatch, one_minute: None) -> None:
    counter, beginning = RequestCounter(), door.machine_seconds()
    assert [counter.count("reads:a"), counter.count("reads:a")] == [1, 2]
    monkeypatch.setattr(door, "machine_seconds", lambda: beginning + 59)
    assert counter.count("reads:a") == 3
    monkeypatch.setattr(door, "machine_seconds", lambda: beginning + 60)
    assert counter.count("reads:a") == 1


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """A place where connections are taken and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_while_the_shared_cache_is_away_each_process_counts_by_itself_and_nobody_waits(
    silent_redis: str, settings: Settings, one_minute: None, caplog: pytest.LogCaptureFixture
) -> None:
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": silent_redis,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)},
    }
    settings.CACHES = {**configured.CACHES, "rate_limits": redis}
    counter, began = RequestCounter(), time.monotonic()
    with caplog.at_level(logging.WARNING):
        assert [counter.count("reads:a") for _time in range(4)] == [1, 2, 3, 4]
    assert time.monotonic() - began < 3
    assert len(caplog.records) == 1


def test_counts_come_together_again_once_the_cache_is_back(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, one_minute: None
) -> None:
    counter, given = RequestCounter(), settings.CACHES
    settings.CACHES = {
        **given,
        "rate_limits": {
            "BACKEND": "zsbank.middleware.request_counts.SharedCounts",
            "LOCATION": "/nowhere/counts.sqlite3",
        },
    }
    assert [counter.count("reads:a"), counter.count("reads:a")] == [1, 2]
    settings.CACHES = given
    assert counter.count("reads:a") == 3
    later = time.monotonic() + door.RETRY_SECONDS
    monkeypatch.setattr("zsbank.middleware.rate_limits.time.monotonic", lambda: later)
    assert counter.count("reads:a") == 1
