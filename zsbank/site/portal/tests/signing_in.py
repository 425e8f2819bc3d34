"""Helpers for signing in through the page."""

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.urls import reverse

SUBJECT = "a-1f3c"
"""What the identity service calls the person."""

PASSWORD = "correct horse battery"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def sign_in(name: str, password: str, address: str = HERE) -> tuple[Client, int, str]:
    """Submit the sign-in form; return client, status and page."""
    client = Client(REMOTE_ADDR=address)
    answer = client.post(reverse("account_login"), {"login": name, "password": password})
    return client, answer.status_code, answer.content.decode()


def reauthenticate(client: Client, password: str = PASSWORD) -> None:
    """Re-authenticate with the password."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def totp_of(secret: str) -> str:
    """Return the current code of an authenticator."""
    authenticator = TOTP(base64.b32decode(secret), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303
    return authenticator.generate(int(time.time())).decode()
