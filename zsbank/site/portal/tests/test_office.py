"""Contacts: the office in the footer and on error pages, the officer on a bank's case pages."""

from typing import TYPE_CHECKING, Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.applications.models import Application
from admission.tests.factories import submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.pages.contacts import Officer, officer_for

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
PARTS = ("社保卡科", "0760-88880000", "工作日 8:30–12:00, 14:30–17:30", "示例路1号")


@pytest.fixture(autouse=True)
def office(settings: Settings) -> None:
    """An office with all its parts."""
    settings.OFFICE_NAME, settings.OFFICE_PHONE, settings.OFFICE_HOURS, settings.OFFICE_ADDRESS = PARTS


@pytest.fixture
def application(bank: Bank, clerk: User) -> Application:
    """A submitted application."""
    return submitted(bank, clerk)


def signed_in(person: User) -> Client:
    """Return a client signed in as a person."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", ["/", "/bank/members/", "/help/"])
def test_office_is_in_the_footer(path: str, clerk: User) -> None:
    foot = signed_in(clerk).get(path).content.decode().split("<footer")[1]
    assert [part for part in PARTS if part not in foot] == []


@pytest.mark.parametrize("path", ["/nothing/", "/bank/invitation/", "/accounts/login/"])
def test_office_is_named_to_visitors(path: str) -> None:
    page = Client().get(path).content.decode()
    assert PARTS[1] in page.split("<footer")[1]


@pytest.mark.parametrize(
    "template", ["404.html", "403.html", "403_csrf.html", "refused.html", "400.html", "500.html"]
)
def test_error_page_names_office(template: str) -> None:
    content = render_to_string(template, {"refusal": "示例"}).split("<main")[1].split("</main")[0]
    assert PARTS[1] in content


def test_unset_part_is_left_out(settings: Settings) -> None:
    settings.OFFICE_PHONE = settings.OFFICE_HOURS = settings.OFFICE_ADDRESS = ""
    foot = Client().get("/help/").content.decode().split("<footer")[1]
    assert "电话" not in foot
    assert "地址" not in foot


def page_of(application: Application, reader: User) -> str:
    """Return the bank's page of the application."""
    client = signed_in(reader)
    return client.get(reverse("admission:task_list", args=[application.pk]), follow=True).content.decode()


def test_officer_of_the_case_is_named_with_office_phone_only(
    application: Application, clerk: User, people: "People"
) -> None:
    officer = people.reviewer
    officer.office_phone = "0760-88881234"
    officer.save(update_fields=["office_phone"])
    application.case_officer = officer
    application.save(update_fields=["case_officer"])
    page = page_of(application, clerk)
    assert (officer.name in page, "0760-88881234" in page) == (True, True)
    assert officer.email not in page
    assert f">{officer.username}<" not in page


@pytest.mark.parametrize("why", ["unassigned", "left", "without a phone"])
def test_office_is_named_without_officer(
    why: str, application: Application, clerk: User, people: "People"
) -> None:
    if why != "unassigned":
        application.case_officer = people.reviewer
        application.save(update_fields=["case_officer"])
    if why == "left":
        User.objects.filter(pk=people.reviewer.pk).update(is_active=False)
    main = page_of(application, clerk).split("<footer")[0]
    assert PARTS[1] in main
    assert (people.reviewer.name in main) == (why == "without a phone")


@pytest.mark.parametrize("changed", [{"is_active": False}, {"is_staff": False}])
def test_former_officer_is_not_named(changed: dict[str, Any], people: "People") -> None:
    application = Application(case_officer=people.reviewer)
    assert officer_for(application) == Officer(people.reviewer.name, "")
    for name, value in changed.items():
        setattr(people.reviewer, name, value)
    assert officer_for(application) is None


def test_other_bank_sees_no_officer(application: Application, stranger: User, people: "People") -> None:
    application.case_officer = people.reviewer
    application.save(update_fields=["case_officer"])
    assert people.reviewer.name not in page_of(application, stranger)
