"""Verbs on a bank's people: invited by a link that works once, for some days, and for nobody else's role.

The bureau invites a bank's first administrator; the administrator invites the colleagues and changes their roles.
Removing is in `banks/actions.py`.
"""

import hashlib
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from banks.members.actions.members import admit_member
from banks.members.models import Invitation, Member
from banks.members.queries import invitations_that_hold
from banks.members.rules import acting_administrators, may_handle, may_invite
from banks.members.terms import ROLE_NAMES
from banks.register.actions import lock
from banks.register.models import Bank
from zsbank.base.accounts.actions import enter_person
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.letters.data import chinese_date
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import BANK_ROLES, Role


class NoInvitation(Refused):
    """No invitation belongs to a link: never did, used, withdrawn, or run out. Which of them is not told."""

    code = "no_invitation"

    def __init__(self) -> None:
        """The same words in every case, so that a stranger with a link learns nothing."""
        super().__init__(_("This link opens nothing. Ask whoever invited you for a new one."))


def digest_of(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic(durable=True)
def invite_member(*, bank: Bank, name: str, email: str, role: Role, by: User) -> Invitation:
    """Invite a person to act for a bank; the mail with the link leaves after the commit, from its row.

    Raises:
        NotAllowed: the bank's administrator invites; the bureau only the first one.
        Incomplete: without name or e-mail.
        Refused: the person acts for the bank already, or is invited already.
    """
    bank = lock(bank.pk)
    if role not in BANK_ROLES:
        raise Refused(_("This role is held at the bureau, not at a bank."))
    may_invite(by, bank, role).require(NotAllowed)
    name, email = name.strip(), email.strip()
    if not (name and email):
        raise Incomplete(_("An invitation has a name and an e-mail address."))
    _refuse_twice(bank, email, first=not acting_administrators(bank).exists())
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        bank=bank,
        name=name,
        email=email,
        role=role,
        token_sha256=digest_of(token),
        invited_by=by,
        invited_at=clock.now(),
        expires_at=clock.days_from_now(settings.INVITATION_DAYS),
    )
    _mail(row, token)
    journal.record(
        verb=Verb.INVITE_MEMBER, by=by, subject=row, uscc=bank.uscc, data={"role": row.role, "name": name}
    )
    return row


def _refuse_twice(bank: Bank, email: str, *, first: bool) -> None:
    """One open invitation for each address, and one only to become the bank's first administrator."""
    member = bank.members.filter(left_on=None, user__email__iexact=email).select_related("user").first()
    if member is not None:
        raise Refused(_("%(person)s acts for this bank already.") % {"person": member.user}, "taken")
    waiting = bank.invitations.filter(accepted_at=None, withdrawn_at=None)
    to_the_address = Q(email__iexact=email)
    in_the_way = to_the_address | Q(role=Role.BANK_ADMINISTRATOR) if first else to_the_address
    row = waiting.filter(in_the_way).first()
    if row is not None:
        raise Refused(
            _("%(person)s is invited already. Send that invitation anew, or withdraw it first.")
            % {"person": row.name},
            "taken",
        )


@transaction.atomic(durable=True)
def renew_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Send an open invitation anew: a new link for the full time, in the name of who renews; the old one is dead.

    Raises:
        NotAllowed: as with inviting.
        WrongState: it was accepted or withdrawn meanwhile.
    """
    row = _open_and_allowed(invitation, by, Verb.RENEW_INVITATION)
    notices.take_back(address=row.email, keys_from=f"invitation:{row.pk}:")
    token = secrets.token_urlsafe(32)
    row.token_sha256, row.invited_by, row.invited_at = digest_of(token), by, clock.now()
    row.expires_at = clock.days_from_now(settings.INVITATION_DAYS)
    row.save(update_fields=["token_sha256", "invited_by", "invited_at", "expires_at"])
    _mail(row, token)
    journal.record(verb=Verb.RENEW_INVITATION, by=by, subject=row, uscc=row.bank.uscc)
    return row


@transaction.atomic(durable=True)
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw an open invitation; its link is dead, and a mail that has not left does not leave.

    Raises:
        NotAllowed: as with inviting.
        WrongState: it was accepted or withdrawn meanwhile.
    """
    row = _open_and_allowed(invitation, by, Verb.WITHDRAW_INVITATION)
    notices.take_back(address=row.email, keys_from=f"invitation:{row.pk}:")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    journal.record(verb=Verb.WITHDRAW_INVITATION, by=by, subject=row, uscc=row.bank.uscc)
    return row


