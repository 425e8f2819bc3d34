"""Security policies on every page, no start without secrets, logs without row data."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from admission.editions.models import PolicyEdition
from zsbank.base.accounts.models import User
from zsbank.logs import JsonFormatter

if TYPE_CHECKING:
    from conftest import People

PRODUCTION = {
    "ZSBANK_MODE": "production",
    "ZSBANK_ALLOWED_HOSTS": "register.example",
    "ZSBANK_CLAMAV": "unix:/run/clamav/clamd.ctl",
    "ZSBANK_SECRET_KEY": "kQ3v8Zr1Xy7Lw0Tn5Bd9Hs2Jf6Mp4Gc8Va1Eu7Ro3Yi5Ql9Wk2Cx6Nz",
}

ASK = """
import json
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
client = Client(headers={"host": "register.example"})
def answer(path, **more):
    said = client.get(path, **more)
    result = {"headers": dict(said.headers), "set": [cookie.OutputString() for cookie in said.cookies.values()]}
    said.close()
    return result
def plain(path):
    said = client.get(path)
    return [said.status_code, said.headers.get("Location", "")]
cookies = [
    {
        "name": getattr(settings, f"{kind}_COOKIE_NAME"),
        "secure": getattr(settings, f"{kind}_COOKIE_SECURE"),
        "httponly": getattr(settings, f"{kind}_COOKIE_HTTPONLY"),
        "samesite": getattr(settings, f"{kind}_COOKIE_SAMESITE"),
        "path": getattr(settings, f"{kind}_COOKIE_PATH"),
        "domain": getattr(settings, f"{kind}_COOKIE_DOMAIN"),
    }
    for kind in ("SESSION", "CSRF", "LANGUAGE")
]
print(json.dumps({
    "cookies": cookies,
    "page": answer("/accounts/login/", secure=True),
    "missing": answer("/nowhere/", secure=True),
    "style": answer(staticfiles_storage.url("css/app.css"), secure=True),
    "plain_page": plain("/accounts/login/"),
    "plain_api": plain("/api/v1/banks/"),
}))
"""
"""Asked of the register in production settings; it needs no database."""


def manage(tmp_path: Path, *words: str, **variables: str) -> tuple[int, str]:
    """Exit code and output of a command in its own environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    place = {"ZSBANK_DATA": str(tmp_path), "ZSBANK_BUILD": str(settings.BUILD_DIR)}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=kept | place | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def policy_of(client: Client, path: str) -> dict[str, str]:
    """The content security policy of a page, by directive."""
    header = client.get(path).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_portal_policy_forbids_inline_content(clerk: User, edition: PolicyEdition, client: Client) -> None:
    client.force_login(clerk)
    policy = policy_of(client, "/")
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in " ".join(policy.values())


@pytest.mark.django_db
def test_desk_policy_forbids_inline_code_and_styles(people: "People", client: Client) -> None:
    client.force_login(people.auditor)
    policy = policy_of(client, reverse("admin:index"))
    assert policy["default-src"] == "'self'"
    for directive in ("script-src", "style-src"):
        assert "unsafe" not in policy[directive]
    assert "style-src-attr" not in policy
    page = client.get(reverse("admin:index")).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", page)


@pytest.mark.django_db
def test_no_page_can_be_framed(client: Client) -> None:
    assert client.get(reverse("account_login")).headers["X-Frame-Options"] == "DENY"


def test_production_settings_pass_djangos_own_check(tmp_path: Path) -> None:
    code, said = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (code, "no issues" in said) == (0, True), said


def test_deploy_check_requires_a_virus_scanner(tmp_path: Path) -> None:
    code, said = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"ZSBANK_CLAMAV": ""}
    )
    assert code != 0
    assert "zsbank.W001" in said


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Cookie settings and the headers of three answers in production."""
    code, said = manage(
        tmp_path_factory.mktemp("production"), "shell", "--no-imports", "-c", ASK, **PRODUCTION
    )
    assert code == 0, said
    found: dict[str, Any] = json.loads(
        next(line for line in said.splitlines() if line.startswith('{"cookies"'))
    )
    return found


def test_production_cookies_are_secure_and_host_only(production: dict[str, Any]) -> None:
    cookies = production["cookies"]
    assert [cookie["name"][:7] for cookie in cookies] == ["__Host-"] * 3
    kept = {(one["secure"], one["httponly"], one["samesite"], one["path"], one["domain"]) for one in cookies}
    assert kept == {(True, True, "Lax", "/", None)}
    [given] = production["page"]["set"]
    assert given.startswith("__Host-csrftoken=")
    assert all(words in given for words in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in given


@pytest.mark.parametrize("answer", ["page", "missing", "style"])
def test_production_answers_have_hsts_and_policy(production: dict[str, Any], answer: str) -> None:
    headers = production[answer]["headers"]
    rules = [rule.strip() for rule in headers["Strict-Transport-Security"].split(";")]
    assert int(rules[0].removeprefix("max-age=")) >= 31536000
    assert "includeSubDomains" in rules
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_production_redirects_pages_but_not_the_api(production: dict[str, Any]) -> None:
    assert production["plain_page"] == [301, "https://register.example/accounts/login/"]
    assert production["plain_api"] == [403, ""]


def test_production_does_not_start_without_its_secret(tmp_path: Path) -> None:
    without = {name: value for name, value in PRODUCTION.items() if name != "ZSBANK_SECRET_KEY"}
    code, said = manage(tmp_path, "check", **without)
    assert code != 0
    assert "production needs a secret: set ZSBANK_SECRET_KEY" in said
    assert not (tmp_path / "secret_key").exists()


def test_production_reads_its_secret_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(PRODUCTION["ZSBANK_SECRET_KEY"], encoding="ascii")
    without = {name: value for name, value in PRODUCTION.items() if name != "ZSBANK_SECRET_KEY"}
    assert manage(tmp_path, "check", **without, ZSBANK_SECRET_KEY_FILE=str(secret))[0] == 0


@pytest.mark.parametrize("weak", ["short-but-quite-mixed-1234567890", "ab" * 40])
def test_production_refuses_a_weak_key(tmp_path: Path, weak: str) -> None:
    code, said = manage(tmp_path, "check", **PRODUCTION | {"ZSBANK_SECRET_KEY": weak})
    assert code != 0
    assert "ZSBANK_SECRET_KEY is too weak" in said
    assert weak not in said


def test_earlier_keys_are_read_from_a_file(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.write_text("the-one-before\nthe-one-before-that\n", encoding="ascii")
    script = "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"
    words = ("shell", "--no-imports", "-c", script)
    assert (
        "['the-one-before', 'the-one-before-that']"
        in manage(tmp_path, *words, **PRODUCTION, ZSBANK_EARLIER_KEYS_FILE=str(earlier))[1]
    )


def test_production_refuses_the_demonstration(tmp_path: Path) -> None:
    code, said = manage(tmp_path, "demo", **PRODUCTION)
    assert code != 0
    assert "not in production" in said


def _fail() -> None:
    raise DatabaseError("duplicate key: (张三, 138 0013 8000)")


def test_log_line_omits_the_error_message() -> None:
    try:
        _fail()
    except DatabaseError:
        record = logging.LogRecord("zsbank", logging.ERROR, "", 1, "row %s failed", (7,), sys.exc_info())
    text = JsonFormatter().format(record)
    line = json.loads(text)
    assert (line["error"], line["message"]) == ("DatabaseError", "row 7 failed")
    assert line["through"][-1].startswith("test_hardening.py:")
    assert "张三" not in text
