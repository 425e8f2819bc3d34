"""What docker-compose.yml and the image give to whom: TLS in between, no secret in sight, no more than is needed."""

import fnmatch
import re
import subprocess
from typing import Any

import pytest
import yaml
from django.conf import settings

COMPOSE: dict[str, Any] = yaml.safe_load(
    (settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
)
SERVICES: dict[str, Any] = COMPOSE["services"]
SERVING = ("web", "worker", "beat")


def secrets_of(service: str) -> set[str]:
    """The secrets that are given to a service."""
    return set(SERVICES[service]["secrets"])


def test_database_and_queue_listen_by_tls_only() -> None:
    assert "ssl=on" in SERVICES["database"]["command"]
    assert "hostssl" in (settings.BASE_DIR / "bin/application_role.sh").read_text(encoding="utf-8")
    words = " ".join(SERVICES["redis"]["command"])
    assert "--port 0 --tls-port 6379" in words
    assert "--tls-protocols TLSv1.2 TLSv1.3" in words


def test_database_and_queue_ask_for_a_password_that_is_in_a_file() -> None:
    assert SERVICES["database"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/owner_password"
    assert SERVICES["redis"]["command"][-2:] == ["--include", "/run/secrets/redis_password"]


def test_no_secret_stands_in_the_file() -> None:
    for name, service in SERVICES.items():
        for variable, value in service["environment"].items() if "environment" in service else ():
            if re.search("PASSWORD|SECRET|KEY|_URL", variable):
                assert variable.endswith("_FILE"), (name, variable)
                assert str(value).startswith("/run/secrets/"), (name, variable)


@pytest.mark.parametrize("service", SERVING)
def test_what_serves_has_neither_the_owners_password_nor_a_key_of_others(service: str) -> None:
    assert secrets_of(service) == {"secret_key", "earlier_keys", "application_url", "redis_url", "ca"}
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in SERVICES[service]["security_opt"]


def test_only_the_preparation_signs_in_as_the_owner() -> None:
    assert [name for name in SERVICES if "owner_url" in secrets_of(name)] == ["prepare"]
    assert all("ca_key" not in secrets_of(name) for name in SERVICES)


def test_only_the_web_is_reached_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("service", ["database", "redis", "prepare"])
def test_what_needs_nothing_outside_reaches_nothing_outside(service: str) -> None:
    assert SERVICES[service]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_image_runs_as_nobody_in_particular_and_cannot_change_its_program() -> None:
    words = (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER zsbank$", words, re.MULTILINE)
    assert words.count("install -d -o zsbank") == 1
    assert "-o zsbank -g zsbank /data" in words
    assert "ZSBANK_MODE=production" in words


@pytest.mark.parametrize(
    "path",
    [
        ".git",
        "secrets",
        "data",
        ".venv",
        "bench",
        "conftest.py",
        "requirements/test.txt",
        "zsbank/site/operations/tests",
        "admission/tests",
        "bin/supervisor/tests",
        "zsbank/pytest_mode.py",
    ],
)
def test_history_secrets_and_tests_do_not_go_into_the_image(path: str) -> None:
    lines = (settings.BASE_DIR / ".dockerignore").read_text(encoding="utf-8").split()
    assert any(
        fnmatch.fnmatch(path, line) or fnmatch.fnmatch(path, line.removeprefix("**/")) for line in lines
    )


def test_no_secret_is_in_the_repository() -> None:
    """Private keys, and passwords in addresses of other machines than this one."""
    words = ["git", "grep", "-nIE", r"BEGIN [A-Z ]*PRIVATE KEY|://[^:/@ ]*:[^$@ {{]+@[a-z]+[.:]"]
    found = subprocess.run(words, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    ours = ("tests/", "bin/services", "docs/", "bin/secrets")
    assert [line for line in found.splitlines() if not any(place in line for place in ours)] == []
