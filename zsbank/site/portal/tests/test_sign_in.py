"""Sign-in: permission, limits of failures, limits of sessions, journal entries."""

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
from zsbank.base.accounts import actions, sign_in_records
from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, WrongState
from zsbank.base.roles import Role
from zsbank.site.portal.tests.signing_in import ELSEWHERE, HERE, PASSWORD, reauthenticate, sign_in, totp_of

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="\w{64}"')
DECIDE = "/admin/accounts/user/do/enter_person/"


def verbs() -> list[str]:
    """Return the newest verbs of the journal, oldest first."""
    return [*Entry.objects.order_by("pk").values_list("verb", flat=True)][-3:]


def test_name_and_email_both_sign_in(person: User) -> None:
    assert sign_in(person.username, PASSWORD)[1] == 302
    assert sign_in(person.email, PASSWORD)[1] == 302


def test_passwords_are_hashed_with_argon2(person: User) -> None:
    assert person.password.startswith("argon2$")


def test_wrong_password_and_unknown_name_are_answered_alike(person: User) -> None:
    known = sign_in(person.username, "wrong")[2]
    unknown = sign_in("nobody", "wrong")[2]
    assert TOKEN.sub("", known.replace(person.username, "X")) == TOKEN.sub("", unknown.replace("nobody", "X"))
    entries = Entry.objects.filter(verb="refuse_sign_in").order_by("pk")
    assert [(entry.subject_id, entry.data) for entry in entries] == [
        (person.pk, {"address": HERE}),
        (0, {"address": HERE}),
    ]


def test_five_failures_lock_account_for_address(person: User, administrator: User) -> None:
    administrator.set_password(PASSWORD)
    administrator.save()
    for _attempt in range(5):
        sign_in(person.username, "wrong")
    assert sign_in(person.username, PASSWORD)[1] == 200
    assert sign_in(person.username, PASSWORD, ELSEWHERE)[1] == 302
    assert sign_in(administrator.username, PASSWORD)[1] == 302


