"""A person loses role or account: colleagues are told of the cases, administrators where nobody holds the role."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from admission.applications.models import Application
from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.actions import deactivate_person, grant_role, revoke_role
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import roles_nobody_holds
from zsbank.base.accounts.rules import held_on
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message
from zsbank.base.pages.contacts import officer_for
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.staff import departures
from zsbank.site.staff.work_list import work_of

if TYPE_CHECKING:
    from admission.editions.models import PolicyEdition
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(db: None) -> User:
    """A security administrator."""
    return make_officer("security", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def colleague(db: None) -> User:
    """A second reviewer."""
    return make_officer("reviewer2", Role.REVIEWER)


@pytest.fixture
def assigned(bank: Bank, clerk: User, people: "People", edition: "PolicyEdition") -> Application:
    """An application under review, assigned to the reviewer."""
    application = accepted(bank, clerk, people)
    assign_cases(applications=[application], to=people.reviewer, by=people.decider)
    Message.objects.all().delete()
    return application


def swept() -> int:
    """Run the step of the sweep; return how many departures were told."""
    return sum(departures.tell(pk) for pk in departures.untold(clock.today()))


def again(person: User) -> User:
    """Return the person with the present roles."""
    return User.objects.get(pk=person.pk)


def told() -> dict[str, str]:
    """Return the text of each message by its recipient."""
    return {row.recipient.username: row.body for row in Message.objects.all() if row.recipient}


def test_colleagues_are_told_once_of_a_lost_role(
    assigned: Application, people: "People", colleague: User, security: User
) -> None:
    revoke_role(person=people.reviewer, role=Role.REVIEWER, by=security)
    assert swept() == 1
    assert told().keys() == {"reviewer2"}
    assert "1" in told()["reviewer2"]
    assert people.reviewer.name in told()["reviewer2"]
    assert assigned.case_number in [item.case for item in work_of(colleague)]
    assert swept() == 0


def test_colleagues_are_told_of_a_lost_account(
    assigned: Application, people: "People", colleague: User, security: User
) -> None:
    deactivate_person(person=people.reviewer, by=security)
    assert swept() == 1
    assert told().keys() == {"reviewer2"}


def test_officer_with_another_role_does_not_keep_the_case(
    assigned: Application, people: "People", colleague: User, security: User
) -> None:
    grant_role(person=people.reviewer, role=Role.ASSESSOR, by=security)
    revoke_role(person=again(people.reviewer), role=Role.REVIEWER, by=security)
    assert assigned.case_number not in [item.case for item in work_of(again(people.reviewer))]
    assert assigned.case_number in [item.case for item in work_of(colleague)]
    assigned.refresh_from_db()
    assert officer_for(assigned) is None, "the bank asks nobody who cannot handle it"


def test_administrators_are_told_where_nobody_holds_the_role(
    assigned: Application, people: "People", security: User, client: Client
) -> None:
    revoke_role(person=people.reviewer, role=Role.REVIEWER, by=security)
    assert swept() == 1
    assert told().keys() == {"security"}
    assert Role.REVIEWER in roles_nobody_holds()
    client.force_login(security)
    page = client.get("/admin/").content.decode()
    assert "无人担任的角色" in page
    assert str(Role.REVIEWER.label) in page[page.index("无人担任的角色") :][:800]


def test_nobody_is_told_where_nothing_waited(people: "People", colleague: User, security: User) -> None:
    revoke_role(person=people.reviewer, role=Role.REVIEWER, by=security)
    assert swept() == 0
    assert told() == {}


def test_home_says_nothing_of_roles_for_which_nothing_waits(
    people: "People", security: User, client: Client
) -> None:
    client.force_login(security)
    assert Role.HEALTHCARE_LIAISON in roles_nobody_holds()
    assert "无人担任的角色" not in client.get("/admin/").content.decode()


def test_who_left_held_the_role_until_then(people: "People", security: User) -> None:
    today = clock.today()
    deactivate_person(person=people.reviewer, by=security)
    person = again(people.reviewer)
    assert held_on(person, Verb.SEE_DESK, today - dt.timedelta(days=3))
    assert held_on(person, Verb.SEE_DESK, today)
    assert not held_on(person, Verb.SEE_DESK, today + dt.timedelta(days=1))
    assert not held_on(person, Verb.GRANT_ROLE, today)


def test_role_given_later_was_not_held_before(people: "People", security: User) -> None:
    today = clock.today()
    with clock.playing(today - dt.timedelta(days=5)):
        grant_role(person=people.auditor, role=Role.ASSESSOR, by=security)
    with clock.playing(today - dt.timedelta(days=2)):
        revoke_role(person=again(people.auditor), role=Role.ASSESSOR, by=security)
    person = again(people.auditor)
    days = [today - dt.timedelta(days=days) for days in (7, 5, 2, 1)]
    assert [held_on(person, Verb.RECORD_ASSESSMENT, day) for day in days] == [False, True, True, False]


def test_clerk_never_held_a_role(clerk: User, security: User) -> None:
    deactivate_person(person=clerk, by=security)
    assert not held_on(again(clerk), Verb.SEE_DESK, clock.today())