def _open_and_allowed(invitation: Invitation, by: User, verb: Verb) -> Invitation:
    lock(invitation.bank_id)
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("bank")
    row = rows.get(pk=invitation.pk)
    may_handle(by, row, verb).require(NotAllowed)
    if row.accepted_at is not None or row.withdrawn_at is not None:
        raise WrongState.moved_on()
    return row


def invitation_of(digest: str) -> Invitation:
    """The invitation that a link opens now.

    Raises:
        NoInvitation: there is none, for whatever reason.
    """
    rows = invitations_that_hold().select_related("bank", "invited_by")
    row = rows.filter(token_sha256=digest).first()
    if row is None:
        raise NoInvitation
    return row


@transaction.atomic(durable=True)
def accept_invitation(*, digest: str, by: User) -> Member:
    """Somebody who has an account already accepts with it. The link is used up.

    Args:
        digest: `digest_of` the token in the link; who holds the link was reached at the invited address.

    Raises:
        NoInvitation: the link opens nothing.
        Refused: the person is of the bureau, or acts for the bank already; the invitation stays open.
    """
    return _accept(_held(digest), by)


@transaction.atomic(durable=True)
def accept_with_new_account(*, digest: str, username: str, password: str) -> Member:
    """Somebody without an account gets one, with a sign-in name and a password that nobody else ever knows.

    Raises:
        NoInvitation: the link opens nothing.
        Refused: the sign-in name is taken; the invitation stays open.
    """
    row = _held(digest)
    try:
        person = enter_person(username=username, name=row.name, email=row.email, password=password, by=None)
    except IntegrityError as error:
        raise Refused(
            _("The sign-in name %(name)s is taken. Choose another.") % {"name": username}, "taken"
        ) from error
    return _accept(row, person)


def _held(digest: str) -> Invitation:
    """The invitation of a link with bank and row locked, looked at again once nobody else can use it."""
    lock(invitation_of(digest).bank_id)
    rows = invitations_that_hold().select_for_update(no_key=True, of=("self",)).select_related("bank")
    row = rows.filter(token_sha256=digest).first()
    if row is None:
        raise NoInvitation
    return row


def _accept(row: Invitation, person: User) -> Member:
    member = admit_member(bank=row.bank, user=person, role=Role(row.role))
    row.accepted_at, row.accepted_by = clock.now(), person
    row.save(update_fields=["accepted_at", "accepted_by"])
    data = {"role": row.role, "invitation": row.pk, "invited_by": row.invited_by.name}
    journal.record(verb=Verb.ACCEPT_INVITATION, by=person, subject=member, uscc=row.bank.uscc, data=data)
    notices.post(
        to=[other.user for other in acting_administrators(row.bank).exclude(user=person)],
        key=f"invitation:{row.pk}:accepted",
        title="邀请已被接受",
        body=f"{person}已接受邀请，以{ROLE_NAMES[Role(row.role)]}身份代表你行办理业务。",
        link="/bank/members/",
        uscc=row.bank.uscc,
    )
    return member


def _mail(row: Invitation, token: str) -> None:
    """Write the mail; the link is in the part that the outbox forgets once it is sent."""
    until = timezone.localtime(row.expires_at)
    sender = settings.BUREAU_NAME if row.invited_by.is_staff else f"{row.bank}的{row.invited_by}"
    notices.post_to_address(
        address=row.email,
        key=f"invitation:{row.pk}:{row.token_sha256[:16]}",
        title="邀请您办理社会保障卡合作银行业务",
        body=(
            f"{row.name}：\n\n{sender}邀请您以{ROLE_NAMES[Role(row.role)]}身份，在社会保障卡合作银行管理系统中"
            f"代表{row.bank}办理业务。\n\n请在{chinese_date(until.date())}{until:%H:%M}前打开下面的链接，"
            "设置登录名和密码；已有账号的，登录后接受即可。链接只能使用一次，请勿转发。"
            "如果您不认识邀请人，请不必理会。\n"
        ),
        once=f"\n{settings.SITE_ADDRESS}/bank/invitation/{token}/\n",
        uscc=row.bank.uscc,
    )
