"""Actions on members: add, change role, remove."""

from django.utils.translation import gettext as _

from banks.members.actions.keeping import hand_over
from banks.members.actions.messages import tell_of_leaving
from banks.members.models import Member
from banks.members.rules import may_change_role, may_remove
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState
from zsbank.base.roles import BANK_ROLES, Role


@action(Verb.ADD_MEMBER, on="bank", makes=True)
def add_member(*, bank: Bank, user: User, role: Role, by: User) -> Member:
    """Make a person with an account a member, when the register is set up; later members are invited.

    Raises:
        NotAllowed: `by` is neither an intake officer nor the bank's administrator.
        Refused: the role is not a bank's, or the person is bureau staff or a member already.
    """
    member = enter_member(bank=bank, user=user, role=role)
    record(subject=member, data={"role": role.value})
    return member


def enter_member(*, bank: Bank, user: User, role: Role) -> Member:
    """Create the membership, from today, and hand over what reached nobody; the calling action records it.

    Raises:
        Refused: the role is not a bank's, or the person is bureau staff or a member already.
    """
    require_bank_role(role)
    if user.is_staff:
        raise Refused(_("Bureau staff cannot act for a bank."))
    if bank.members.filter(user=user, left_on=None).exists():
        raise Refused(_("%(person)s already acts for this bank.") % {"person": user}, "taken")
    member = Member.objects.create(bank=bank, user=user, role=role, since=clock.today())
    hand_over(bank, user)
    return member


def require_bank_role(role: Role) -> None:
    """Refuse roles of the bureau.

    Raises:
        Refused: the role is not a bank's.
    """
    if role not in BANK_ROLES:
        raise Refused(_("This is a bureau role, not a bank role."))


@action(Verb.REMOVE_MEMBER, on="member", rule=may_remove)
def remove_member(*, member: Member, by: User) -> Member:
    """Remove a member from the next request on; open invitations from them become invalid.

    What the person began stays with the bank. The bank's administrators are told, and the bureau if nobody is left.

    Raises:
        NotAllowed: `by` is neither an intake officer nor the bank's administrator.
        Refused: a bank's administrator removes the bank's last administrator.
        WrongState: the person is no longer a member.
    """
    member.left_on = clock.today()
    member.save(update_fields=["left_on"])
    tell_of_leaving(member)
    return member


@action(Verb.CHANGE_MEMBER_ROLE, on="member", rule=may_change_role)
def change_member_role(*, member: Member, role: Role, by: User) -> Member:
    """Give a colleague the other role; `by` stays administrator, so the bank always has one.

    Raises:
        NotAllowed: `by` is not the bank's administrator, or it is their own role.
        Refused: the role is not a bank's.
        WrongState: the colleague is no longer a member, or has the role already.
    """
    require_bank_role(role)
    if member.role == role:
        raise WrongState.moved_on()
    changed = {"role": [member.role, role.value]}
    member.role = role
    member.save(update_fields=["role"])
    record(data={"changed": changed})
    return member
