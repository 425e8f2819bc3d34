"""The inner action that invites people of a bank which is taken over."""

from django.db.models import Q
from django.utils.translation import gettext as _

from banks.members.actions.invitations import send_invitation
from banks.members.models import Invitation
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.base.roles import Role


@action(Verb.TAKE_OVER_MEMBER, on="bank", makes=True, inner=True)
def invite_taken_over(
    *, bank: Bank, name: str, email: str, role: Role, invited_by: User, by: User
) -> Invitation:
    """Invite a person who acts for a bank, in the name of the officer who entered the takeover.

    The bureau invites all people of such a bank, not only its first administrator. The mail is sent after the commit.

    Raises:
        Refused: the person acts for the bank or is invited already.
    """
    waiting = Q(accepted_at=None, withdrawn_at=None, email__iexact=email)
    acting = bank.members.filter(left_on=None, user__email__iexact=email)
    if bank.invitations.filter(waiting).exists() or acting.exists():
        raise Refused(_("%(person)s already acts for this bank or is invited.") % {"person": name}, "taken")
    invitation = send_invitation(bank=bank, name=name, email=email, role=role, invited_by=invited_by)
    record(subject=invitation, data={"role": role.value, "name": name})
    return invitation
