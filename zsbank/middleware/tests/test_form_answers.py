"""What a page's script is answered: where to go on, which step comes first, and each form once."""

import datetime as dt
import time
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from admission.applications.models import Application
from banks.members.models import Member
from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.accounts.reauthentication import require
from zsbank.base.accounts.steps import step_at
from zsbank.base.permissions import REAUTH_VERBS
from zsbank.base.refusals import PROBLEM
from zsbank.base.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
KEY = "0123456789abcdef" * 2
START = "admission:start"
SCRIPTS: dict[str, dict[str, Any]] = {
    "form": {"HTTP_X_FORM_KEY": KEY},
    "htmx": {"HTTP_HX_REQUEST": "true"},
    "fetch": {"HTTP_SEC_FETCH_DEST": "empty"},
    "XMLHttpRequest": {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
}


@pytest.fixture
def signed_in(administrator: User, client: Client) -> Client:
    """The browser of the bank's administrator."""
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def start(client: Client, **headers: Any) -> Any:
    """Send the form that starts an application."""
    return client.post(reverse(START), {"confirmed": "on"}, **headers)


def run_out(client: Client) -> None:
    """Let the sign-in be idle for too long."""
    session = client.session
    session["seen"] = time.time() - settings.SESSION_IDLE_SECONDS - 1
    session.save()


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_ended_sign_in_is_a_problem_to_scripts(signed_in: Client, script: str) -> None:
    run_out(signed_in)
    answer = start(signed_in, **SCRIPTS[script])
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)
    assert answer.json()["type"] == "urn:zsbank:sign_in"
    assert not Application.objects.exists()


def test_an_ended_sign_in_leads_the_browser_to_the_sign_in(signed_in: Client) -> None:
    run_out(signed_in)
    answer = start(signed_in)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_form_gets_the_address_to_go_on_to(signed_in: Client) -> None:
    answer = start(signed_in, **SCRIPTS["form"])
    row = Application.objects.get()
    assert answer.json() == {"to": reverse("admission:task_list", args=[row.pk])}


def test_a_form_sent_again_gets_the_first_answer(signed_in: Client) -> None:
    first = start(signed_in, **SCRIPTS["form"]).json()
    assert start(signed_in, **SCRIPTS["form"]).json() == first
    assert Application.objects.count() == 1


def test_another_persons_key_is_another_form(signed_in: Client, bank: Bank) -> None:
    start(signed_in, **SCRIPTS["form"])
    colleague = make_member(bank, "colleague", Role.BANK_ADMINISTRATOR).user
    client = Client()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    assert start(client, **SCRIPTS["form"]).status_code == 200


def test_a_form_on_its_way_is_not_carried_out_a_second_time(signed_in: Client, administrator: User) -> None:
    cache.set(f"form:{administrator.pk}:{KEY}:running", True)
    assert start(signed_in, **SCRIPTS["form"]).status_code == 425
    assert not Application.objects.exists()


def test_a_refused_form_may_be_sent_again(signed_in: Client, administrator: User) -> None:
    start(signed_in)
    assert start(signed_in, **SCRIPTS["form"]).status_code == 200
    assert cache.get(f"form:{administrator.pk}:{KEY}") is None
    Application.objects.all().delete()
    assert "to" in start(signed_in, **SCRIPTS["form"]).json()


def test_a_choice_of_bank_comes_first(signed_in: Client, administrator: User, other_bank: Bank) -> None:
    Member.objects.create(
        bank=other_bank, user=administrator, role=Role.BANK_CLERK, since=dt.date(2020, 1, 1)
    )
    answer = start(signed_in, **SCRIPTS["form"])
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zsbank:step")
    assert answer.json()["at"].startswith(reverse("banks:choose"))


def test_showing_who_one_is_comes_first_and_suspends_nothing(rf: RequestFactory, administrator: User) -> None:
    request = rf.post("/", **SCRIPTS["form"])
    request.user = administrator
    request.session = Client().session
    administrator.set_password("a-long-enough-Passw0rd")
    with pytest.raises(ImmediateHttpResponse) as led:
        require(request, next(iter(REAUTH_VERBS)))
    step = step_at(led.value.response.url)
    assert step is not None
    assert step.status_code == 403


def test_a_form_token_that_is_over_is_a_problem(administrator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    answer = start(client, **SCRIPTS["form"])
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zsbank:form_token")


def test_the_state_of_the_sign_in_is_told_and_prolonged(
    signed_in: Client, administrator: User, bank: Bank
) -> None:
    session = signed_in.session
    session["seen"] = time.time() - settings.SESSION_IDLE_SECONDS + 100
    session.save()
    looked = signed_in.get(reverse("portal:session"), HTTP_X_UNATTENDED="1").json()
    assert (looked["person"], looked["acting"]) == (administrator.pk, bank.pk)
    assert 90 <= looked["seconds"] <= 100
    assert signed_in.post(reverse("portal:session")).json()["seconds"] > 1700


def test_nobodys_sign_in_is_nobodys(client: Client) -> None:
    told = client.get(reverse("portal:session")).json()
    assert (told["person"], told["acting"], told["seconds"]) == (None, None, 0)
