"""Actions on the people who act for a bank: added, given the other role, removed."""

from django.db import transaction
from django.utils.translation import gettext as _

from banks.members.models import Member
from banks.members.rules import may_remove
from banks.register.actions import lock
from banks.register.models import Bank
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused, WrongState
from zsbank.base.roles import BANK_ROLES, Role


@transaction.atomic(durable=True)
def add_member(*, bank: Bank, user: User, role: Role, by: User) -> Member:
    """Let a person who has an account act for a bank, for the set-up of the register; others are invited."""
    bank = lock(bank.pk)
    require(by, Verb.ADD_MEMBER, bank=bank)
    member = admit_member(bank=bank, user=user, role=role)
    journal.record(verb=Verb.ADD_MEMBER, by=by, subject=member, uscc=bank.uscc, data={"role": role.value})
    return member


def admit_member(*, bank: Bank, user: User, role: Role) -> Member:
    """A person acts for a bank from today; inside the verb that locked the bank and records it.

    Raises:
        Refused: the role is not one of a bank, the person is of the bureau, or acts for the bank already.
    """
    if role not in BANK_ROLES:
        raise Refused(_("This role is held at the bureau, not at a bank."))
    if user.is_staff:
        raise Refused(_("Somebody of the bureau cannot act for a bank."))
    if bank.members.filter(user=user, left_on=None).exists():
        raise Refused(_("%(person)s acts for this bank already.") % {"person": user}, "taken")
    return Member.objects.create(bank=bank, user=user, role=role, since=clock.today())


@transaction.atomic(durable=True)
def remove_member(*, member: Member, by: User) -> Member:
    """End a person's acting for a bank; it holds from the next request on, also for invitations they sent.

    Raises:
        Refused: it is the bank's last administrator, and a colleague asks.
        WrongState: the person left already.
    """
    bank = lock(member.bank_id)
    require(by, Verb.REMOVE_MEMBER, bank=bank)
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.left_on is not None:
        raise WrongState.moved_on()
    may_remove(by, member).require()
    member.left_on = clock.today()
    member.save(update_fields=["left_on"])
    journal.record(verb=Verb.REMOVE_MEMBER, by=by, subject=member, uscc=member.bank.uscc)
    return member


@transaction.atomic(durable=True)
def change_member_role(*, member: Member, role: Role, by: User) -> Member:
    """Give a colleague the other role. Who changes it is an administrator and stays one: the bank is never without.

    Raises:
        NotAllowed: only the bank's administrator, and nobody their own role.
        WrongState: the colleague left, or holds the role already.
    """
    bank = lock(member.bank_id)
    require(by, Verb.CHANGE_MEMBER_ROLE, bank=bank)
    row = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if row.user_id == by.pk:
        raise NotAllowed(_("Nobody changes their own role. Ask another administrator of the bank."))
    if role not in BANK_ROLES:
        raise Refused(_("This role is held at the bureau, not at a bank."))
    if row.left_on is not None or row.role == role:
        raise WrongState.moved_on()
    changed = {"role": [row.role, role.value]}
    row.role = role
    row.save(update_fields=["role"])
    journal.record(
        verb=Verb.CHANGE_MEMBER_ROLE, by=by, subject=row, uscc=bank.uscc, data={"changed": changed}
    )
    return row
