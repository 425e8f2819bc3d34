"""Helpers for tests of invitations."""

import datetime as dt
import re
from typing import Any

from django.core import mail
from django.urls import reverse

from banks.members.actions import invitations
from banks.members.actions import members as member_actions
from banks.members.actions.members import remove_member
from banks.members.models import Invitation, Member
from banks.register.models import Bank
from banks.tests.factories import make_member
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices import actions as notices
from zsbank.base.roles import Role

LINK = re.compile(r"https?://[^/]+(/bank/invitation/([A-Za-z0-9_-]{43})/)")
PASSWORD = "correct horse battery"
NEW = "new@bank.example"
BANK_ADMIN, CLERK = Role.BANK_ADMINISTRATOR, Role.BANK_CLERK


def invite(bank: Bank, by: User, role: Role = CLERK, email: str = NEW) -> Invitation:
    """Invite 新人."""
    return invitations.invite_member(bank=bank, name="新人", email=email, role=role, by=by)


def mailed() -> list[str]:
    """Send the queued mail; return the tokens of all links ever mailed, oldest first."""
    for row in notices.unsent_messages():
        notices.deliver(row.pk)
    return [found[2] for letter in mail.outbox if (found := LINK.search(str(letter.body)))]


def link(token: str) -> str:
    """The address in the mail."""
    return reverse("banks:follow", args=[token])


def digest(token: str) -> str:
    """The digest that the actions take."""
    return invitations.digest_of(token)


def accept(token: str, username: str = "new") -> Member:
    """Accept with a new account."""
    return invitations.accept_with_new_account(**opened(token), username=username, password=PASSWORD)


def opened(token: str) -> dict[str, Any]:
    """The invitation and digest behind a link, as the actions take them."""
    return {"invitation": invitations.invitation_of(digest(token)), "digest": digest(token)}


INVALID_LINKS = (
    "used",
    "withdrawn",
    "renewed",
    "expired",
    "sent by a leaver",
    "sent by somebody who is now a clerk",
    "unknown",
)


def invalid_token(bank: Bank, administrator: User, how: str) -> str:
    """A token whose link is invalid."""
    row = invite(bank, administrator)
    token = mailed()[0]
    if how == "used":
        accept(token)
    elif how == "withdrawn":
        invitations.withdraw_invitation(invitation=row, by=administrator)
    elif how == "renewed":
        invitations.renew_invitation(invitation=row, by=administrator)
    elif how == "expired":
        Invitation.objects.update(invited_at=row.invited_at - dt.timedelta(8), expires_at=clock.now())
    elif how == "sent by a leaver":
        make_member(bank, "second", BANK_ADMIN)
        remove_member(
            member=bank.members.get(user=administrator), by=bank.members.get(user__username="second").user
        )
    elif how == "sent by somebody who is now a clerk":
        second = make_member(bank, "second", BANK_ADMIN).user
        member_actions.change_member_role(member=bank.members.get(user=administrator), role=CLERK, by=second)
    else:
        token = "unknown"
    return token


def renew(row: Invitation, by: User) -> Invitation:
    """Renew."""
    return invitations.renew_invitation(invitation=row, by=by)


def withdraw(row: Invitation, by: User) -> Invitation:
    """Withdraw."""
    return invitations.withdraw_invitation(invitation=row, by=by)
