"""A bank's people: invited by a link that works once, for some days; one session acts for one bank."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from admission import actions as admission
from admission.models import PolicyEdition
from banks import actions
from banks import people as verbs
from banks.models import Bank, Invitation, Member
from banks.queries import open_invitations
from banks.tests.factories import OutletFactory, make_member
from zsbank.accounts.models import User
from zsbank.accounts.roles import Role
from zsbank.calendar import clock
from zsbank.journal.models import Entry
from zsbank.notices import actions as notices
from zsbank.notices.models import Message
from zsbank.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://127\.0\.0\.1:8000(/bank/invitation/([A-Za-z0-9_-]{43})/)")
TOKEN = re.compile(r'value="\w{64}"')
PASSWORD = "correct horse battery"
NEW = "new@bank.example"
BANK_ADMIN, CLERK = Role.BANK_ADMINISTRATOR, Role.BANK_CLERK


def invite(bank: Bank, by: User, role: Role = CLERK, email: str = NEW) -> Invitation:
    """Invite 新人."""
    return verbs.invite_member(bank=bank, name="新人", email=email, role=role, by=by)


def mailed() -> list[str]:
    """Send what waits; gives the tokens of all links that were ever mailed, oldest first."""
    for row in notices.waiting():
        notices.deliver(row.pk)
    return [found[2] for letter in mail.outbox if (found := LINK.search(str(letter.body)))]


def link(token: str) -> str:
    """The address in the mail."""
    return reverse("banks:follow", args=[token])


def digest(token: str) -> str:
    """What the verbs are given."""
    return verbs.digest_of(token)


def accept(token: str, username: str = "new") -> Member:
    """Accept as somebody without an account."""
    return verbs.accept_with_new_account(digest=digest(token), username=username, password=PASSWORD)


# Who invites ----------------------------------------------------------------------------------------------------


def test_the_administrator_invites_and_the_mail_leaves_from_its_row(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    assert mail.outbox == []
    token = mailed()[0]
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "bankadmin员邀请您以银行经办员身份" in str(letter.body)
    assert row.token_sha256 == digest(token)
    assert Entry.objects.get(verb="invite_member").uscc == bank.uscc


def test_the_token_stays_nowhere_once_it_is_mailed(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    token = mailed()[0]
    for model in (Invitation, Message, Entry):
        assert token not in str(list(model._default_manager.values()))


def test_the_bureau_invites_the_first_administrator_only(bank: Bank, people: "People") -> None:
    with pytest.raises(NotAllowed):
        invite(bank, people.intake, CLERK)
    invite(bank, people.intake, BANK_ADMIN)
    with pytest.raises(Refused, match="新人"):
        invite(bank, people.intake, BANK_ADMIN, "second@bank.example")
    accept(mailed()[0])
    with pytest.raises(NotAllowed):
        invite(bank, people.intake, BANK_ADMIN, "second@bank.example")


def test_who_may_not_invite(
    bank: Bank, administrator: User, clerk: User, stranger: User, people: "People"
) -> None:
    for person in (clerk, stranger, people.reviewer, people.auditor, people.intake):
        with pytest.raises(NotAllowed):
            invite(bank, person, BANK_ADMIN)
    assert not Message.objects.exists()


def test_an_administrator_whose_account_ended_does_not_count(
    bank: Bank, administrator: User, people: "People"
) -> None:
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    invite(bank, people.intake, BANK_ADMIN)


def test_one_open_invitation_for_an_address(bank: Bank, administrator: User, clerk: User) -> None:
    row = invite(bank, administrator)
    for email in (NEW, "NEW@bank.example"):
        with pytest.raises(Refused, match="新人"):
            invite(bank, administrator, email=email)
    with pytest.raises(Refused, match="clerk"):
        invite(bank, administrator, email=clerk.email)
    with pytest.raises(Incomplete):
        invite(bank, administrator, email=" ")
    verbs.withdraw_invitation(invitation=row, by=administrator)
    invite(bank, administrator)


def test_the_database_holds_one_open_invitation_too(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    row.pk, row.token_sha256, row.email = None, "0" * 64, NEW.upper()
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


# Accepting ------------------------------------------------------------------------------------------------------


def test_somebody_new_gets_an_account_and_the_role(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    member = accept(mailed()[0])
    assert (member.bank, member.role, member.user.name, member.user.email) == (bank, CLERK, "新人", NEW)
    assert member.user.check_password(PASSWORD)
    assert member.user.password.startswith("argon2$")
    entry = Entry.objects.get(verb="accept_invitation")
    assert (entry.actor, entry.data["invited_by"]) == (member.user, "bankadmin员")
    assert Message.objects.get(recipient=administrator).uscc == bank.uscc


def test_somebody_with_an_account_accepts_with_it(bank: Bank, administrator: User, stranger: User) -> None:
    invite(bank, administrator, BANK_ADMIN)
    member = verbs.accept_invitation(digest=digest(mailed()[0]), by=stranger)
    assert (member.user, member.role) == (stranger, BANK_ADMIN)
    assert stranger.memberships.filter(left_on=None).count() == 2


def dead(bank: Bank, administrator: User, how: str) -> str:
    """A token that opens nothing."""
    row = invite(bank, administrator)
    token = mailed()[0]
    if how == "used":
        accept(token)
    elif how == "withdrawn":
        verbs.withdraw_invitation(invitation=row, by=administrator)
    elif how == "renewed":
        verbs.renew_invitation(invitation=row, by=administrator)
    elif how == "expired":
        Invitation.objects.update(invited_at=row.invited_at - dt.timedelta(8), expires_at=clock.now())
    elif how == "sent by a leaver":
        make_member(bank, "second", BANK_ADMIN)
        actions.remove_member(
            member=bank.members.get(user=administrator), by=bank.members.get(user__username="second").user
        )
    elif how == "sent by somebody who is now a clerk":
        second = make_member(bank, "second", BANK_ADMIN).user
        verbs.change_member_role(member=bank.members.get(user=administrator), role=CLERK, by=second)
    else:
        token = "unknown"
    return token


DEAD = (
    "used",
    "withdrawn",
    "renewed",
    "expired",
    "sent by a leaver",
    "sent by somebody who is now a clerk",
    "unknown",
)


@pytest.mark.parametrize("how", DEAD)
def test_a_dead_link_opens_nothing(how: str, bank: Bank, administrator: User, stranger: User) -> None:
    token = dead(bank, administrator, how)
    with pytest.raises(verbs.NoInvitation):
        accept(token, "another")
    with pytest.raises(verbs.NoInvitation):
        verbs.accept_invitation(digest=digest(token), by=stranger)
    assert not User.objects.filter(username="another").exists()


def test_all_dead_links_are_answered_in_the_same_words(bank: Bank, administrator: User) -> None:
    said = set()
    for how in DEAD[:5] + DEAD[6:]:
        Invitation.objects.all().delete()
        mail.outbox.clear()
        Member.objects.exclude(user=administrator).delete()
        User.objects.filter(username="new").update(username=f"was-{how}")
        Member.objects.filter(user=administrator).update(left_on=None)
        client = Client()
        answer = client.get(link(dead(bank, administrator, how)), follow=True)
        assert answer.status_code == 404
        said.add(TOKEN.sub("", answer.content.decode()))
    never = Client().get(reverse("banks:accept"))
    said.add(TOKEN.sub("", never.content.decode()))
    assert len(said) == 1


def test_it_holds_for_seven_days_to_the_minute(bank: Bank, administrator: User) -> None:
    began = clock.now()
    with clock.playing(began):
        invite(bank, administrator)
    token = mailed()[0]
    with clock.playing(began + dt.timedelta(days=7)), pytest.raises(verbs.NoInvitation):
        accept(token)
    with clock.playing(began + dt.timedelta(days=7, minutes=-1)):
        accept(token)


def test_what_cannot_be_accepted_leaves_the_invitation_open(
    bank: Bank, administrator: User, clerk: User, people: "People"
) -> None:
    invite(bank, administrator)
    token = mailed()[0]
    with pytest.raises(Refused, match="bankadmin"):
        accept(token, "bankadmin")
    for person in (clerk, people.intake):
        with pytest.raises(Refused):
            accept_with(token, person)
    accept(token)


def accept_with(token: str, person: User) -> Member:
    """Accept with an account."""
    return verbs.accept_invitation(digest=digest(token), by=person)


# Renewing, withdrawing, changing, removing ------------------------------------------------------------------------


def test_renewed_it_holds_anew_in_the_name_of_who_renews(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    second = make_member(bank, "second", BANK_ADMIN).user
    with clock.playing(clock.now() + dt.timedelta(days=30)):
        assert not open_invitations(bank).get().holds  # type: ignore[attr-defined]
        verbs.renew_invitation(invitation=row, by=second)
        assert open_invitations(bank).get().holds  # type: ignore[attr-defined]
        assert len(mailed()) == 1
        assert accept(mailed()[0]).bank == bank
    row.refresh_from_db()
    assert row.invited_by == second


def test_withdrawn_before_it_was_mailed_nothing_leaves(bank: Bank, administrator: User) -> None:
    verbs.withdraw_invitation(invitation=invite(bank, administrator), by=administrator)
    assert mailed() == []
    assert mail.outbox == []


def test_who_may_not_renew_or_withdraw(
    bank: Bank, administrator: User, clerk: User, stranger: User, people: "People"
) -> None:
    row = invite(bank, administrator)
    for person in (clerk, stranger, people.intake, people.decider):
        for verb in (renew, withdraw):
            with pytest.raises(NotAllowed):
                verb(row, person)


def renew(row: Invitation, by: User) -> Invitation:
    """Renew."""
    return verbs.renew_invitation(invitation=row, by=by)


def withdraw(row: Invitation, by: User) -> Invitation:
    """Withdraw."""
    return verbs.withdraw_invitation(invitation=row, by=by)


def test_an_old_page_neither_renews_nor_withdraws(bank: Bank, administrator: User) -> None:
    accepted, withdrawn = invite(bank, administrator), invite(bank, administrator, email="b@bank.example")
    accept(mailed()[0])
    withdraw(withdrawn, administrator)
    for row in (accepted, withdrawn):
        for verb in (renew, withdraw):
            with pytest.raises(WrongState):
                verb(row, administrator)


def test_the_bureau_sees_to_what_it_sent_until_somebody_comes(bank: Bank, people: "People") -> None:
    row = invite(bank, people.intake, BANK_ADMIN)
    renew(row, people.intake)
    withdraw(row, people.intake)
    row = invite(bank, people.intake, BANK_ADMIN)
    make_member(bank, "second", BANK_ADMIN)
    with pytest.raises(NotAllowed):
        renew(row, people.intake)


def test_the_administrator_changes_a_colleagues_role(
    bank: Bank, administrator: User, clerk: User, stranger: User, people: "People"
) -> None:
    member = bank.members.get(user=clerk)
    for person in (clerk, stranger, people.intake):
        with pytest.raises(NotAllowed):
            change(member, BANK_ADMIN, person)
    change(member, BANK_ADMIN, administrator)
    with pytest.raises(WrongState):
        change(member, BANK_ADMIN, administrator)
    with pytest.raises(Refused):
        change(member, Role.DECIDER, administrator)
    actions.remove_member(member=member, by=administrator)
    with pytest.raises(WrongState):
        change(member, CLERK, administrator)


def change(member: Member, role: Role, by: User) -> Member:
    """Change a role."""
    return verbs.change_member_role(member=member, role=role, by=by)


def test_nobody_changes_their_own_role(bank: Bank, administrator: User) -> None:
    make_member(bank, "second", BANK_ADMIN)
    with pytest.raises(NotAllowed):
        change(bank.members.get(user=administrator), CLERK, administrator)


def test_the_last_administrator_stays_until_the_bureau_ends_it(
    bank: Bank, administrator: User, clerk: User, people: "People"
) -> None:
    member = bank.members.get(user=administrator)
    with pytest.raises(NotAllowed):
        actions.remove_member(member=member, by=clerk)
    with pytest.raises(Refused) as refused:
        actions.remove_member(member=member, by=administrator)
    assert refused.value.code == "last_administrator"
    actions.remove_member(member=member, by=people.intake)
    with pytest.raises(WrongState):
        actions.remove_member(member=member, by=people.intake)


def test_two_administrators_cannot_remove_each_other(bank: Bank, administrator: User) -> None:
    second = make_member(bank, "second", BANK_ADMIN).user
    actions.remove_member(member=bank.members.get(user=administrator), by=second)
    with pytest.raises(NotAllowed):
        actions.remove_member(member=bank.members.get(user=second), by=administrator)


# The pages ------------------------------------------------------------------------------------------------------


def signed_in(user: User) -> Client:
    """A session of a person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_colleague_is_invited_renewed_and_withdrawn_in_the_portal(bank: Bank, administrator: User) -> None:
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


