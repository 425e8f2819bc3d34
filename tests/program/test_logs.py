"""Content of a log line: what it holds, what it never holds, and which refusals are logged."""

import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.roles import Role
from zsbank.logs import JsonFormatter

if TYPE_CHECKING:
    from conftest import People

ENTER = "/admin/accounts/user/do/enter_person/"
OFFICER = {"username": "new", "name": "新人", "email": "new@hrss.example", "role": Role.REVIEWER.value}


def line_of(message: str, *given: object) -> dict[str, Any]:
    """A line as it is written."""
    text = JsonFormatter().format(logging.LogRecord("zsbank", logging.WARNING, "", 1, message, given, None))
    assert len(text.splitlines()) == 1
    said: dict[str, Any] = json.loads(text)
    return said


def test_line_break_in_input_stays_in_its_line() -> None:
    sent = 'x\r\n{"at": "2026-01-01", "message": "forged"}\u2028\x1b[2J'
    assert line_of("Not Found: %s", sent)["message"] == f"Not Found: {sent}"


def test_time_has_an_offset() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", line_of("x")["at"])


def test_secrets_in_addresses_are_masked() -> None:
    token = "q3v8Zr1Xy7Lw0Tn5Bd9Hs2Jf6Mp4Gc8-Va1Eu7Ro3_Y"
    assert (
        line_of("Not Found: %s", f"/bank/invitation/{token}/")["message"] == "Not Found: /bank/invitation/…/"
    )
    plain = "Not Found: /admin/inspections/rectificationorder/1/do/set_rectification_deadline/"
    assert line_of(plain)["message"] == plain


@pytest.mark.django_db
def test_forged_form_is_logged_with_user_id(clerk: User, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("banks:new_outlet"), {"name": "x"}).status_code == 403
    forged = next(record for record in caplog.records if record.name == "django.security.csrf")
    line = json.loads(JsonFormatter().format(forged))
    assert (line["method"], line["status"]) == ("POST", 403)
    assert json.loads(JsonFormatter().format(caplog.records[-1]))["person"] == clerk.pk


@pytest.mark.django_db
def test_refused_request_is_logged_with_user_id_only(clerk: User, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/applications/999999/")
    text = JsonFormatter().format(caplog.records[-1])
    assert json.loads(text)["person"] == clerk.pk
    assert clerk.name not in text
    assert clerk.username not in text


@pytest.mark.django_db
def test_untrusted_mail_server_is_logged_without_address(
    clerk: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def distrust(*_given: object, **_named: object) -> None:
        raise ConnectionError(f"certificate verify failed for {clerk.email}")

    monkeypatch.setattr(mail.EmailMessage, "send", distrust)
    row = Message.objects.create(recipient=clerk, key="k", title="t", body="b", at=clock.now())
    assert not notices.deliver(row.pk)
    text = JsonFormatter().format(caplog.records[-1])
    assert f"message {row.pk} could not be mailed: ConnectionError" in text
    assert clerk.email not in text


@pytest.mark.django_db
def test_page_refused_by_role_is_logged(people: "People", caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.force_login(people.reviewer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("admin:accounts_user_changelist"))
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (line["status"], line["person"]) == (403, people.reviewer.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [True, False])
def test_failing_permission_check_denies(broken: bool, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    client = Client(raise_request_exception=False)
    security = make_officer("security", Role.SECURITY_ADMINISTRATOR)
    client.force_login(security, backend="django.contrib.auth.backends.ModelBackend")
    if broken:
        monkeypatch.setattr(Action, "is_held", _breaks)
    answer = client.post(ENTER, OFFICER)
    assert answer.status_code == (500 if broken else 302)
    assert User.objects.filter(username="new").exists() is not broken
    assert "some rule" not in answer.content.decode()


def _breaks(*_given: object) -> None:
    raise RuntimeError("some rule of the inside")
