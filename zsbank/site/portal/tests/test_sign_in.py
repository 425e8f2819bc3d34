"""At the door: who may come in, how often one may try, how long one stays, and what the record says of it."""

import re
import time
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from banks.members.actions import members as member_actions
from banks.members.models import Member
from banks.register import actions as register_actions
from banks.register.models import Bank
from zsbank.base.accounts import actions
from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, WrongState
from zsbank.base.roles import Role
from zsbank.site.portal.tests.door import ELSEWHERE, HERE, PASSWORD, show_again, totp_of, try_in

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="\w{64}"')
DECIDE = "/admin/accounts/user/do/enter_person/"


def verbs() -> list[str]:
    """The newest verbs of the record, oldest first."""
    return [*Entry.objects.order_by("pk").values_list("verb", flat=True)][-3:]


def test_name_and_email_both_open_the_door(person: User) -> None:
    assert try_in(person.username, PASSWORD)[1] == 302
    assert try_in(person.email, PASSWORD)[1] == 302


def test_passwords_are_kept_as_argon2(person: User) -> None:
    assert person.password.startswith("argon2$")


def test_wrong_password_and_unknown_name_are_answered_alike_and_recorded_alike(person: User) -> None:
    known = try_in(person.username, "wrong")[2]
    unknown = try_in("nobody", "wrong")[2]
    assert TOKEN.sub("", known.replace(person.username, "X")) == TOKEN.sub("", unknown.replace("nobody", "X"))
    entries = Entry.objects.filter(verb="refuse_sign_in").order_by("pk")
    assert [(entry.subject_id, entry.data) for entry in entries] == [
        (person.pk, {"address": HERE}),
        (0, {"address": HERE}),
    ]


def test_five_failures_close_the_door_for_this_account_from_this_address_only(
    person: User, administrator: User
) -> None:
    administrator.set_password(PASSWORD)
    administrator.save()
    for _attempt in range(5):
        try_in(person.username, "wrong")
    assert try_in(person.username, PASSWORD)[1] == 200
    assert try_in(person.username, PASSWORD, ELSEWHERE)[1] == 302
    assert try_in(administrator.username, PASSWORD)[1] == 302