def test_a_clerk_is_offered_nothing_and_can_do_nothing(bank: Bank, administrator: User, clerk: User) -> None:
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


def test_a_role_is_changed_and_a_colleague_removed_in_the_portal(
    bank: Bank, administrator: User, clerk: User
) -> None:
    member, client = bank.members.get(user=clerk), signed_in(administrator)
    client.post(reverse("banks:change_role", args=[member.pk]), {"role": BANK_ADMIN})
    member.refresh_from_db()
    assert member.role == BANK_ADMIN
    client.post(reverse("banks:remove_member", args=[member.pk]), {"yes": "1"})
    member.refresh_from_db()
    assert member.left_on is not None


def test_another_banks_people_and_invitations_are_not_there(
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


def test_the_link_is_taken_out_of_the_address(bank: Bank, administrator: User) -> None:
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
    """What somebody new enters."""
    return {"username": "new", "password": PASSWORD, "again": PASSWORD} | other


def test_somebody_new_accepts_in_the_page_and_signs_in_as_everybody_does(
    bank: Bank, administrator: User
) -> None:
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"), typed())
    assert answer["Location"] == reverse("account_login")
    assert not get_user(client).is_authenticated
    client.post(answer["Location"], {"login": "new", "password": PASSWORD})
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
def test_a_password_or_name_that_will_not_do_is_said_at_its_field(
    wrong: dict[str, str], field: str, bank: Bank, administrator: User
) -> None:
    invite(bank, administrator)
    client = Client()
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"), typed(**wrong))
    assert field in answer.context["form"].errors
    assert PASSWORD not in answer.content.decode()
    assert bank.members.count() == 1


def test_that_an_address_has_an_account_is_told_to_nobody(
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


def test_who_has_an_account_signs_in_on_the_way_and_acts_for_the_bank(
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


def test_an_officer_with_the_link_is_told_why_not(bank: Bank, administrator: User, people: "People") -> None:
    invite(bank, administrator)
    client = signed_in(people.intake)
    client.get(link(mailed()[0]))
    answer = client.post(reverse("banks:accept"))
    assert 'role="alert"' in answer.content.decode()
    assert bank.members.count() == 1


def test_the_desk_invites_the_first_administrator_and_sees_to_the_invitation(
    bank: Bank, people: "People"
) -> None:
    client = signed_in(people.intake)
    sheet = "admin:banks_bank_sheet"
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


def test_the_list_of_people_costs_the_same_for_one_and_for_many(
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


# Two banks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(bank: Bank, other_bank: Bank) -> User:
    """Somebody who acts for both banks."""
    user = make_member(bank, "both", BANK_ADMIN).user
    Member.objects.create(bank=other_bank, user=user, role=BANK_ADMIN, since=dt.date(2020, 1, 1))
    return user


def act_for(client: Client, bank: Bank, going_to: str = "/") -> Any:
    """Choose a bank."""
    return client.post(reverse("banks:choose"), {"bank": bank.pk, "next": going_to})


def test_who_acts_for_two_banks_is_asked_for_which(bank: Bank, other_bank: Bank, both: User) -> None:
    client, page = signed_in(both), reverse("banks:outlets")
    asked = client.get(page)
    assert asked["Location"] == f"{reverse('banks:choose')}?next=%2Fbank%2Foutlets%2F"
    shown = client.get(asked["Location"]).content.decode()
    assert bank.name in shown
    assert other_bank.name in shown
    assert act_for(client, bank, page)["Location"] == page
    assert act_for(client, bank, "https://elsewhere.example/")["Location"] == "/"


def test_nothing_of_the_other_bank_appears(
    bank: Bank, other_bank: Bank, both: User, edition: PolicyEdition
) -> None:
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


def test_the_header_changes_to_the_other_bank_by_post(bank: Bank, other_bank: Bank, both: User) -> None:
    client = signed_in(both)
    act_for(client, bank)
    header = client.get("/").content.decode().split("</header>")[0]
    assert f'name="bank" value="{other_bank.pk}"' in header
    assert f'name="bank" value="{bank.pk}"' not in header


def test_who_acts_for_one_bank_is_asked_nothing(clerk: User) -> None:
    page = signed_in(clerk).get("/")
    assert page.status_code == 200
    assert 'class="switch"' not in page.content.decode()


def test_a_form_from_before_the_change_is_not_taken_for_the_other_bank(
    bank: Bank, other_bank: Bank, both: User
) -> None:
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
    outlet = {
        "name": "新网点",
        "town": "小榄镇",
        "address": "示例路1号",
        "windows": "1",
        "trained_staff": "1",
    }
    refused = client.post(reverse("banks:new_outlet"), outlet | {"csrfmiddlewaretoken": old})
    assert refused.status_code == 403
    assert not other_bank.outlets.exists()


def test_only_ones_own_banks_can_be_chosen(bank: Bank, other_bank: Bank, clerk: User, both: User) -> None:
    client = signed_in(clerk)
    assert act_for(client, other_bank).status_code == 200
    assert f"<h1>{bank.name}</h1>" in client.get("/").content.decode()
    assert client.post(f"/api/v1/banks/{other_bank.pk}/choose/").status_code == 404


def test_the_api_asks_for_the_bank_too(
    bank: Bank, other_bank: Bank, both: User, edition: PolicyEdition
) -> None:
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


def test_a_leaver_is_out_with_the_next_click(bank: Bank, administrator: User, clerk: User) -> None:
    client = signed_in(clerk)
    assert client.get(reverse("banks:outlets")).status_code == 200
    actions.remove_member(member=bank.members.get(user=clerk), by=administrator)
    for answer in (
        client.get(reverse("banks:outlets")),
        client.post(reverse("banks:new_outlet"), {"name": "新网点"}),
        client.get("/"),
    ):
        assert answer.status_code == 403
        assert bank.name not in answer.content.decode()
        assert "banks/no_bank.html" in [template.name for template in answer.templates]
    assert client.get("/api/v1/applications/").json()["results"] == []


def test_who_left_the_chosen_bank_does_not_slip_into_the_other(
    bank: Bank, other_bank: Bank, both: User, people: "People"
) -> None:
    client = signed_in(both)
    act_for(client, bank)
    actions.remove_member(member=bank.members.get(user=both), by=people.intake)
    outlet = {
        "name": "新网点",
        "town": "小榄镇",
        "address": "示例路1号",
        "windows": "1",
        "trained_staff": "1",
    }
    asked = client.post(reverse("banks:new_outlet"), outlet)
    assert asked["Location"].startswith(reverse("banks:choose"))
    assert not other_bank.outlets.exists()
    act_for(client, other_bank)
    assert other_bank.name in client.get("/").content.decode()
