"""Arguments with which each action on members succeeds."""

from typing import Any

from banks.members.actions import invitations, keeping, members, takeover
from banks.members.tests.inviting import CLERK, NEW, PASSWORD, invite, mailed, opened
from banks.members.tests.unreached import untold
from tests.actions.scene import Example, Scene
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.roles import Role


def somebody() -> User:
    """A person with an account who is a member of no bank."""
    return User.objects.create(username="somebody", name="某人", email="somebody@bank.example")


def a_link(scene: Scene) -> dict[str, Any]:
    """A valid invitation and its digest."""
    invite(scene.bank, scene.administrator)
    return opened(mailed()[-1])


def a_colleague(scene: Scene) -> dict[str, Any]:
    """The bank's clerk, and the administrator."""
    return {"member": scene.bank.members.get(user=scene.clerk), "by": scene.administrator}


def an_invitation(scene: Scene) -> dict[str, Any]:
    """An open invitation, and the administrator."""
    return {"invitation": invite(scene.bank, scene.administrator), "by": scene.administrator}


EXAMPLES: dict[Action[..., Any], Example] = {
    members.add_member: lambda scene: {
        "bank": scene.bank,
        "user": somebody(),
        "role": Role.BANK_CLERK,
        "by": scene.people.intake,
    },
    members.remove_member: a_colleague,
    members.change_member_role: lambda scene: {**a_colleague(scene), "role": Role.BANK_ADMINISTRATOR},
    invitations.invite_member: lambda scene: {
        "bank": scene.bank,
        "name": "新人",
        "email": NEW,
        "role": CLERK,
        "by": scene.administrator,
    },
    keeping.record_told: lambda scene: {
        "bank": untold(scene.bank),
        "how": "电话告知办公室主任。",
        "by": scene.people.intake,
    },
    takeover.invite_taken_over: lambda scene: {
        "bank": scene.bank,
        "name": "新人",
        "email": NEW,
        "role": CLERK,
        "invited_by": scene.people.intake,
        "by": scene.people.decider,
    },
    invitations.renew_invitation: an_invitation,
    invitations.withdraw_invitation: an_invitation,
    invitations.accept_invitation: lambda scene: {**a_link(scene), "by": somebody()},
    invitations.accept_with_new_account: lambda scene: {
        **a_link(scene),
        "username": "new",
        "password": PASSWORD,
        "by": None,
    },
}
