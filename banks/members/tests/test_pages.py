"""Portal pages of members and invitations: access, and no disclosure to others."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from banks.members.models import Invitation, Member
from banks.members.terms import DUTIES
from banks.members.tests.inviting import (
    BANK_ADMIN,
    CLERK,
    NEW,
    PASSWORD,
    accept,
    invalid_token,
    invite,
    link,
    mailed,
    withdraw,
)
from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import BANK_ROLES

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="\w{64}"')


def signed_in(user: User) -> Client:
    """Return a client signed in as a person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_invitation_is_sent_renewed_and_withdrawn_in_the_portal(bank: Bank, administrator: User) -> None:
    client = signed_in(administrator)
    page = client.post(reverse("banks:members"), {"name": "新人", "email": NEW, "role": CLERK}, follow=True)
    assert NEW in page.content.decode()
    row = Invitation.objects.get()
    client.post(reverse("banks:renew_invitation", args=[row.pk]))
    assert len(mailed()) == 1
    client.post(reverse("banks:withdraw_invitation", args=[row.pk]), {"yes": "1"})
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert client.get(reverse("banks:withdraw_invitation", args=[row.pk])).status_code == 404


def test_clerk_cannot_manage_members(bank: Bank, administrator: User, clerk: User) -> None:
    invite(bank, administrator)
    client = signed_in(clerk)
    page = client.get(reverse("banks:members")).content.decode()
    assert NEW not in page
    assert 'name="email"' not in page
    client.post(reverse("banks:members"), {"name": "另一人", "email": "b@bank.example", "role": CLERK})
    client.post(reverse("banks:change_role", args=[bank.members.get(user=administrator).pk]), {"role": CLERK})
    client.post(reverse("banks:renew_invitation", args=[Invitation.objects.get().pk]))
    assert Invitation.objects.count() == 1
    assert len(mailed()) == 1
    assert bank.members.get(user=administrator).role == BANK_ADMIN


def test_member_role_is_changed_and_member_removed_in_the_portal(
    bank: Bank, administrator: User, clerk: User
) -> None:
    member, client = bank.members.get(user=clerk), signed_in(administrator)
    client.post(reverse("banks:change_role", args=[member.pk]), {"role": BANK_ADMIN})
    member.refresh_from_db()
    assert member.role == BANK_ADMIN
    client.post(reverse("banks:remove_member", args=[member.pk]), {"yes": "1"})
    member.refresh_from_db()
    assert member.left_on is not None


def test_other_banks_members_and_invitations_are_hidden(
    bank: Bank, administrator: User, clerk: User, stranger: User
) -> None:
    row, member, client = invite(bank, administrator), bank.members.get(user=clerk), signed_in(stranger)
    for name, pk in (
        ("banks:withdraw_invitation", row.pk),
        ("banks:renew_invitation", row.pk),
        ("banks:change_role", member.pk),
        ("banks:remove_member", member.pk),
    ):
        assert client.post(reverse(name, args=[pk]), {"role": BANK_ADMIN}).status_code == 404
    assert NEW not in client.get(reverse("banks:members")).content.decode()


def test_invalid_links_get_the_same_answer(bank: Bank, administrator: User) -> None:
    said = set()
    for how in ("withdrawn", "renewed", "sent by a leaver", "unknown"):
        Invitation.objects.all().delete()
        mail.outbox.clear()
        Member.objects.exclude(user=administrator).delete()
        User.objects.filter(username="new").update(username=f"was-{how}")
        Member.objects.filter(user=administrator).update(left_on=None)
        client = Client()
        answer = client.get(link(invalid_token(bank, administrator, how)), follow=True)
        assert answer.status_code == 404
        said.add(TOKEN.sub("", answer.content.decode()))
    never = Client().get(reverse("banks:accept"))
    said.add(TOKEN.sub("", never.content.decode()))
    assert len(said) == 1


@pytest.mark.parametrize(("how", "words"), [("used", "已经接受过"), ("expired", "联系本行管理员")])
def test_used_and_expired_links_give_advice_and_no_names(
    how: str, words: str, bank: Bank, administrator: User
) -> None:
    answer = Client().get(link(invalid_token(bank, administrator, how)), follow=True)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (404, True)
    for hidden in (bank.name, bank.uscc, NEW, "新人", "new", administrator.name, administrator.username):
        assert hidden not in TOKEN.sub("", page).split("<main")[1].split("</main")[0]


def test_expired_link_from_the_bureau_names_the_office(
    bank: Bank, people: "People", settings: Settings
) -> None:
    settings.OFFICE_PHONE = "0760-88880000"
    row = invite(bank, people.intake, role=BANK_ADMIN)
    Invitation.objects.update(invited_at=row.invited_at - dt.timedelta(8), expires_at=clock.now())
    page = Client().get(link(mailed()[0]), follow=True).content.decode()
    assert "联系市人社局" in page
    assert "0760-88880000" in page


@pytest.mark.parametrize("required", [True, False])
def test_new_person_passes_sign_in_checks(required: bool, bank: Bank, administrator: User) -> None:
    bank.second_factor_required = required
    bank.save(update_fields=["second_factor_required"])
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    client.post(reverse("banks:accept"), typed())
    [entry] = Entry.objects.filter(verb="sign_in")
    assert entry.data["shown"] == ["password"]
    assert (client.get("/").headers.get("Location") == reverse("mfa_index")) == required


