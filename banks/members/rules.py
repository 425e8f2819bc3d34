"""Who may invite people to act for a bank, and remove them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from banks.members.models import Invitation, Member
from banks.register.models import Bank
from banks.register.rules import roles_for
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Verdict
from zsbank.base.roles import Role


def acting_administrators(bank: Bank) -> QuerySet[Member]:
    """A bank's administrators as of now; those whose account has ended do not act."""
    return bank.members.filter(role=Role.BANK_ADMINISTRATOR, left_on=None, user__is_active=True)


def may_invite(user: User, bank: Bank, role: Role) -> Verdict:
    """Whether a person may invite: a bank's administrator anybody, the bureau the bank's first administrator only."""
    verdict = _for_the_bank(user, bank, Verb.INVITE_MEMBER)
    if verdict and role != Role.BANK_ADMINISTRATOR and not _is_administrator(user, bank):
        return Verdict.no(
            "not_first",
            _("The bureau invites a bank's first administrator. That person invites the colleagues."),
        )
    return verdict


def may_handle(user: User, invitation: Invitation, verb: Verb) -> Verdict:
    """Whether a person may renew or withdraw an invitation: as it is with inviting."""
    if verb == Verb.RENEW_INVITATION:
        return may_invite(user, invitation.bank, Role(invitation.role))
    return _for_the_bank(user, invitation.bank, verb)


def may_remove(user: User, member: Member) -> Verdict:
    """Whether a person may end somebody's acting: the bank keeps an administrator unless the bureau ends that one."""
    verdict = may(roles_for(user, member.bank), Verb.REMOVE_MEMBER)
    others = acting_administrators(member.bank).exclude(pk=member.pk)
    is_last = member.role == Role.BANK_ADMINISTRATOR and not others.exists()
    if verdict and is_last and _is_administrator(user, member.bank):
        return Verdict.no(
            "last_administrator",
            _(
                "This is the bank's last administrator. Make a colleague administrator first, or ask the bureau."
            ),
        )
    return verdict


def _is_administrator(user: User, bank: Bank) -> bool:
    return acting_administrators(bank).filter(user=user).exists()


def _for_the_bank(user: User, bank: Bank, verb: Verb) -> Verdict:
    verdict = may(roles_for(user, bank), verb)
    if verdict and not _is_administrator(user, bank) and acting_administrators(bank).exists():
        return Verdict.no(
            "has_administrator",
            _("The bank has an administrator. That person invites the colleagues and removes them."),
        )
    return verdict
