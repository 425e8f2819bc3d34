"""Manipulated requests: fields that are not offered, repeated, of another type, or forged addresses."""

import re
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.applications.actions import applications as admission
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from banks.members.models import Member
from banks.outlets.models import Outlet
from banks.register.models import Bank
from tests.security.test_hardening import PRODUCTION, manage
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry

pytestmark = pytest.mark.django_db
OUTLET = {
    "name": "示例支行",
    "town": "石岐街道",
    "address": "示例路1号",
    "windows": "2",
    "trained_staff": "3",
}
SCRIPTS = sorted((configured.BASE_DIR / "static/js").rglob("*.js"))


@pytest.fixture
def as_clerk(client: Client, clerk: User) -> Client:
    """A clerk's client."""
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """An application that is being filled in."""
    return admission.start_application(bank=bank, by=clerk)


def answer(client: Client, application: Application, **given: Any) -> Any:
    """Save an answer with the API."""
    body = {"text": "自行承担。", "signatory": "示例负责人", "signed_on": "2020-01-02", "version": 0} | given
    path = f"/api/v1/applications/{application.pk}/answers/9/"
    return client.put(path, body, content_type="application/json")


def test_api_ignores_fields_not_offered(as_clerk: Client, application: Application, other_bank: Bank) -> None:
    more = {"state": "approved", "bank": other_bank.pk, "saved_at": "2001-01-01", "id": 7}
    assert answer(as_clerk, application, **more).status_code == 200
    application.refresh_from_db()
    assert (application.state, application.bank_id) != ("approved", other_bank.pk)
    row = application.answers.get(criterion__number=9)
    assert row.saved_at.year != 2001
    assert application.answers.count() == 1


def test_form_ignores_fields_not_offered(as_clerk: Client, bank: Bank, other_bank: Bank, clerk: User) -> None:
    more = {
        "bank": other_bank.pk,
        "removed_on": "2001-01-01",
        "id": 999,
        "is_staff": "1",
        "is_superuser": "1",
    }
    as_clerk.post(reverse("banks:new_outlet"), OUTLET | more)
    outlet = Outlet.objects.get()
    assert (outlet.bank_id, outlet.pk == 999) == (bank.pk, False)
    clerk.refresh_from_db()
    assert (clerk.is_staff, clerk.is_superuser) == (False, False)
    assert Member.objects.get(user=clerk).bank_id == bank.pk


def test_form_code_reads_the_body_only(as_clerk: Client) -> None:
    as_clerk.post(f"{reverse('banks:new_outlet')}?name=from-the-address", OUTLET)
    assert Outlet.objects.get().name == OUTLET["name"]


def test_form_ignores_address_cookie_and_header(as_clerk: Client) -> None:
    without = {name: value for name, value in OUTLET.items() if name != "name"}
    as_clerk.cookies["name"] = "from-a-cookie"
    headers = {"name": "from-a-header"}
    answer = as_clerk.post(f"{reverse('banks:new_outlet')}?name=from-the-address", without, headers=headers)
    assert answer.status_code == 200
    assert not Outlet.objects.exists()


def test_repeated_field_counts_once(as_clerk: Client) -> None:
    as_clerk.post(reverse("banks:new_outlet"), OUTLET | {"name": ["first", "second"]})
    assert Outlet.objects.get().name == "second"


@pytest.mark.parametrize("field", ["text", "signatory", "signed_on", "version", "facts"])
@pytest.mark.parametrize("value", [{"$ne": 1}, [1], True, 1.5, "１", {}, [], None])
def test_value_of_another_type_is_refused_or_unambiguous(
    as_clerk: Client, application: Application, field: str, value: object
) -> None:
    said = answer(as_clerk, application, **{field: value})
    assert said.status_code in (200, 400, 409)
    if said.status_code == 200:
        assert said.json()[field] in (
            {"text": "１", "signatory": "１", "facts": {}}.get(field),
            str(value),
            1,
        )


def test_api_answers_with_declared_fields_only(
    as_clerk: Client, application: Application, bank: Bank
) -> None:
    one = as_clerk.get("/api/v1/banks/").json()["results"][0]
    assert set(one) == {
        "id",
        "name",
        "uscc",
        "category",
        "standing",
        "may_issue",
        "bar_last_day",
        "may_apply_from",
        "taken_over_on",
    }
    one = as_clerk.get("/api/v1/applications/").json()["results"][0]
    assert set(one) == {"id", "case_number", "state", "started_at", "submitted_at", "accept_by", "accepted_on",
                        "decide_by", "closed_on", "answers", "service_commitment"}  # fmt: skip
    for room in ("zsbank", "banks", "admission", "inspections", "exit"):
        for path in (configured.BASE_DIR / room).rglob("*.py"):
            if "tests" not in path.parts:
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"fields = .__all__|\bexclude = [\[(]", text), path


