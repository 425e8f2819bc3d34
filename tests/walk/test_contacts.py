"""Phones, e-mails and sign-in names: whole to who needs them, masked to everybody else, at every place."""

import pytest
from django.urls import reverse

from admission.applications.models import Answer
from admission.decisions.basis import changes_between
from admission.editions.models import PolicyEdition
from banks.members.models import Invitation
from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.journal.actions import record
from zsbank.base.pages.contacts import masked
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "13800001234", "liaison@bank.example"
LIAISON = 11
"""The criterion that asks for a person whom the bureau can reach."""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (PHONE, "138****1234"),
        ("0760-88880000", "076****0000"),
        ("88880000", "888****0000"),
        ("12345", "****"),
        (EMAIL, "l****@bank.example"),
        ("reviewer", "re****"),
        ("li", "****"),
    ],
)
def test_what_is_left_of_a_contact(text: str, seen: str) -> None:
    assert masked(text) == seen


def seeing(world: World, path: str, *texts: str) -> dict[Role, bool]:
    """Whether each role that opens a page reads these texts whole; neither whole nor masked is a fault."""
    found = {}
    for role, person in world.staff.items():
        answer = client_of(person).get(path)
        if answer.status_code == 200:
            page = answer.content.decode()
            found[role] = all(text in page for text in texts)
            assert found[role] or all(text not in page and masked(text) in page for text in texts), role
    return found


def as_the_table_says(found: dict[Role, bool]) -> bool:
    """Whether those who read it whole are those of the table."""
    return found == {role: role in ROLES_BY_VERB[Verb.SEE_CONTACTS] for role in found}


def test_the_liaisons_phone_and_email_on_the_review_desk(world: World) -> None:
    application = world.own["application"]
    answer = Answer.objects.get(application=application, criterion__number=LIAISON)
    answer.facts |= {"office_phone": PHONE, "email": EMAIL}
    answer.save(update_fields=["facts"])
    found = seeing(
        world, reverse("admin:admission_application_review", args=[application, LIAISON]), PHONE, EMAIL
    )
    assert as_the_table_says(found)
    assert {Role.REVIEWER, Role.DECIDER} <= found.keys()


def test_the_address_of_who_is_invited_on_the_banks_page(world: World) -> None:
    invitation = Invitation.objects.get(pk=world.own["invitation"])
    found = seeing(world, reverse("admin:banks_bank_change", args=[world.own["bank"]]), invitation.email)
    assert as_the_table_says(found)
    assert {Role.INTAKE_OFFICER, Role.ASSESSOR} <= found.keys()


@pytest.fixture
def reviewer(world: World) -> User:
    """The reviewer, who signs in with a name that is not their own."""
    person = world.staff[Role.REVIEWER]
    person.username, person.email = "login-of-one", "login-of-one@hrss.example"
    person.save()
    return person


def test_names_and_addresses_of_the_bureaus_people(world: World, reviewer: User) -> None:
    page = reverse("admin:accounts_user_change", args=[reviewer.pk])
    assert as_the_table_says(seeing(world, page, reviewer.username, reviewer.email))
    listed = seeing(world, reverse("admin:accounts_user_changelist"), reviewer.username)
    assert as_the_table_says(listed)
    assert listed.keys() == {Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}


def test_who_does_not_see_sign_in_names_does_not_find_by_them(world: World, reviewer: User) -> None:
    path = f"{reverse('admin:accounts_user_changelist')}?q=login-of"
    seen, unseen = (
        client_of(world.staff[role]).get(path).content.decode()
        for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    )
    assert reviewer.name in seen
    assert reviewer.name not in unseen


def test_sign_in_names_in_the_record(world: World, reviewer: User) -> None:
    entry = record(
        verb=Verb.RECORD_SITE_VISIT, by=reviewer, subject=reviewer, data={"officers": [reviewer.username]}
    )
    found = seeing(world, reverse("admin:journal_entry_change", args=[entry.pk]), reviewer.username)
    assert as_the_table_says(found)
    assert {Role.AUDITOR, Role.AUDIT_ADMINISTRATOR, Role.INSPECTOR} <= found.keys()


def test_contacts_go_masked_into_what_changed_of_an_answer(edition: PolicyEdition) -> None:
    before, after = ({"answer": {str(LIAISON): {"office_phone": phone}}} for phone in (PHONE, "13900005678"))
    [change] = changes_between(before, after, edition)
    assert (change.before, change.after) == ("138****1234", "139****5678")


def test_a_banks_people_read_their_own_whole(world: World) -> None:
    invitation = Invitation.objects.get(pk=world.own["invitation"])
    assert invitation.email in client_of(world.administrator).get(reverse("banks:members")).content.decode()
