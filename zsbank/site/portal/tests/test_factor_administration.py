"""Second factors and sessions of other people: who resets and ends them."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from zsbank.base.accounts import actions
from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, WrongState
from zsbank.site.portal.tests.signing_in import ELSEWHERE, PASSWORD, sign_in

if TYPE_CHECKING:
    from conftest import People
from zsbank.site.portal.tests.test_factors import SECRET

pytestmark = pytest.mark.django_db


def test_own_or_missing_factor_cannot_be_reset(security: User, person: User) -> None:
    TOTP.activate(security, SECRET)
    with pytest.raises(NotAllowed):
        actions.remove_second_factor(person=security, identified="本人", by=security)
    with pytest.raises(WrongState):
        actions.remove_second_factor(person=person, identified="本人", by=security)


def test_only_security_administrator_resets_factors_and_sessions(person: User, people: "People") -> None:
    TOTP.activate(person, SECRET)
    for somebody in (people.decider, people.auditor, person):
        with pytest.raises(NotAllowed):
            actions.remove_second_factor(person=person, identified="本人", by=somebody)
        with pytest.raises(NotAllowed):
            actions.end_sign_ins(person=person, by=somebody)


def test_security_administrator_ends_all_sessions(security: User, person: User) -> None:
    here, there = sign_in(person.username, PASSWORD)[0], sign_in(person.username, PASSWORD, ELSEWHERE)[0]
    client = Client()
    client.force_login(security)
    client.post("/admin/accounts/user/do/end_sign_ins/", {"person": "nobody"})
    assert here.get("/").status_code == 200
    client.post("/admin/accounts/user/do/end_sign_ins/", {"person": person.username})
    assert here.get("/").status_code == there.get("/").status_code == 302
    assert Entry.objects.latest("pk").data == {"ended": 2}
    assert sign_in(person.username, PASSWORD)[1] == 302


def test_deactivation_deletes_sessions(security: User, people: "People") -> None:
    people.reviewer.set_password(PASSWORD)
    people.reviewer.save()
    client, _status, _page = sign_in(people.reviewer.username, PASSWORD)
    actions.deactivate_person(person=people.reviewer, by=security)
    assert not Session.objects.filter(session_key=client.cookies["sessionid"].value).exists()