def sign_in_from(person: User, forwarded: str) -> str:
    """Return the recorded address of a sign-in with this forwarding header."""
    person.set_password("correct horse battery")
    person.save()
    client = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    client.post(reverse("account_login"), {"login": person.username, "password": "correct horse battery"})
    return str(Entry.objects.get(verb="sign_in").data["address"])


def test_client_address_comes_from_the_proxy(clerk: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    assert sign_in_from(clerk, "203.0.113.9, 192.0.2.7") == "192.0.2.7"


def test_forwarding_header_is_ignored_from_elsewhere_than_the_proxy(clerk: User, settings: Settings) -> None:
    """Control of the test before: the same header from an address that is not named."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.TRUSTED_PROXIES = ["10.0.1.0/24"]
    assert sign_in_from(clerk, "203.0.113.9, 192.0.2.7") == "10.0.0.1"


def test_forwarding_header_is_ignored_without_proxy(clerk: User) -> None:
    assert sign_in_from(clerk, "203.0.113.9") == "10.0.0.1"


def test_production_trusts_one_proxy(tmp_path: "Any") -> None:
    script = "from django.conf import settings; print('proxies', settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    assert "proxies 1" in manage(tmp_path, "shell", "--no-imports", "-c", script, **PRODUCTION)[1]


KEEPERS = {"drafts.js", "sign-in.js", "saving.js"}
"""Scripts that keep what a person typed and has not sent, and when they were seen last (decision 0022)."""

KEEPER_OF_PHOTOGRAPHS = {"unsent.js"}
"""The script that keeps photographs taken without a connection until they are uploaded (decision 0041)."""


def test_own_scripts_evaluate_nothing_and_only_keepers_store() -> None:
    evaluating = re.compile(r"\beval\(|new Function|innerHTML|document\.cookie|caches\.")
    in_a_database = re.compile(r"indexedDB")
    storing = re.compile(r"localStorage|sessionStorage")
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS}
    assert len(texts) >= 2
    assert [name for name, text in texts.items() if evaluating.search(text)] == []
    assert {name for name, text in texts.items() if storing.search(text)} == KEEPERS
    assert {name for name, text in texts.items() if in_a_database.search(text)} == KEEPER_OF_PHOTOGRAPHS


def test_drafts_leave_out_passwords_files_and_hidden_fields() -> None:
    drafts = next(path for path in SCRIPTS if path.name == "drafts.js").read_text(encoding="utf-8")
    [left_out] = re.findall(r"const LEFT_OUT = \[(.*?)\]", drafts)
    assert {"hidden", "password", "file"} <= set(re.findall(r'"(\w+)"', left_out))


def test_own_scripts_write_to_no_dynamic_property() -> None:
    written = re.compile(r"__proto__|Object\.assign|\.prototype|\[[^\]\d\"']+\]\s*=[^=>]|structuredClone")
    found = {path.name: written.findall(path.read_text(encoding="utf-8")) for path in SCRIPTS}
    assert {name: what for name, what in found.items() if what and not _takes_apart(what)} == {}


def _takes_apart(found: list[str]) -> bool:
    """`const [file, shown] = …` unpacks a list and writes to no object."""
    return all(re.fullmatch(r"\[\w+(, \w+)*\] =.", what) for what in found)


def test_no_secret_is_in_a_query_string(clerk: User, client: Client) -> None:
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    for path in ("/", "/bank/outlets/", "/accounts/sessions/"):
        page = client.get(path).content.decode()
        assert session not in page
        assert not re.search(r'(href|action)="[^"]*(csrfmiddlewaretoken|session|token|password)=', page)
        assert 'method="get"' not in page


def test_caches_hold_counts_locks_and_addresses_only() -> None:
    shared = (
        "django.core.cache.backends.redis.RedisCache"
        if configured.REDIS_URL
        else "zsbank.middleware.request_counts.SharedCounts"
    )
    assert {name: cache["BACKEND"] for name, cache in configured.CACHES.items()} == {
        "default": "django.core.cache.backends.db.DatabaseCache",
        "rate_limits": shared,
        "rate_limits_fallback": "django.core.cache.backends.locmem.LocMemCache",
        "work_counts": "django.core.cache.backends.locmem.LocMemCache",
    }
    assert configured.CACHES["rate_limits"]["LOCATION"] in (
        configured.REDIS_URL,
        str(configured.DATA_DIR / "rate_limits.sqlite3"),
    )
    assert not [name for name in configured.MIDDLEWARE if "cache" in name.lower()]
    for path in (configured.BASE_DIR / "zsbank").rglob("*.py"):
        if "tests" not in path.parts and path.name not in (
            "form_answers.py",
            "user_lock.py",
            "rate_limits.py",
            "request_counts.py",
            "counts.py",
            "work_list.py",
        ):
            assert not re.search(r"cache_page|core\.cache import", path.read_text(encoding="utf-8")), path
