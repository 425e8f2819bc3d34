"""Request limits: body size, number of requests, TLS for the API."""

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
from zsbank.middleware import rate_limits as limits_module
from zsbank.middleware.rate_limits import COSTLY_PAGES, RequestCounter
from zsbank.middleware.request_counts import SharedCounts
from zsbank.settings import RATE_LIMITS

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed minute that no other test counts in and that does not end during the test."""
    beginning = secrets.randbelow(2**30) * limits_module.WINDOW_SECONDS
    monkeypatch.setattr(limits_module, "machine_seconds", lambda: float(beginning))


@pytest.fixture
def rate_limits(one_minute: None, settings: Settings) -> None:
    """Low limits per minute, counted from zero."""
    settings.RATE_LIMITS = {"reads": 3, "writes": 3, "costly": 2}


def statuses(client: Client, times: int, path: str, **more: Any) -> list[int]:
    """Return the status codes of repeated requests."""
    return [client.get(path, **more).status_code for _ in range(times)]


def test_reads_over_limit_get_429_with_retry_after(
    client: Client, clerk: User, edition: PolicyEdition, rate_limits: None
) -> None:
    client.force_login(clerk)
    assert statuses(client, 4, "/") == [200, 200, 200, 429]
    answer = client.get("/")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert "操作过于频繁" in answer.content.decode()


def test_limit_counts_per_person(
    client: Client, clerk: User, administrator: User, edition: PolicyEdition, rate_limits: None
) -> None:
    client.force_login(clerk)
    statuses(client, 4, "/")
    client.force_login(administrator)
    assert client.get("/").status_code == 200


def test_api_answers_exceeded_limit_with_problem(client: Client, clerk: User, rate_limits: None) -> None:
    client.force_login(clerk)
    statuses(client, 3, "/api/v1/banks/")
    answer = client.get("/api/v1/banks/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["title"] == "too_often"


def test_invitations_are_rate_limited(
    client: Client, administrator: User, bank: Bank, rate_limits: None
) -> None:
    client.force_login(administrator)
    answers = [
        client.post(
            reverse("banks:members"), {"name": "新人", "email": f"{n}@x.example", "role": "bank_clerk"}
        )
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert Invitation.objects.count() == 2


def test_journal_export_is_rate_limited(client: Client, people: "People", rate_limits: None) -> None:
    client.force_login(people.auditor)
    address = reverse("admin:journal_entry_export")
    seen = []
    for _ in range(3):
        answer = client.get(address)
        seen.append(answer.status_code)
        if answer.streaming:
            answer.getvalue()
    assert seen == [200, 200, 429]


WITHOUT_ROW = {"admin:journal_entry_export", "banks:import_upload", "banks:members"}
WITH_TWO = {"admission:supplement_receipt_pdf"}


def test_every_costly_page_has_url() -> None:
    for name in COSTLY_PAGES:
        args = [] if name in WITHOUT_ROW else [1, 1] if name in WITH_TWO else [1]
        assert reverse(name, args=args)


def test_settings_limit_every_kind() -> None:
    assert set(RATE_LIMITS) == {"reads", "writes", "costly"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/applications/", "/bank/invitation/"])
def test_anonymous_upload_is_refused(client: Client, path: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    file = SimpleUploadedFile("a.pdf", b"x" * 1000)
    assert client.post(path, {"file": file}).status_code == 413


def test_oversized_body_is_refused_unread(client: Client, clerk: User, settings: Settings) -> None:
    client.force_login(clerk)
    more = str(settings.REQUEST_MAX_BYTES + 1)
    answer = client.generic("POST", "/", b"x", MULTIPART, CONTENT_LENGTH=more)
    assert answer.status_code == 413
    assert "300 MB" in answer.content.decode()


def test_api_body_has_limit_of_forms_without_files(client: Client, clerk: User, settings: Settings) -> None:
    client.force_login(clerk)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.put(
        "/api/v1/applications/1/answers/1/", {"text": "甲" * 1000}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["title"]) == (413, "too_large")


def test_plain_http_is_refused_by_api_and_redirected_by_pages(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
    refused = client.get("/api/v1/banks/")
    assert (refused.status_code, refused.json()["title"]) == (403, "https_only")
    assert client.get("/api/v1/banks/", secure=True).json()["title"] != "https_only"
    assert client.get("/accounts/login/").headers["Location"] == "https://testserver/accounts/login/"


PROCESSES, THREADS, TIMES = 2, 4, 25


def count_in_threads(cache: dict[str, Any]) -> None:
    """Count as one web process with several threads does, each thread with its own cache."""

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
    """The shared cache of the settings, empty."""
    cache = {**configured.CACHES["rate_limits"]}
    if configured.REDIS_URL:
        cache["KEY_PREFIX"] = secrets.token_hex()
    else:
        cache["LOCATION"] = str(tmp_path / "counts.sqlite3")
    yield cache
    if configured.REDIS_URL:
        opened(cache).delete("a-key")


def opened(cache: dict[str, Any]) -> BaseCache:
    """Return the cache with these settings."""
    own: BaseCache = CacheHandler({"default": cache})["default"]
    return own


def test_concurrent_counts_are_not_lost(shared: dict[str, Any]) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=count_in_threads, args=(shared,)) for _number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert opened(shared).incr("a-key") == PROCESSES * THREADS * TIMES + 1


def test_count_starts_once_and_expires(shared: dict[str, Any]) -> None:
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


def test_counts_file_is_private_and_drops_expired_counts(tmp_path: Path) -> None:
    cache = SharedCounts(str(tmp_path / "counts.sqlite3"), {})
    cache.add("an-address", 0, timeout=0.01)
    time.sleep(0.02)
    cache.add("a-key", 0, timeout=60)
    made = [*tmp_path.iterdir()]
    assert made
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    with closing(sqlite3.connect(tmp_path / "counts.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM count").fetchall() == [(1,)]


def test_two_processes_share_counts(one_minute: None) -> None:
    one, other = RequestCounter(), RequestCounter()
    assert [one.count("reads:a"), other.count("reads:a"), one.count("reads:a")] == [1, 2, 3]
    assert other.count("reads:b") == 1


def test_count_restarts_each_minute(monkeypatch: pytest.MonkeyPatch, one_minute: None) -> None:
    counter, beginning = RequestCounter(), limits_module.machine_seconds()
    assert [counter.count("reads:a"), counter.count("reads:a")] == [1, 2]
    monkeypatch.setattr(limits_module, "machine_seconds", lambda: beginning + 59)
    assert counter.count("reads:a") == 3
    monkeypatch.setattr(limits_module, "machine_seconds", lambda: beginning + 60)
    assert counter.count("reads:a") == 1


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """An address that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_process_counts_alone_while_shared_cache_is_unavailable(
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


def test_shared_counting_resumes_when_cache_returns(
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
    later = time.monotonic() + limits_module.RETRY_SECONDS
    monkeypatch.setattr("zsbank.middleware.rate_limits.time.monotonic", lambda: later)
    assert counter.count("reads:a") == 1
