"""A session acts for one bank: choosing a bank, isolation from the other, leaving a bank."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions import applications as admission
from admission.editions.models import PolicyEdition
from banks.members.actions.members import remove_member
from banks.members.models import Member
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_member
from zsbank.base.accounts.models import User
from zsbank.base.notices import actions as notices
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
OUTLET = {"name": "新网点", "town": "小榄镇", "address": "示例路1号", "windows": "1", "trained_staff": "1"}


def signed_in(user: User) -> Client:
    """Return a client signed in as a person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def both(bank: Bank, other_bank: Bank) -> User:
    """A person who acts for both banks."""
    user = make_member(bank, "both", Role.BANK_ADMINISTRATOR).user
    Member.objects.create(bank=other_bank, user=user, role=Role.BANK_ADMINISTRATOR, since=dt.date(2020, 1, 1))
    return user


def act_for(client: Client, bank: Bank, going_to: str = "/") -> Any:
    """Choose a bank."""
    return client.post(reverse("banks:choose"), {"bank": bank.pk, "next": going_to})


def test_person_with_two_banks_chooses_one(bank: Bank, other_bank: Bank, both: User) -> None:
    client, page = signed_in(both), reverse("banks:outlets")
    asked = client.get(page)
    assert asked["Location"] == f"{reverse('banks:choose')}?next=%2Fbank%2Foutlets%2F"
    shown = client.get(asked["Location"]).content.decode()
    assert bank.name in shown
    assert other_bank.name in shown
    assert act_for(client, bank, page)["Location"] == page
    assert act_for(client, bank, "https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize(
    "going_to", ["null", "None", "portal:home", "", "..", "//elsewhere.example", "javascript:x", "\x00"]
)
def test_address_that_is_no_path_leads_home(bank: Bank, both: User, going_to: str) -> None:
    answer = act_for(signed_in(both), bank, going_to)
    assert (answer.status_code, answer.get("Location", "/")) in ((302, "/"), (200, "/"))


@pytest.mark.parametrize(
    "page", ["account_login", "account_reauthenticate", "account_logout", "set_language"]
)
@pytest.mark.parametrize("going_to", ["null", "portal:home", "//elsewhere.example", "\x00"])
def test_no_page_fails_on_where_to_go_next(both: User, page: str, going_to: str) -> None:
    """Every page that reads `next`."""
    both.set_password("correct horse battery")
    both.save()
    given = {"next": going_to, "login": both.username, "password": "correct horse battery", "language": "en"}
    for client in (Client(), signed_in(both)):
        answer = client.post(reverse(page), given)
        assert answer.status_code < 500
        assert "elsewhere" not in answer.get("Location", "")


