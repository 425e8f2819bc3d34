"""Cache-Control and Clear-Site-Data headers."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.middleware.no_store import SIGNED_OUT, TIMED_OUT

pytestmark = pytest.mark.django_db
CLEAR = "Clear-Site-Data"


@pytest.fixture
def signed_in(clerk: User) -> Client:
    """A client signed in as a clerk."""
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_sign_out_clears_site_data(signed_in: Client) -> None:
    assert signed_in.post(reverse("account_logout")).headers[CLEAR] == SIGNED_OUT


def test_session_timeout_keeps_drafts(signed_in: Client) -> None:
    session = signed_in.session
    session["seen"] = time.time() - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert signed_in.get("/").headers[CLEAR] == TIMED_OUT


def test_other_responses_do_not_clear_site_data(signed_in: Client, client: Client) -> None:
    assert CLEAR not in signed_in.get("/").headers
    assert CLEAR not in client.get(reverse("account_login")).headers


def test_error_pages_are_not_stored(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no-store" in signed_in.get("/nowhere/").headers["Cache-Control"]
    broken = Client(raise_request_exception=False)
    monkeypatch.setattr("zsbank.site.operations.views.health.check", _fails)
    answer = broken.get(reverse("operations:healthz"))
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (500, True)


def _fails() -> None:
    raise RuntimeError("an internal secret")
