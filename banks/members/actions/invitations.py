"""Actions on invitations: a person accepts with a link that works once and expires after `INVITATION_DAYS`.

The bureau invites a bank's first administrator; the administrator invites the colleagues. The setting is in calendar
days, counted to the second.
"""

import hashlib
import secrets

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.members.actions.members import enter_member, require_bank_role
from banks.members.models import Invitation, Member
from banks.members.queries import valid_invitations
from banks.members.rules import acting_administrators, may_invite, may_invite_as, may_renew, may_withdraw
from banks.members.terms import ROLE_NAMES
from banks.register.models import Bank
from zsbank.base.accounts.actions import new_person
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import until_moment
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, filled
from zsbank.base.roles import Role


class NoInvitation(Refused):
    """The link does not open an invitation: it is unknown, withdrawn or replaced by a newer one."""

    code = "no_invitation"

    def __init__(self) -> None:
        """Use one message for all these cases, so that a stranger with a link learns nothing."""
        super().__init__(_("This link is not valid. Ask the person who invited you for a new one."))


class AlreadyAccepted(NoInvitation):
    """The invitation was accepted. Neither bank nor account is named: somebody else may hold the link."""

    code = "already_accepted"

    def __init__(self) -> None:
        """Say what to do now."""
        Refused.__init__(self, _("This invitation has been accepted already. Sign in with your account."))


class InvitationExpired(NoInvitation):
    """The invitation has expired; its link was right, so its holder learns whom to ask, but no name."""

    code = "invitation_expired"

    def __init__(self, *, by_bureau: bool) -> None:
        """Name the side that invited: the bureau or the bank's administrator."""
        words = (
            _("This invitation has expired. Ask the bureau to send it again.")
            if by_bureau
            else _("This invitation has expired. Ask the administrator of your bank to send it again.")
        )
        Refused.__init__(self, words)


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token, which is stored in place of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


@action(Verb.INVITE_MEMBER, on="bank", rule=may_invite, makes=True)
def invite_member(*, bank: Bank, name: str, email: str, role: Role, by: User) -> Invitation:
    """Invite a person to act for a bank; the mail with the link is sent after the commit.

    Raises:
        NotAllowed: `by` is not the bank's administrator, nor an intake officer inviting the first one.
        Incomplete: name or e-mail is missing.
        Refused: the role is not a bank's, or the person is a member or invited already.
    """
    require_bank_role(role)
    may_invite_as(by, bank, role).require()
    name, email = (
        filled(text, _("An invitation requires a name and an e-mail address.")) for text in (name, email)
    )
    _refuse_twice(bank, email, first=not acting_administrators(bank).exists())
    invitation = send_invitation(bank=bank, name=name, email=email, role=role, invited_by=by)
    record(subject=invitation, data={"role": invitation.role, "name": name})
    return invitation


def send_invitation(*, bank: Bank, name: str, email: str, role: Role, invited_by: User) -> Invitation:
    """Create an invitation and queue its mail; the calling action checks and records it."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        bank=bank,
        name=name,
        email=email,
        role=role,
        token_sha256=digest_of(token),
        invited_by=invited_by,
        invited_at=clock.now(),
        expires_at=clock.days_from_now(settings.INVITATION_DAYS),
    )
    _mail(invitation, token)
    return invitation


def _refuse_twice(bank: Bank, email: str, *, first: bool) -> None:
    """Refuse a second open invitation for an address, and a second one for the first administrator."""
    member = bank.members.filter(left_on=None, user__email__iexact=email).select_related("user").first()
    if member is not None:
        raise Refused(_("%(person)s already acts for this bank.") % {"person": member.user}, "taken")
    waiting = bank.invitations.filter(accepted_at=None, withdrawn_at=None)
    to_the_address = Q(email__iexact=email)
    in_the_way = to_the_address | Q(role=Role.BANK_ADMINISTRATOR) if first else to_the_address
    row = waiting.filter(in_the_way).first()
    if row is not None:
        raise Refused(
            _("%(person)s has already been invited. Resend that invitation, or withdraw it first.")
            % {"person": row.name},
            "taken",
        )


@action(Verb.RENEW_INVITATION, on="invitation", rule=may_renew)
def renew_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Resend an open invitation with a new link in the name of `by`; the old link stops working.

    Raises:
        NotAllowed: as for `invite_member`.
        WrongState: it has been accepted or withdrawn.
    """
    notices.delete_unsent(address=invitation.email, keys_from=f"invitation:{invitation.pk}:")
    token = secrets.token_urlsafe(32)
    invitation.token_sha256, invitation.invited_by = digest_of(token), by
    invitation.invited_at = clock.now()
    invitation.expires_at = clock.days_from_now(settings.INVITATION_DAYS)
    invitation.save(update_fields=["token_sha256", "invited_by", "invited_at", "expires_at"])
    _mail(invitation, token)
    return invitation


