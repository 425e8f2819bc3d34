"""Algorithms, key lengths and random numbers in docs/en/security/keys.md match the program."""

import ast
import base64
import re
from pathlib import Path
from typing import Any

import argon2
import pytest
from argon2.low_level import Type
from cryptography import x509
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.program.test_connections import secrets  # noqa: F401 a fixture
from zsbank.base.accounts import secrets as account_secrets
from zsbank.base.accounts.allauth_private import generate_totp_secret
from zsbank.base.accounts.models import User
from zsbank.base.journal.chain import digest_of, link_hash

ROOMS = ("zsbank", "banks", "admission", "inspections", "exit", "bin")
PASSWORD = "correct horse battery"


def sources() -> dict[str, ast.Module]:
    """Own source files without tests."""
    paths = [path for room in ROOMS for path in sorted((settings.BASE_DIR / room).rglob("*.py"))]
    return {
        path.relative_to(settings.BASE_DIR).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if "tests" not in path.parts
    }


def imported(tree: ast.Module) -> set[str]:
    """Every imported module and name, as `module` or `module.name`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_one_file_encrypts_with_authenticated_encryption() -> None:
    used = {name: {i for i in imported(tree) if i.startswith(("cryptography", "Crypto", "nacl", "ssl"))}
            for name, tree in sources().items()}  # fmt: skip
    assert {name: modules for name, modules in used.items() if modules} == {
        "zsbank/base/accounts/secrets.py": {
            "cryptography.fernet.Fernet",
            "cryptography.fernet.InvalidToken",
            "cryptography.fernet.MultiFernet",
            "cryptography.hazmat.primitives.hashes.SHA256",
            "cryptography.hazmat.primitives.kdf.hkdf.HKDF",
        }
    }


def test_only_sha256_is_used_for_hashing() -> None:
    """SHA-1 is used only for lists of breached passwords, which come in it (docs/en/security/keys.md)."""
    taken: set[str] = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "hashlib"
            ):
                taken.add(node.attr)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sha1":
                assert [word.arg for word in node.keywords] == ["usedforsecurity"]
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "file_digest":
                assert isinstance(node.args[1], ast.Constant)
                taken.add(str(node.args[1].value))
    assert taken == {"sha256", "file_digest", "sha1"}


def test_secrets_come_from_the_system_random_source() -> None:
    """`uuid4` is such a source too; other kinds of UUID can be guessed."""
    weak = {
        name for name, tree in sources().items() if "random" in {i.partition(".")[0] for i in imported(tree)}
    }
    guessable = {
        name
        for name, tree in sources().items()
        if any(
            isinstance(node, ast.Attribute) and re.fullmatch(r"uuid[1-35-8]", node.attr)
            for node in ast.walk(tree)
        )
        or any(re.search(r"uuid\.uuid[1-35-8]", i) for i in imported(tree))
    }
    assert (weak, guessable) == (set(), set())


def test_tokens_and_names_have_128_bits() -> None:
    sizes: dict[str, set[int]] = {}
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
                "token_hex",
                "token_urlsafe",
            ):
                assert isinstance(node.args[0], ast.Constant)
                sizes.setdefault(name, set()).add(int(str(node.args[0].value)))
    assert sizes.pop("zsbank/site/operations/demonstration/people.py") == {
        5
    }  # for demonstration data, not in production
    assert sizes.pop("zsbank/logs.py") == {4}  # the number of a request, to find it in the log; no secret
    assert sizes == {
        "admission/applications/forms.py": {16},
        "banks/members/actions/invitations.py": {32},
        "zsbank/base/files/actions.py": {16},
        "zsbank/environment.py": {50},
        "zsbank/folders.py": {50},
    }
    assert len(generate_totp_secret()) * 5 >= 128


def test_page_nonce_has_128_bits_and_changes() -> None:
    nonces: set[str] = set()

    def page(request: Any) -> HttpResponse:
        nonces.add(str(request.csp_nonce))
        return HttpResponse()

    for _time in range(3):
        CSPMiddleware(page)(RequestFactory().get("/"))
    assert len(nonces) == 3
    assert all(len(base64.b64decode(nonce)) == 16 for nonce in nonces)


@pytest.mark.django_db
def test_session_key_and_reset_token_have_128_bits(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    assert re.fullmatch(r"[a-z0-9]{32}", client.cookies["sessionid"].value)
    token = default_token_generator.make_token(clerk).partition("-")[2]
    assert len(token) * 4 >= 128
    assert default_token_generator.algorithm == "sha256"


def test_sealing_key_has_256_bits_and_one_use() -> None:
    key = account_secrets._key_from(settings.SECRET_KEY)
    assert (len(key._encryption_key), len(key._signing_key)) == (16, 16)
    assert isinstance(key, Fernet)
    assert account_secrets._key_from("another secret")._signing_key != key._signing_key
    assert key._signing_key not in settings.SECRET_KEY.encode()


@pytest.mark.usefixtures("costly_passwords")
def test_passwords_are_hashed_with_argon2id() -> None:
    parameters = argon2.extract_parameters(make_password(PASSWORD).removeprefix("argon2"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 2
    assert (parameters.hash_len >= 32, parameters.salt_len >= 16) == (True, True)


@pytest.mark.django_db
@pytest.mark.usefixtures("costly_passwords")
def test_weak_password_hash_is_renewed_at_sign_in(clerk: User) -> None:
    weaker = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    User.objects.filter(pk=clerk.pk).update(password=f"argon2{weaker}")
    Client().post(reverse("account_login"), {"login": clerk.username, "password": PASSWORD})
    clerk.refresh_from_db()
    assert argon2.extract_parameters(clerk.password.removeprefix("argon2")).memory_cost >= 64 * 1024
    assert check_password(PASSWORD, clerk.password)
    assert identify_hasher(clerk.password).algorithm == "argon2"


def test_journal_and_files_use_256_bit_hashes() -> None:
    assert len(digest_of({"what": "x"})) == 64
    assert len(link_hash("0" * 64, 1, "0" * 64)) == 64


@pytest.mark.parametrize("name", ["ca", "database_cert", "redis_cert"])
def test_certificates_have_3072_bits_and_sha256(secrets: Path, name: str) -> None:  # noqa: F811
    certificate = x509.load_pem_x509_certificate((secrets / name).read_bytes())
    key = certificate.public_key()
    assert isinstance(key, RSAPublicKey)
    assert key.key_size == 3072
    assert key.public_numbers().e == 65537
    assert isinstance(certificate.signature_hash_algorithm, SHA256)
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is (name == "ca")
