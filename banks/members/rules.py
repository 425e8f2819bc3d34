"""Rules for inviting and removing members."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from banks.members.models import Invitation, KeptMessage, Member
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.letters.models import Service
from zsbank.base.notices.models import Message
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState
from zsbank.base.roles import Role


def acting_administrators(bank: Bank) -> QuerySet[Member]:
    """Return a bank's present administrators whose account is active."""
    return bank.members.filter(role=Role.BANK_ADMINISTRATOR, left_on=None, user__is_active=True)


def may_invite(by: User | None, bank: Bank) -> Verdict:
    """Check that the person is the bank's administrator, or that the bank has none."""
    if is_administrator(by, bank) or not acting_administrators(bank).exists():
        return ALLOWED
    return Verdict.no(
        "has_administrator",
        _("The bank has an administrator, who invites and removes its members."),
        NotAllowed,
    )


def may_invite_as(by: User, bank: Bank, role: str) -> Verdict:
    """Check that the role may be given: the bureau invites first administrators only."""
    if role == Role.BANK_ADMINISTRATOR or is_administrator(by, bank):
        return ALLOWED
    return Verdict.no(
        "not_first",
        _(
            "The bureau invites only the first administrator of a bank. The administrator invites the "
            "other members."
        ),
        NotAllowed,
    )


def may_renew(by: User | None, invitation: Invitation) -> Verdict:
    """Check that an open invitation may be resent; as for inviting."""
    verdict = may_withdraw(by, invitation)
    return may_invite_as(by, invitation.bank, invitation.role) if verdict and by else verdict


def may_withdraw(by: User | None, invitation: Invitation) -> Verdict:
    """Check that the invitation is open and the person may invite."""
    verdict = may_invite(by, invitation.bank)
    if verdict and (invitation.accepted_at is not None or invitation.withdrawn_at is not None):
        return Verdict.moved_on()
    return verdict


def may_remove(by: User | None, member: Member) -> Verdict:
    """Check that the bank keeps an administrator; only the bureau may remove the last one."""
    if member.left_on is not None:
        return Verdict.moved_on()
    others = acting_administrators(member.bank).exclude(pk=member.pk)
    is_last = member.role == Role.BANK_ADMINISTRATOR and not others.exists()
    if is_last and is_administrator(by, member.bank):
        return Verdict.no(
            "last_administrator",
            _(
                "This is the bank's last administrator. Make a colleague administrator first, or ask the bureau."
            ),
        )
    return ALLOWED


def may_change_role(by: User | None, member: Member) -> Verdict:
    """Check that the colleague is still a member and is not the person themselves."""
    if by is not None and member.user_id == by.pk:
        return Verdict.no(
            "own_role",
            _("You cannot change your own role. Ask another administrator of the bank."),
            NotAllowed,
        )
    return ALLOWED if member.left_on is None else Verdict.moved_on()


def is_administrator(by: User | None, bank: Bank) -> bool:
    """Whether this person is an administrator of the bank now."""
    return by is not None and acting_administrators(bank).filter(user=by).exists()


def opened() -> QuerySet[Message]:
    """Return the same message where a member opened it."""
    return Message.objects.filter(key=OuterRef("key"), read_at__isnull=False).exclude(uscc="")


def unsettled() -> QuerySet[KeptMessage]:
    """Return the messages that nobody at the bank got, whose letters were not served either; the oldest first."""
    served = Service.objects.filter(letter=OuterRef("letter"))
    waiting = KeptMessage.objects.filter(settled_on=None).exclude(Exists(served)).exclude(Exists(opened()))
    return waiting.select_related("bank", "letter").order_by("pk")


def may_be_told(by: User | None, bank: Bank) -> Verdict:
    """Check that something reached nobody at the bank, other than letters, which are served."""
    if unsettled().filter(bank=bank, letter=None).exists():
        return ALLOWED
    return Verdict.no("nothing", _("There is nothing that the bank has to be told another way."), WrongState)
