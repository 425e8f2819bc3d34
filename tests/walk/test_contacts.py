"""Phone numbers, e-mail addresses and sign-in names are masked except for permitted roles."""

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
from zsbank.base.permissions import Verb
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
def test_contact_is_masked(text: str, seen: str) -> None:
    assert masked(text) == seen


def seeing(world: World, path: str, *texts: str) -> dict[Role, bool]:
    """For each role that opens a page, return whether it shows these texts unmasked; omitting them fails."""
    found = {}
    for role, person in world.staff.items():
        answer = client_of(person).get(path)
        if answer.status_code == 200:
            page = answer.content.decode()
            found[role] = all(text in page for text in texts)
            assert found[role] or all(text not in page and masked(text) in page for text in texts), role
    return found


def as_the_table_says(found: dict[Role, bool]) -> bool:
    """Whether exactly the permitted roles see them unmasked."""
    return found == {role: role in Verb.SEE_CONTACTS.roles for role in found}


def test_contacts_of_liaison_are_masked_on_the_review_page(world: World) -> None:
    application = world.own["application"]
    answer = Answer.objects.get(application=application, criterion__number=LIAISON)
    answer.facts |= {"office_phone": PHONE, "email": EMAIL}
    answer.save(update_fields=["facts"])
    found = seeing(
        world, reverse("admin:admission_application_review", args=[application, LIAISON]), PHONE, EMAIL
    )
    assert as_the_table_says(found)
    assert {Role.REVIEWER, Role.DECIDER} <= found.keys()


def test_address_of_invited_person_is_masked(world: World) -> None:
    invitation = Invitation.objects.get(pk=world.own["invitation"])
    found = seeing(world, reverse("admin:banks_bank_change", args=[world.own["bank"]]), invitation.email)
    assert as_the_table_says(found)
    assert {Role.INTAKE_OFFICER, Role.ASSESSOR} <= found.keys()


@pytest.fixture
def reviewer(world: World) -> User:
    """A reviewer whose sign-in name differs from their name."""
    person = world.staff[Role.REVIEWER]
    person.username, person.email = "login-of-one", "login-of-one@hrss.example"
    person.save()
    return person


def test_contacts_of_officers_are_masked(world: World, reviewer: User) -> None:
    page = reverse("admin:accounts_user_change", args=[reviewer.pk])
    assert as_the_table_says(seeing(world, page, reviewer.username, reviewer.email))
    listed = seeing(world, reverse("admin:accounts_user_changelist"), reviewer.username)
    assert as_the_table_says(listed)
    assert listed.keys() == {Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}


def test_masked_sign_in_names_are_not_searchable(world: World, reviewer: User) -> None:
    path = f"{reverse('admin:accounts_user_changelist')}?q=login-of"
    seen, unseen = (
        client_of(world.staff[role]).get(path).content.decode()
        for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    )
    assert reviewer.name in seen
    assert reviewer.name not in unseen


def test_sign_in_names_are_masked_in_the_journal(world: World, reviewer: User) -> None:
    entry = record(
        verb=Verb.RECORD_SITE_VISIT, by=reviewer, subject=reviewer, data={"officers": [reviewer.username]}
    )
    found = seeing(world, reverse("admin:journal_entry_change", args=[entry.pk]), reviewer.username)
    assert as_the_table_says(found)
    assert {Role.AUDITOR, Role.AUDIT_ADMINISTRATOR, Role.INSPECTOR} <= found.keys()


def test_contacts_are_masked_in_recorded_changes(edition: PolicyEdition) -> None:
    before, after = ({"answer": {str(LIAISON): {"office_phone": phone}}} for phone in (PHONE, "13900005678"))
    [change] = changes_between(before, after, edition)
    assert (change.before, change.after) == ("138****1234", "139****5678")


def test_bank_sees_its_own_contacts_unmasked(world: World) -> None:
    invitation = Invitation.objects.get(pk=world.own["invitation"])
    assert invitation.email in client_of(world.administrator).get(reverse("banks:members")).content.decode()
