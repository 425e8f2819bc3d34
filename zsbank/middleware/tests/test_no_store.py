"""What stays in the browser when somebody goes."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.middleware.no_store import RAN_OUT, SIGNED_OUT

pytestmark = pytest.mark.django_db
CLEAR = "Clear-Site-Data"


@pytest.fixture
def signed_in(clerk: User) -> Client:
    """A clerk's browser."""
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_signing_out_clears_what_the_browser_kept(signed_in: Client) -> None:
    assert signed_in.post(reverse("account_logout")).headers[CLEAR] == SIGNED_OUT


def test_a_sign_in_that_runs_out_keeps_what_was_typed(signed_in: Client) -> None:
    session = signed_in.session
    session["seen"] = time.time() - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert signed_in.get("/").headers[CLEAR] == RAN_OUT


def test_who_stays_signed_in_or_never_was_keeps_it(signed_in: Client, client: Client) -> None:
    assert CLEAR not in signed_in.get("/").headers
    assert CLEAR not in client.get(reverse("account_login")).headers


def test_error_pages_are_not_stored_either(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no-store" in signed_in.get("/nowhere/").headers["Cache-Control"]
    broken = Client(raise_request_exception=False)
    monkeypatch.setattr("zsbank.site.operations.views.health.look", _fails)
    answer = broken.get(reverse("operations:healthz"))
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (500, True)


def _fails() -> None:
    raise RuntimeError("some secret of the inside")