def test_sign_in_and_sign_out_are_recorded(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    client.post(reverse("account_logout"))
    assert verbs()[-2:] == ["sign_in", "sign_out"]


def test_idle_session_ends(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    session = client.session
    session["seen"] = time.time() - configured.SESSION_IDLE_SECONDS - 1
    session.save()
    assert client.get("/").status_code == 302


def test_active_session_ends_after_maximum_time(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    client.get("/")
    session = client.session
    session["began"] = time.time() - configured.SESSION_COOKIE_AGE - 1
    session.save()
    assert client.get("/").status_code == 302


def test_unattended_requests_do_not_extend_session(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    client.get("/")
    session = client.session
    session["seen"] = before = time.time() - 120
    session.save()
    client.get("/", headers={"X-Unattended": "1"})
    assert client.session["seen"] == before
    client.get("/")
    assert client.session["seen"] > before


def test_person_lists_and_ends_other_sessions(person: User) -> None:
    here, there = sign_in(person.username, PASSWORD)[0], sign_in(person.username, PASSWORD, ELSEWHERE)[0]
    page = here.get(reverse("usersessions_list")).content.decode()
    assert HERE in page
    assert ELSEWHERE in page
    here.post(reverse("usersessions_list"))
    assert there.get("/").status_code == 200
    reauthenticate(here)
    here.post(reverse("usersessions_list"))
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_role_change_requires_reauthentication(security: User) -> None:
    client, _status, _page = sign_in(security.username, PASSWORD)
    asked = client.get(DECIDE)
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == DECIDE
    assert client.get(DECIDE).status_code == 200


def test_role_change_without_reauthentication_is_not_made(security: User) -> None:
    client, _status, _page = sign_in(security.username, PASSWORD)
    given = {"username": "new", "name": "新人", "email": "new@hrss.example", "role": Role.REVIEWER.value}
    assert client.post(DECIDE, given).status_code == 302
    assert not User.objects.filter(username="new").exists()


def test_officer_without_second_factor_is_led_to_set_up(security: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client, _status, _page = sign_in(security.username, PASSWORD)
    for page in ("/admin/", "/api/docs/", "/letters/1/"):
        assert client.get(page)["Location"] == reverse("mfa_index")
    for address in ("/api/v1/criteria/", "/api/schema/"):
        refused = client.get(address)
        assert (refused.status_code, refused.json()["title"]) == (403, "second_factor")
    assert client.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    assert client.get("/admin/").status_code == 200


def test_sign_in_requires_valid_second_factor(security: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(security, secret)
    client, status, _page = sign_in(security.username, PASSWORD)
    assert status == 302
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get("/admin/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": totp_of(secret)})
    assert client.get("/admin/").status_code == 200


def sign_in_entries() -> list[tuple[str, int, object]]:
    """Return verb, subject and authentication method of all journal entries about sign-ins."""
    rows = Entry.objects.filter(verb__in=sign_in_records.SIGN_IN_VERBS).order_by("pk")
    return [(row.verb, row.subject_id, row.data.get("shown")) for row in rows]


def test_sign_in_methods_and_refusals_are_recorded(security: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(security, secret)
    client, _status, _page = sign_in(security.username, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"credential": "{}"})
    client.post(reverse("mfa_authenticate"), {"code": totp_of(secret)})
    assert sign_in_entries() == [
        ("refuse_sign_in", security.pk, "code"),
        ("refuse_sign_in", security.pk, "passkey"),
        ("sign_in", security.pk, ["password", "totp"]),
    ]


def test_reauthentication_with_password_is_recorded(security: User) -> None:
    client, _status, _page = sign_in(security.username, PASSWORD)
    for password in ("wrong", PASSWORD):
        client.post(reverse("account_reauthenticate"), {"password": password})
    assert sign_in_entries() == [
        ("sign_in", security.pk, ["password"]),
        ("refuse_sign_in", security.pk, None),
        ("confirm_sign_in", security.pk, "password"),
    ]


def test_reauthentication_with_code_is_recorded(security: User) -> None:
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(security, backend="django.contrib.auth.backends.ModelBackend")
    for code in ("000000", totp_of("JBSWY3DPEHPK3PXP")):
        client.post(reverse("mfa_reauthenticate"), {"code": code})
    assert sign_in_entries() == [
        ("refuse_sign_in", security.pk, "code"),
        ("confirm_sign_in", security.pk, "code"),
    ]


def test_too_many_failures_are_logged_without_name(person: User, caplog: pytest.LogCaptureFixture) -> None:
    for _attempt in range(6):
        sign_in(person.username, "wrong")
    told = [record.getMessage() for record in caplog.records if record.name == "zsbank.base.accounts.adapter"]
    assert told[:5] == ["a sign-in was refused"] * 5
    assert told[5:] == ["a sign-in was not tried: too many failures of this account from this address"]


def test_codes_beyond_limit_are_logged_only(security: User, caplog: pytest.LogCaptureFixture) -> None:
    TOTP.activate(security, "JBSWY3DPEHPK3PXP")
    client, _status, _page = sign_in(security.username, PASSWORD)
    for _attempt in range(8):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert len(sign_in_entries()) == 1
    told = [record.getMessage() for record in caplog.records if record.name == "zsbank.base.accounts.forms"]
    assert told == ["a code was not tried: too many failures of this account"] * 3


def test_desk_has_no_sign_in_page(security: User) -> None:
    client = Client()
    assert client.get("/admin/login/").status_code == 302
    client.post("/admin/login/", {"username": security.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_bank_administrator_requires_second_factor(person: User, administrator: User, bank: Bank) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    register_actions.demand_second_factor(bank=bank, demanded=True, by=administrator)
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_clerk_cannot_require_second_factor(person: User, stranger: User, bank: Bank) -> None:
    for somebody in (person, stranger):
        with pytest.raises(NotAllowed):
            register_actions.demand_second_factor(bank=bank, demanded=True, by=somebody)


def test_removed_member_is_refused_on_next_request(person: User, administrator: User, bank: Bank) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    assert client.get("/").status_code == 200
    member_actions.remove_member(member=Member.objects.get(user=person), by=administrator)
    assert client.get("/").status_code == 403


def test_deactivated_person_is_signed_out_on_next_request(security: User, people: "People") -> None:
    people.reviewer.set_password(PASSWORD)
    people.reviewer.save()
    client, _status, _page = sign_in(people.reviewer.username, PASSWORD)
    assert client.get("/admin/").status_code == 200
    actions.deactivate_person(person=people.reviewer, by=security)
    assert client.get("/admin/").status_code == 302


def test_revoked_role_no_longer_applies(security: User, people: "People") -> None:
    reviewer = actions.revoke_role(person=people.reviewer, role=Role.REVIEWER, by=security)
    assert not reviewer.is_staff
    with pytest.raises(WrongState):
        actions.revoke_role(person=reviewer, role=Role.REVIEWER, by=security)


def test_own_roles_and_account_cannot_be_changed(security: User) -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(person=security, role=Role.DECIDER, by=security)
    with pytest.raises(NotAllowed):
        actions.revoke_role(person=security, role=Role.SECURITY_ADMINISTRATOR, by=security)
    with pytest.raises(NotAllowed):
        actions.deactivate_person(person=security, by=security)


def test_administrator_roles_exclude_each_other(security: User, people: "People") -> None:
    actions.grant_role(person=people.auditor, role=Role.AUDIT_ADMINISTRATOR, by=security)
    person = User.objects.get(pk=people.auditor.pk)
    with pytest.raises(NotAllowed):
        actions.grant_role(person=person, role=Role.SYSTEM_ADMINISTRATOR, by=security)


def test_only_security_administrator_grants_roles(people: "People") -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(person=people.intake, role=Role.DECIDER, by=people.decider)


def test_sign_in_entries_are_for_auditors_only(person: User, people: "People") -> None:
    sign_in(person.username, PASSWORD)
    entry = Entry.objects.get(verb="sign_in")
    page = reverse("admin:journal_entry_change", args=[entry.pk])
    for reader, status in ((people.auditor, 200), (people.reviewer, 404)):
        client = Client()
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page).status_code == status
        listed = client.get(reverse("admin:journal_entry_changelist")).content.decode()
        assert (page in listed) == (status == 200)
