"""The desk: pages by role, no changes on GET, actions on POST only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted, recommended
from banks.register.models import Bank
from banks.tests.factories import make_bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def action_page(application: Application, verb: str) -> str:
    """Return the URL of an action page."""
    return reverse("admin:admission_application_action", args=[application.pk, verb])


def test_officer_decides_by_post_only(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    client.force_login(people.decider)

    shown = client.get(action_page(application, "decide"))
    application.refresh_from_db()
    assert shown.status_code == 200
    assert application.state == ApplicationState.RECOMMENDED

    done = client.post(action_page(application, "decide"))
    application.refresh_from_db()
    assert done.status_code == 302
    assert application.state == ApplicationState.APPROVED

    again = client.post(action_page(application, "decide"))
    assert again.status_code == 200
    assert b'role="alert"' in again.content


def test_case_page_offers_actions_of_role(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    page = reverse("admin:admission_application_change", args=[application.pk])

    client.force_login(people.decider)
    assert action_page(application, "decide") in client.get(page).content.decode()
    client.force_login(people.reviewer)
    seen = client.get(page).content.decode()
    assert action_page(application, "decide") not in seen
    assert "材料齐全。" in seen
    assert client.post(action_page(application, "decide")).status_code == 404


def test_auditor_reads_letters_and_cannot_change_anything(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    admitted(bank, clerk, people)
    entries = Entry.objects.count()
    client.force_login(people.auditor)

    listed = client.get(reverse("admin:letters_letter_changelist"), {"q": bank.uscc})
    assert bank.name in listed.content.decode()
    for name in ("admission_application", "banks_bank", "exit_exitcase"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert client.post(
        reverse("admin:letters_letter_changelist"), {"action": "delete_selected"}
    ).status_code in (200, 302, 403)
    assert Entry.objects.count() == entries


def test_bank_user_cannot_open_desk(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    assert client.get(reverse("admin:index")).status_code == 302


def test_desk_bank_list_takes_constant_queries(
    client: Client, people: "People", bank: Bank, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.force_login(people.intake)
    address = reverse("admin:banks_bank_changelist")
    client.get(address)
    with django_assert_num_queries(11) as one:
        client.get(address)
    for number in range(49):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(address)


def test_roles_table_has_words_for_every_verb(client: Client, people: "People") -> None:
    client.force_login(people.assessor)
    page = client.get(reverse("admin:accounts_user_roles")).content.decode()
    assert [verb.value for verb in Verb if f">{verb.value}" in page] == []
    assert page.count('<th scope="row">') == sum(bool(verb.roles) for verb in Verb)
