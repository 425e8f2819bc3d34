"""Coming in through the page, as people do."""

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.urls import reverse

PASSWORD = "correct horse battery"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def try_in(name: str, password: str, address: str = HERE) -> tuple[Client, int, str]:
    """Post the sign-in form; gives the client, the status and the page."""
    client = Client(REMOTE_ADDR=address)
    answer = client.post(reverse("account_login"), {"login": name, "password": password})
    return client, answer.status_code, answer.content.decode()


def show_again(client: Client, password: str = PASSWORD) -> None:
    """Show on the page that asks for it that it is still oneself."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def totp_of(secret: str) -> str:
    """What the authenticator shows now."""
    authenticator = TOTP(base64.b32decode(secret), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303
    return authenticator.generate(int(time.time())).decode()
