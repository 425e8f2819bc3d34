"""Permission refusals are recorded, once a day, without other details of the attempt."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from admission.tests.factories import recommended
from banks.register.models import Bank
from tests.actions.examples import actions
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.actions import refused
from zsbank.base.journal.models import Entry
from zsbank.base.pages import words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def as_person(person: User) -> Client:
    """A client signed in as a person."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def refusals() -> list[Entry]:
    """The recorded refusals, oldest first."""
    return [*Entry.objects.filter(verb="refuse").order_by("pk")]


def decide_as_reviewer(application: Application, people: "People") -> str:
    """Post the decision as the reviewer, who has become a decider since; return the page."""
    people.reviewer.groups.add(*people.decider.groups.all())
    path = reverse("admin:admission_application_action", args=[application.pk, Verb.DECIDE.value])
    page: str = as_person(people.reviewer).post(path).content.decode()
    return page


def test_four_eyes_refusal_is_recorded(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    page = decide_as_reviewer(application, people)
    [entry] = refusals()
    assert (entry.actor, entry.subject_type, entry.subject_id) == (
        people.reviewer,
        "admission.application",
        application.pk,
    )
    assert (entry.uscc, entry.data) == (bank.uscc, {"verb": "decide", "code": "four_eyes"})
    assert entry.reason in page
    assert words.particulars(entry) == "拟办：作出决定"
    application.refresh_from_db()
    assert application.state == ApplicationState.RECOMMENDED


def test_same_refusal_is_recorded_once_a_day(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    decide_as_reviewer(application, people)
    entry = refusals()[0]
    assert entry.reason in decide_as_reviewer(application, people)
    assert refusals() == [entry]


def test_recorded_refusals_per_person_are_limited(
    clerk: User, administrator: User, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused, "MAX_PER_DAY", 2)
    for verb in (Verb.DECIDE, Verb.RECOMMEND, Verb.SEND_BACK):
        refused.record_refusal(verb=verb, by=clerk, subject=bank, code="role")
    refused.record_refusal(verb=Verb.DECIDE, by=administrator, subject=bank, code="role")
    assert [(entry.actor, entry.data["verb"]) for entry in refusals()] == [
        (clerk, "decide"),
        (clerk, "recommend"),
        (administrator, "decide"),
    ]


def test_action_page_of_another_role_is_hidden_and_recorded(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    path = reverse("admin:admission_application_action", args=[application.pk, Verb.DECIDE.value])
    client = as_person(people.intake)
    assert client.get(path).status_code == 404
    assert refusals() == []
    assert client.post(path).status_code == 404
    [entry] = refusals()
    assert (entry.actor, entry.subject_id, entry.data["verb"]) == (people.intake, 0, "decide")


def test_portal_refusal_is_recorded(bank: Bank, clerk: User, administrator: User) -> None:
    member = bank.members.get(user=administrator)
    page = as_person(clerk).post(reverse("banks:remove_member", args=[member.pk]), {"sure": "on"})
    [entry] = refusals()
    assert (entry.actor, entry.data) == (clerk, {"verb": "remove_member", "code": "role"})
    assert (entry.subject_type, entry.subject_id, entry.uscc) == ("banks.member", member.pk, bank.uscc)
    assert entry.reason in page.content.decode()


def test_api_refusal_is_recorded(
    bank: Bank, clerk: User, edition: PolicyEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Verb.START_APPLICATION, "roles", frozenset())
    answer = as_person(clerk).post(reverse("api:application-list"), content_type="application/json")
    assert answer.status_code == 403
    [entry] = refusals()
    assert entry.data == {"verb": "start_application", "code": "role"}


def test_wrong_state_and_hidden_objects_are_not_recorded(
    bank: Bank, clerk: User, stranger: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    path = reverse("admission:submit", args=[application.pk])
    for person, status in ((clerk, 200), (stranger, 404)):
        assert as_person(person).post(path, {"confirmed": "on"}).status_code == status
    assert refusals() == []


def test_refusal_outside_an_action_is_not_recorded(people: "People") -> None:
    with pytest.raises(NotAllowed):
        may(staff_roles(people.auditor), Verb.DECIDE).require()
    assert refusals() == []


def test_every_function_that_refuses_a_person_is_an_action() -> None:
    outside, inside = [], 0
    for path in actions_of_the_register():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and takes_a_person(function):
                is_action = any(ast.unparse(one).startswith("action(") for one in function.decorator_list)
                inside += is_action
                if refuses(function) and not is_action:
                    outside.append(f"{path.name} {function.name}")
    assert outside == []
    assert inside > 60
    assert {one.verb for one in actions().values()} <= set(Verb)


def actions_of_the_register() -> Iterator[Path]:
    """Every own source file without tests."""
    for room in ("banks", "admission", "inspections", "exit", "zsbank"):
        yield from (path for path in (settings.BASE_DIR / room).rglob("*.py") if "tests" not in path.parts)


def takes_a_person(function: ast.FunctionDef) -> bool:
    """Whether a function has the keyword-only argument `by`, as actions do."""
    return any(argument.arg == "by" for argument in function.args.kwonlyargs)


def refuses(function: ast.FunctionDef) -> bool:
    """Whether a function checks a permission."""
    called = ast.unparse(ast.Module(function.body[1:], []))
    return "NotAllowed" in called or "require(by" in called