def test_sign_in_and_out_are_recorded(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    client.post(reverse("account_logout"))
    assert verbs()[-2:] == ["sign_in", "sign_out"]


def test_idle_sign_in_ends(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    session = client.session
    session["seen"] = time.time() - configured.SESSION_IDLE_SECONDS - 1
    session.save()
    assert client.get("/").status_code == 302


def test_busy_sign_in_ends_after_its_longest_time(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    client.get("/")
    session = client.session
    session["began"] = time.time() - configured.SESSION_COOKIE_AGE - 1
    session.save()
    assert client.get("/").status_code == 302


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    client.get("/")
    session = client.session
    session["seen"] = before = time.time() - 120
    session.save()
    client.get("/", headers={"X-Unattended": "1"})
    assert client.session["seen"] == before
    client.get("/")
    assert client.session["seen"] > before


def test_one_sees_ones_sessions_and_ends_the_others(person: User) -> None:
    here, there = try_in(person.username, PASSWORD)[0], try_in(person.username, PASSWORD, ELSEWHERE)[0]
    page = here.get(reverse("usersessions_list")).content.decode()
    assert HERE in page
    assert ELSEWHERE in page
    here.post(reverse("usersessions_list"))
    assert there.get("/").status_code == 200
    show_again(here)
    here.post(reverse("usersessions_list"))
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_role_change_asks_for_the_password_again_and_then_goes_on(security: User) -> None:
    client, _status, _page = try_in(security.username, PASSWORD)
    asked = client.get(DECIDE)
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == DECIDE
    assert client.get(DECIDE).status_code == 200


def test_posted_role_change_without_it_does_nothing(security: User) -> None:
    client, _status, _page = try_in(security.username, PASSWORD)
    given = {"username": "new", "name": "新人", "email": "new@hrss.example", "role": Role.REVIEWER.value}
    assert client.post(DECIDE, given).status_code == 302
    assert not User.objects.filter(username="new").exists()


def test_officer_without_second_factor_gets_no_further_than_its_set_up(
    security: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client, _status, _page = try_in(security.username, PASSWORD)
    for page in ("/admin/", "/api/docs/", "/letters/1/"):
        assert client.get(page)["Location"] == reverse("mfa_index")
    for address in ("/api/v1/criteria/", "/api/schema/"):
        refused = client.get(address)
        assert (refused.status_code, refused.json()["title"]) == (403, "second_factor")
    assert client.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    assert client.get("/admin/").status_code == 200


def test_second_factor_is_asked_at_sign_in_and_a_wrong_one_does_not_open(security: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(security, secret)
    client, status, _page = try_in(security.username, PASSWORD)
    assert status == 302
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get("/admin/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": totp_of(secret)})
    assert client.get("/admin/").status_code == 200


def at_the_door() -> list[tuple[str, int, object]]:
    """What the record holds: verb, whom it is about, and what was shown."""
    rows = Entry.objects.filter(verb__in=actions.SIGN_IN_VERBS).order_by("pk")
    return [(row.verb, row.subject_id, row.data.get("shown")) for row in rows]


def test_record_says_what_was_shown_and_what_was_refused(security: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(security, secret)
    client, _status, _page = try_in(security.username, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"credential": "{}"})
    client.post(reverse("mfa_authenticate"), {"code": totp_of(secret)})
    assert at_the_door() == [
        ("refuse_sign_in", security.pk, "code"),
        ("refuse_sign_in", security.pk, "passkey"),
        ("sign_in", security.pk, ["password", "totp"]),
    ]


def test_record_says_who_showed_anew_that_it_is_they_and_who_could_not(security: User) -> None:
    client, _status, _page = try_in(security.username, PASSWORD)
    for password in ("wrong", PASSWORD):
        client.post(reverse("account_reauthenticate"), {"password": password})
    assert at_the_door() == [
        ("sign_in", security.pk, ["password"]),
        ("refuse_sign_in", security.pk, None),
        ("confirm_sign_in", security.pk, "password"),
    ]


def test_record_says_the_same_of_codes_asked_again(security: User) -> None:
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(security, backend="django.contrib.auth.backends.ModelBackend")
    for code in ("000000", totp_of("JBSWY3DPEHPK3PXP")):
        client.post(reverse("mfa_reauthenticate"), {"code": code})
    assert at_the_door() == [
        ("refuse_sign_in", security.pk, "code"),
        ("confirm_sign_in", security.pk, "code"),
    ]


def test_too_many_failures_are_logged_without_the_name(
    person: User, caplog: pytest.LogCaptureFixture
) -> None:
    for _attempt in range(6):
        try_in(person.username, "wrong")
    told = [record.getMessage() for record in caplog.records if record.name == "zsbank.base.accounts.adapter"]
    assert told[:5] == ["a sign-in was refused"] * 5
    assert told[5:] == ["a sign-in was not tried: too many failures of this account from this address"]


def test_codes_beyond_the_limit_are_logged_and_do_not_fill_the_record(
    security: User, caplog: pytest.LogCaptureFixture
) -> None:
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    client, _status, _page = try_in(security.username, PASSWORD)
    for _attempt in range(8):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert len(at_the_door()) == 5
    told = [record.getMessage() for record in caplog.records if record.name == "zsbank.base.accounts.forms"]
    assert told == ["a code was not tried: too many failures of this account"] * 3


def test_desk_has_no_door_of_its_own(security: User) -> None:
    client = Client()
    assert client.get("/admin/login/").status_code == 302
    client.post("/admin/login/", {"username": security.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_bank_administrator_demands_a_second_factor_of_colleagues(
    person: User, administrator: User, bank: Bank
) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    register_actions.demand_second_factor(bank=bank, demanded=True, by=administrator)
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_clerk_and_another_bank_demand_nothing(person: User, stranger: User, bank: Bank) -> None:
    for somebody in (person, stranger):
        with pytest.raises(NotAllowed):
            register_actions.demand_second_factor(bank=bank, demanded=True, by=somebody)


def test_leaver_is_out_with_the_next_request(person: User, administrator: User, bank: Bank) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    member_actions.remove_member(member=Member.objects.get(user=person), by=administrator)
    assert client.get("/").status_code == 403


def test_ended_account_is_out_with_the_next_request(security: User, people: "People") -> None:
    people.reviewer.set_password(PASSWORD)
    people.reviewer.save()
    client, _status, _page = try_in(people.reviewer.username, PASSWORD)
    assert client.get("/admin/").status_code == 200
    actions.deactivate_person(person=people.reviewer, by=security)
    assert client.get("/admin/").status_code == 302


def test_role_taken_away_no_longer_holds(security: User, people: "People") -> None:
    reviewer = actions.revoke_role(person=people.reviewer, role=Role.REVIEWER, by=security)
    assert not reviewer.is_staff
    with pytest.raises(WrongState):
        actions.revoke_role(person=reviewer, role=Role.REVIEWER, by=security)


def test_nobody_changes_their_own_roles_or_account(security: User) -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(person=security, role=Role.DECIDER, by=security)
    with pytest.raises(NotAllowed):
        actions.revoke_role(person=security, role=Role.SECURITY_ADMINISTRATOR, by=security)
    with pytest.raises(NotAllowed):
        actions.deactivate_person(person=security, by=security)


def test_nobody_is_two_of_the_three_administrators(security: User, people: "People") -> None:
    actions.grant_role(person=people.auditor, role=Role.AUDIT_ADMINISTRATOR, by=security)
    person = User.objects.get(pk=people.auditor.pk)
    with pytest.raises(NotAllowed):
        actions.grant_role(person=person, role=Role.SYSTEM_ADMINISTRATOR, by=security)


def test_only_the_security_administrator_gives_roles(people: "People") -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(person=people.intake, role=Role.DECIDER, by=people.decider)


def test_who_signed_in_from_where_is_for_auditors_alone(person: User, people: "People") -> None:
    try_in(person.username, PASSWORD)
    entry = Entry.objects.get(verb="sign_in")
    page = reverse("admin:journal_entry_change", args=[entry.pk])
    for reader, status in ((people.auditor, 200), (people.reviewer, 404)):
        client = Client()
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page).status_code == status
        listed = client.get(reverse("admin:journal_entry_changelist")).content.decode()
        assert (page in listed) == (status == 200)