def test_duties_cover_permission_table() -> None:
    """Check that each verb of a bank's role is in one line, and all verbs of a line have the same holders."""
    explained = [verb for _label, verbs in DUTIES for verb in verbs]
    assert sorted(explained) == sorted(verb for verb in Verb if verb.roles & BANK_ROLES)
    for label, verbs in DUTIES:
        assert len({verb.roles & BANK_ROLES for verb in verbs}) == 1, label


def test_roles_are_explained_in_forms(bank: Bank, administrator: User, clerk: User) -> None:
    client = signed_in(administrator)
    member = bank.members.get(user=clerk)
    for page in (reverse("banks:members"), reverse("banks:change_role", args=[member.pk])):
        assert [str(duty.label) for duty in client.get(page).context["duties"]] == [
            str(label) for label, _verbs in DUTIES
        ]


def test_link_token_is_removed_from_the_address(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    token = mailed()[0]
    client = Client()
    answer = client.get(link(token))
    assert (answer.status_code, answer["Location"]) == (302, reverse("banks:accept"))
    assert answer["Referrer-Policy"] == "no-referrer"
    page = client.get(reverse("banks:accept")).content.decode()
    for shown in (bank.name, "银行经办员", "bankadmin员", 'name="password"', reverse("account_login")):
        assert shown in page
    assert token not in page
    assert token not in str(dict(client.session))


def typed(**other: str) -> dict[str, str]:
    """Return the input of a new person."""
    return {"username": "new", "password": PASSWORD, "again": PASSWORD} | other


def test_new_person_accepts_on_the_page_and_is_signed_in(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"), typed())
    assert answer["Location"] == reverse("portal:home")
    assert get_user(client).is_authenticated
    assert bank.name in client.get("/").content.decode()
    assert client.get(reverse("banks:accept")).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"again": "another horse battery"}, "again"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "password123456", "again": "password123456"}, "password"),
        ({"username": "somebodynew", "password": "somebodynew1", "again": "somebodynew1"}, "password"),
        ({"username": "新人"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "bankadmin"}, "__all__"),
    ],
)
def test_invalid_password_or_name_is_shown_at_its_field(
    wrong: dict[str, str], field: str, bank: Bank, administrator: User
) -> None:
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"), typed(**wrong))
    assert field in answer.context["form"].errors
    assert PASSWORD not in answer.content.decode()
    assert bank.members.count() == 1


def test_existing_account_of_address_is_not_disclosed(
    bank: Bank, administrator: User, stranger: User
) -> None:
    shown = []
    for email in (NEW, stranger.email):
        row = invite(bank, administrator, email=email)
        client = Client()
        client.get(link(mailed()[-1]))
        shown.append(TOKEN.sub("", client.get(reverse("banks:accept")).content.decode()))
        withdraw(row, administrator)
    assert re.sub(r"\d\d:\d\d", "", shown[0]) == re.sub(r"\d\d:\d\d", "", shown[1])


def test_existing_account_signs_in_and_becomes_member(
    bank: Bank, administrator: User, other_bank: Bank, stranger: User
) -> None:
    stranger.set_password(PASSWORD)
    stranger.save()
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    here = reverse("banks:accept")
    answer = client.post(
        f"{reverse('account_login')}?next={here}", {"login": "stranger", "password": PASSWORD, "next": here}
    )
    assert answer["Location"] == here
    assert "stranger" in client.get(here).content.decode()
    assert client.post(here)["Location"] == "/"
    page = client.get("/").content.decode()
    assert f"<h1>{bank.name}</h1>" in page


def test_officer_with_link_is_refused_with_reason(bank: Bank, administrator: User, people: "People") -> None:
    invite(bank, administrator)
    client = signed_in(people.intake)
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"))
    assert 'role="alert"' in answer.content.decode()
    assert bank.members.count() == 1


def test_desk_manages_invitation_of_first_administrator(bank: Bank, people: "People") -> None:
    client = signed_in(people.intake)
    sheet = "admin:banks_bank_action"
    client.post(reverse(sheet, args=[bank.pk, "invite_member"]), {"name": "新人", "email": NEW})
    row = Invitation.objects.get()
    case = client.get(reverse("admin:banks_bank_change", args=[bank.pk])).content.decode()
    assert NEW in case
    assert "invite_member" not in case
    client.post(reverse(sheet, args=[bank.pk, "renew_invitation"]), {"invitation": row.pk})
    accept(mailed()[0])
    case = client.get(reverse("admin:banks_bank_change", args=[bank.pk])).content.decode()
    for verb in ("invite_member", "renew_invitation", "withdraw_invitation"):
        assert verb not in case
    client.post(reverse(sheet, args=[bank.pk, "remove_member"]), {"member": bank.members.get().pk})
    assert "invite_member" in client.get(reverse("admin:banks_bank_change", args=[bank.pk])).content.decode()
    assert client.get(reverse("admin:banks_bank_change", args=[bank.pk])).status_code == 200


def test_member_list_has_constant_query_count(
    bank: Bank, administrator: User, django_assert_num_queries: Any
) -> None:
    client, page = signed_in(administrator), reverse("banks:members")
    invite(bank, administrator)
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)
    for number in range(10):
        make_member(bank, f"person{number}", CLERK)
        invite(bank, administrator, email=f"a{number}@bank.example")
    with django_assert_num_queries(7):
        client.get(page)