@action(Verb.WITHDRAW_INVITATION, on="invitation", rule=may_withdraw)
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw an open invitation: its link stops working and an unsent mail is not sent.

    Raises:
        NotAllowed: as for `invite_member`.
        WrongState: it has been accepted or withdrawn.
    """
    notices.delete_unsent(address=invitation.email, keys_from=f"invitation:{invitation.pk}:")
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def invitation_of(digest: str) -> Invitation:
    """Return the valid invitation behind a link.

    Args:
        digest: `digest_of` the token in the link.

    Raises:
        AlreadyAccepted: it was accepted.
        InvitationExpired: its days are over.
        NoInvitation: the link does not open an invitation, for any other reason.
    """
    found = valid_invitations().select_related("bank", "invited_by").filter(token_sha256=digest).first()
    if found is None:
        raise _refusal(Invitation.objects.select_related("invited_by").filter(token_sha256=digest).first())
    return found


def _refusal(row: Invitation | None) -> NoInvitation:
    """Return why the link of this invitation does not open it."""
    if row is not None and row.accepted_at is not None:
        return AlreadyAccepted()
    if row is not None and row.withdrawn_at is None and row.expires_at <= clock.now():
        return InvitationExpired(by_bureau=row.invited_by.is_staff)
    return NoInvitation()


@action(Verb.ACCEPT_INVITATION, on="invitation", makes=True, by_anybody=True)
def accept_invitation(*, invitation: Invitation, digest: str, by: User) -> Member:
    """Accept an invitation with an existing account; the link is used up.

    Args:
        invitation: result of `invitation_of`.
        digest: `digest_of` the token in the link, which proves access to the invited address.

    Raises:
        NoInvitation: the link no longer opens the invitation.
        Refused: the person is bureau staff or a member already; the invitation stays open.
    """
    _require_valid(invitation, digest)
    bank, role = invitation.bank, Role(invitation.role)
    member = enter_member(bank=bank, user=by, role=role)
    invitation.accepted_at, invitation.accepted_by = clock.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        subject=member,
        data={"role": role.value, "invitation": invitation.pk, "invited_by": invitation.invited_by.name},
    )
    notices.post(
        to=[other.user for other in acting_administrators(bank).exclude(user=by)],
        key=f"invitation:{invitation.pk}:accepted",
        title=gettext_lazy("An invitation was accepted"),
        body=format_lazy(
            gettext_lazy("{by} accepted the invitation and acts for your bank. Role: {role}."),
            by=by,
            role=role.label,
        ),
        link=reverse("banks:members"),
        uscc=bank.uscc,
        about=bank.name,
        kind=MessageKind.NEWS,
    )
    return member


@action(Verb.ENTER_PERSON, on="invitation", by_clock=True)
def accept_with_new_account(
    *, invitation: Invitation, digest: str, username: str, password: str, by: None = None
) -> Member:
    """Create an account with the given sign-in name and password, and accept an invitation with it.

    Args:
        invitation, digest: as for `accept_invitation`.
        by: always None; the person has no account yet.

    Raises:
        NoInvitation: the link no longer opens the invitation.
        Refused: the sign-in name is taken; the invitation stays open.
    """
    _require_valid(invitation, digest)
    try:
        person = new_person(
            username=username, name=invitation.name, email=invitation.email, password=password
        )
    except IntegrityError as error:
        raise Refused(
            _("The sign-in name %(name)s is already in use. Choose another one.") % {"name": username},
            "taken",
        ) from error
    record(subject=person)
    return accept_invitation(invitation=invitation, digest=digest, by=person)


def _require_valid(invitation: Invitation, digest: str) -> None:
    """Refuse a link that became invalid since it was looked up; called under the invitation's lock."""
    if not valid_invitations().filter(pk=invitation.pk, token_sha256=digest).exists():
        raise NoInvitation


def _mail(row: Invitation, token: str) -> None:
    """Queue the mail; the outbox deletes the part with the link once it is sent."""
    until = timezone.localtime(row.expires_at)
    sender = settings.BUREAU_NAME if row.invited_by.is_staff else f"{row.bank}的{row.invited_by}"
    notices.post_to_address(
        address=row.email,
        key=f"invitation:{row.pk}:{row.token_sha256[:16]}",
        title=f"邀请您代表{row.bank}办理社会保障卡合作银行业务",
        body=(
            f"{row.name}：\n\n{sender}邀请您以{ROLE_NAMES[Role(row.role)]}身份，在社会保障卡合作银行管理系统中"
            f"代表{row.bank}办理业务。\n\n请在{until_moment(until)}打开下面的链接，"
            "设置登录名和密码；已有账号的，登录后接受即可。链接只能使用一次，请勿转发。"
            "如果您不认识邀请人，请不必理会。\n"
        ),
        once=f"\n{settings.SITE_ADDRESS}{reverse('banks:follow', args=[token])}\n",
        uscc=row.bank.uscc,
    )
