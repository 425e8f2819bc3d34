"""Members are invited by a link that works once and expires, change roles, and are removed."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import IntegrityError

from banks.members.actions import invitations
from banks.members.actions import members as member_actions
from banks.members.actions.members import remove_member
from banks.members.models import Invitation, Member
from banks.members.queries import open_invitations
from banks.members.tests.inviting import (
    BANK_ADMIN,
    CLERK,
    INVALID_LINKS,
    NEW,
    PASSWORD,
    accept,
    digest,
    invalid_token,
    invite,
    mailed,
    opened,
    renew,
    withdraw,
)
from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


# Who invites ----------------------------------------------------------------------------------------------------


def test_invitation_is_mailed_from_the_outbox(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    assert mail.outbox == []
    token = mailed()[0]
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "bankadmin员邀请您以银行经办员身份" in str(letter.body)
    assert row.token_sha256 == digest(token)
    assert Entry.objects.get(verb="invite_member").uscc == bank.uscc


def test_mailed_token_is_not_stored(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    token = mailed()[0]
    for model in (Invitation, Message, Entry):
        assert token not in str(list(model._default_manager.values()))


def test_bureau_invites_first_administrator_only(bank: Bank, people: "People") -> None:
    with pytest.raises(NotAllowed):
        invite(bank, people.intake, CLERK)
    invite(bank, people.intake, BANK_ADMIN)
    with pytest.raises(Refused, match="新人"):
        invite(bank, people.intake, BANK_ADMIN, "second@bank.example")
    accept(mailed()[0])
    with pytest.raises(NotAllowed):
        invite(bank, people.intake, BANK_ADMIN, "second@bank.example")


def test_inviting_without_permission_is_refused(
    bank: Bank, administrator: User, clerk: User, stranger: User, people: "People"
) -> None:
    for person in (clerk, stranger, people.reviewer, people.auditor, people.intake):
        with pytest.raises(NotAllowed):
            invite(bank, person, BANK_ADMIN)
    assert not Message.objects.exists()


def test_inactive_administrator_does_not_count(bank: Bank, administrator: User, people: "People") -> None:
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    invite(bank, people.intake, BANK_ADMIN)


def test_second_open_invitation_for_an_address_is_refused(
    bank: Bank, administrator: User, clerk: User
) -> None:
    row = invite(bank, administrator)
    for email in (NEW, "NEW@bank.example"):
        with pytest.raises(Refused, match="新人"):
            invite(bank, administrator, email=email)
    with pytest.raises(Refused, match="clerk"):
        invite(bank, administrator, email=clerk.email)
    with pytest.raises(Incomplete):
        invite(bank, administrator, email=" ")
    invitations.withdraw_invitation(invitation=row, by=administrator)
    invite(bank, administrator)


def test_database_refuses_second_open_invitation(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    row.pk, row.token_sha256, row.email = None, "0" * 64, NEW.upper()
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


# Accepting ------------------------------------------------------------------------------------------------------


def test_new_person_gets_account_and_role(bank: Bank, administrator: User) -> None:
    invite(bank, administrator)
    member = accept(mailed()[0])
    assert (member.bank, member.role, member.user.name, member.user.email) == (bank, CLERK, "新人", NEW)
    assert member.user.check_password(PASSWORD)
    assert member.user.password.startswith("argon2$")
    entry = Entry.objects.get(verb="accept_invitation")
    assert (entry.actor, entry.data["invited_by"]) == (member.user, "bankadmin员")
    assert Message.objects.get(recipient=administrator).uscc == bank.uscc


def test_existing_account_accepts_invitation(bank: Bank, administrator: User, stranger: User) -> None:
    invite(bank, administrator, BANK_ADMIN)
    member = invitations.accept_invitation(**opened(mailed()[0]), by=stranger)
    assert (member.user, member.role) == (stranger, BANK_ADMIN)
    assert stranger.memberships.filter(left_on=None).count() == 2


@pytest.mark.parametrize("how", INVALID_LINKS)
def test_invalid_link_is_refused(how: str, bank: Bank, administrator: User, stranger: User) -> None:
    token = invalid_token(bank, administrator, how)
    with pytest.raises(invitations.NoInvitation):
        accept(token, "another")
    with pytest.raises(invitations.NoInvitation):
        invitations.accept_invitation(**opened(token), by=stranger)
    assert not User.objects.filter(username="another").exists()


def test_invitation_expires_after_seven_days(bank: Bank, administrator: User) -> None:
    began = clock.now()
    with clock.playing(began):
        invite(bank, administrator)
    token = mailed()[0]
    with clock.playing(began + dt.timedelta(days=7)), pytest.raises(invitations.NoInvitation):
        accept(token)
    with clock.playing(began + dt.timedelta(days=7, minutes=-1)):
        accept(token)


def test_failed_acceptance_leaves_invitation_open(
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
    return invitations.accept_invitation(**opened(token), by=person)


# Renewing, withdrawing, changing, removing ------------------------------------------------------------------------


def test_renewed_invitation_is_valid_in_the_renewers_name(bank: Bank, administrator: User) -> None:
    row = invite(bank, administrator)
    second = make_member(bank, "second", BANK_ADMIN).user
    with clock.playing(clock.now() + dt.timedelta(days=30)):
        assert not open_invitations(bank).get().holds  # type: ignore[attr-defined]
        invitations.renew_invitation(invitation=row, by=second)
        assert open_invitations(bank).get().holds  # type: ignore[attr-defined]
        assert len(mailed()) == 1
        assert accept(mailed()[0]).bank == bank
    row.refresh_from_db()
    assert row.invited_by == second


def test_withdrawn_invitation_is_not_mailed(bank: Bank, administrator: User) -> None:
    invitations.withdraw_invitation(invitation=invite(bank, administrator), by=administrator)
    assert mailed() == []
    assert mail.outbox == []


def test_renewing_or_withdrawing_without_permission_is_refused(
    bank: Bank, administrator: User, clerk: User, stranger: User, people: "People"
) -> None:
    row = invite(bank, administrator)
    for person in (clerk, stranger, people.intake, people.decider):
        for verb in (renew, withdraw):
            with pytest.raises(NotAllowed):
                verb(row, person)


def test_closed_invitation_is_not_renewed_or_withdrawn(bank: Bank, administrator: User) -> None:
    accepted, withdrawn = invite(bank, administrator), invite(bank, administrator, email="b@bank.example")
    accept(mailed()[0])
    withdraw(withdrawn, administrator)
    for row in (accepted, withdrawn):
        for verb in (renew, withdraw):
            with pytest.raises(WrongState):
                verb(row, administrator)


def test_bureau_renews_its_invitation_until_a_member_joins(bank: Bank, people: "People") -> None:
    row = invite(bank, people.intake, BANK_ADMIN)
    renew(row, people.intake)
    withdraw(row, people.intake)
    row = invite(bank, people.intake, BANK_ADMIN)
    make_member(bank, "second", BANK_ADMIN)
    with pytest.raises(NotAllowed):
        renew(row, people.intake)


def test_administrator_changes_role_of_colleague(
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
    remove_member(member=member, by=administrator)
    with pytest.raises(WrongState):
        change(member, CLERK, administrator)


def change(member: Member, role: Role, by: User) -> Member:
    """Change a role."""
    return member_actions.change_member_role(member=member, role=role, by=by)


def test_changing_own_role_is_refused(bank: Bank, administrator: User) -> None:
    make_member(bank, "second", BANK_ADMIN)
    with pytest.raises(NotAllowed):
        change(bank.members.get(user=administrator), CLERK, administrator)


def test_last_administrator_is_removed_by_bureau_only(
    bank: Bank, administrator: User, clerk: User, people: "People"
) -> None:
    member = bank.members.get(user=administrator)
    with pytest.raises(NotAllowed):
        remove_member(member=member, by=clerk)
    with pytest.raises(Refused) as refused:
        remove_member(member=member, by=administrator)
    assert refused.value.code == "last_administrator"
    remove_member(member=member, by=people.intake)
    with pytest.raises(WrongState):
        remove_member(member=member, by=people.intake)


def test_removed_administrator_removes_nobody(bank: Bank, administrator: User) -> None:
    second = make_member(bank, "second", BANK_ADMIN).user
    remove_member(member=bank.members.get(user=administrator), by=second)
    with pytest.raises(NotAllowed):
        remove_member(member=bank.members.get(user=second), by=administrator)
