"""docker-compose.yml and the image: TLS between services, no secrets inside, least privilege."""

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
    """The secrets given to a service."""
    return set(SERVICES[service]["secrets"])


def test_database_and_queue_accept_tls_only() -> None:
    assert "ssl=on" in SERVICES["database"]["command"]
    assert "hostssl" in (settings.BASE_DIR / "bin/application_role.sh").read_text(encoding="utf-8")
    words = " ".join(SERVICES["redis"]["command"])
    assert "--port 0 --tls-port 6379" in words
    assert "--tls-protocols TLSv1.2 TLSv1.3" in words


def test_database_and_queue_require_a_password_from_a_file() -> None:
    assert SERVICES["database"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/owner_password"
    assert SERVICES["redis"]["command"][-2:] == ["--include", "/run/secrets/redis_password"]


def test_compose_file_has_no_secret() -> None:
    for name, service in SERVICES.items():
        for variable, value in service["environment"].items() if "environment" in service else ():
            if re.search("PASSWORD|SECRET|KEY|_URL", variable):
                assert variable.endswith("_FILE"), (name, variable)
                assert str(value).startswith("/run/secrets/"), (name, variable)


@pytest.mark.parametrize("service", SERVING)
def test_serving_containers_lack_owner_password_and_other_keys(service: str) -> None:
    assert secrets_of(service) == {"secret_key", "earlier_keys", "application_url", "redis_url", "ca"}
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in SERVICES[service]["security_opt"]


def test_only_preparation_uses_the_database_owner() -> None:
    assert [name for name in SERVICES if "owner_url" in secrets_of(name)] == ["prepare"]
    assert all("ca_key" not in secrets_of(name) for name in SERVICES)


def test_only_the_web_is_published_and_only_locally() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("service", ["database", "redis", "prepare"])
def test_internal_containers_have_no_external_network(service: str) -> None:
    assert SERVICES[service]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_image_runs_unprivileged_with_read_only_program() -> None:
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
def test_image_has_no_history_secrets_or_tests(path: str) -> None:
    lines = (settings.BASE_DIR / ".dockerignore").read_text(encoding="utf-8").split()
    assert any(
        fnmatch.fnmatch(path, line) or fnmatch.fnmatch(path, line.removeprefix("**/")) for line in lines
    )


def test_no_secret_is_in_the_repository() -> None:
    """Looks for private keys, and passwords in addresses of other machines."""
    words = ["git", "grep", "-nIE", r"BEGIN [A-Z ]*PRIVATE KEY|://[^:/@ ]*:[^$@ {{]+@[a-z]+[.:]"]
    found = subprocess.run(words, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    ours = ("tests/", "bin/services", "docs/", "bin/secrets")
    assert [line for line in found.splitlines() if not any(place in line for place in ours)] == []