def test_other_bank_is_not_visible(bank: Bank, other_bank: Bank, both: User, edition: PolicyEdition) -> None:
    OutletFactory.create(bank=bank, name="甲行网点")
    theirs = OutletFactory.create(bank=other_bank, name="乙行网点")
    case = admission.start_application(bank=other_bank, by=both)
    notices.post(to=[both], key="a", title="乙行消息", body="乙行", uscc=other_bank.uscc)
    notices.post(to=[both], key="b", title="甲行消息", body="甲行", uscc=bank.uscc)
    client = signed_in(both)
    act_for(client, bank)
    assert "甲行网点" in client.get(reverse("banks:outlets")).content.decode()
    assert "乙行网点" not in client.get(reverse("banks:outlets")).content.decode()
    desk = client.get("/").content.decode()
    assert "甲行消息" in desk
    assert "乙行消息" not in desk
    for address in (
        reverse("banks:outlet", args=[theirs.pk]),
        reverse("admission:task_list", args=[case.pk]),
        f"/api/v1/applications/{case.pk}/",
        f"/api/v1/banks/{other_bank.pk}/",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/applications/").json()["results"] == []
    assert [row["id"] for row in client.get("/api/v1/banks/").json()["results"]] == [bank.pk]
    act_for(client, other_bank)
    assert "乙行网点" in client.get(reverse("banks:outlets")).content.decode()
    assert client.get(reverse("admission:task_list", args=[case.pk])).status_code == 200


def test_header_switches_bank_by_post(bank: Bank, other_bank: Bank, both: User) -> None:
    client = signed_in(both)
    act_for(client, bank)
    header = client.get("/").content.decode().split("</header>")[0]
    assert f'name="bank" value="{other_bank.pk}"' in header
    assert f'name="bank" value="{bank.pk}"' not in header


def test_person_with_one_bank_does_not_choose(clerk: User) -> None:
    page = signed_in(clerk).get("/")
    assert page.status_code == 200
    assert 'class="bank-switch"' not in page.content.decode()


def test_form_loaded_before_switch_is_refused(bank: Bank, other_bank: Bank, both: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")

    def token_in(page: Any) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
        assert found
        return found[1]

    given = {"next": "/", "csrfmiddlewaretoken": token_in(client.get(reverse("banks:choose")))}
    client.post(reverse("banks:choose"), given | {"bank": bank.pk})
    old = token_in(client.get(reverse("banks:new_outlet")))
    client.post(reverse("banks:choose"), {"next": "/", "csrfmiddlewaretoken": old, "bank": other_bank.pk})
    refused = client.post(reverse("banks:new_outlet"), OUTLET | {"csrfmiddlewaretoken": old})
    assert refused.status_code == 403
    assert not other_bank.outlets.exists()


def test_only_own_banks_can_be_chosen(bank: Bank, other_bank: Bank, clerk: User, both: User) -> None:
    client = signed_in(clerk)
    assert act_for(client, other_bank).status_code == 200
    assert f"<h1>{bank.name}</h1>" in client.get("/").content.decode()
    assert client.post(f"/api/v1/banks/{other_bank.pk}/choose/").status_code == 404


def test_api_requires_chosen_bank(bank: Bank, other_bank: Bank, both: User, edition: PolicyEdition) -> None:
    client = signed_in(both)
    for refused in (client.get("/api/v1/applications/"), client.post("/api/v1/applications/")):
        assert (refused.status_code, refused.json()["title"]) == (403, "choose_bank")
    assert len(client.get("/api/v1/banks/").json()["results"]) == 2
    assert client.post(f"/api/v1/banks/{other_bank.pk}/choose/").json()["id"] == other_bank.pk
    assert client.post("/api/v1/applications/").status_code == 201
    assert other_bank.applications.count() == 1
    assert client.post(f"/api/v1/banks/{bank.pk}/choose/").status_code == 200
    assert client.get("/api/v1/applications/").json()["results"] == []


# Leaving --------------------------------------------------------------------------------------------------------


def test_former_member_is_refused_on_next_request(bank: Bank, administrator: User, clerk: User) -> None:
    client = signed_in(clerk)
    assert client.get(reverse("banks:outlets")).status_code == 200
    remove_member(member=bank.members.get(user=clerk), by=administrator)
    for answer in (
        client.get(reverse("banks:outlets")),
        client.post(reverse("banks:new_outlet"), {"name": "新网点"}),
        client.get("/"),
    ):
        assert answer.status_code == 403
        assert bank.name not in answer.content.decode()
        assert "banks/no_bank.html" in [template.name for template in answer.templates]
    assert client.get("/api/v1/applications/").json()["results"] == []


def test_leaving_chosen_bank_does_not_switch_to_other(
    bank: Bank, other_bank: Bank, both: User, people: "People"
) -> None:
    client = signed_in(both)
    act_for(client, bank)
    remove_member(member=bank.members.get(user=both), by=people.intake)
    asked = client.post(reverse("banks:new_outlet"), OUTLET)
    assert asked["Location"].startswith(reverse("banks:choose"))
    assert not other_bank.outlets.exists()
    act_for(client, other_bank)
    assert other_bank.name in client.get("/").content.decode()
