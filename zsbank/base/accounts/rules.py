"""Which roles a person of the bureau holds, and whether a role holds a verb."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import YES, Verdict
from zsbank.base.roles import ADMINISTRATORS, STAFF_ROLES, Role


def staff_roles(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles a person holds at the bureau, asked of the database once per person object.

    People who left (not active) and people of banks (not staff) hold none.
    """
    if not isinstance(user, User) or not user.is_active or not user.is_staff:
        return frozenset()
    held: frozenset[Role] | None = getattr(user, "staff_roles_held", None)
    if held is None:
        names = set(user.groups.values_list("name", flat=True))
        held = frozenset(role for role in STAFF_ROLES if role.value in names)
        user.staff_roles_held = held  # type: ignore[attr-defined]
    return held


def may(roles: Iterable[Role], verb: Verb) -> Verdict:
    """Whether one of these roles holds the verb."""
    if ROLES_BY_VERB[verb].isdisjoint(roles):
        return Verdict.no("role", _("Your role does not allow this."))
    return YES


def may_hold_too(held: Iterable[Role], role: Role) -> Verdict:
    """Whether somebody with these roles may be given another: nobody is two of the three administrators."""
    others = ADMINISTRATORS.intersection(held) - {role}
    if role in ADMINISTRATORS and others:
        return Verdict.no(
            "separate", _("System, security and audit administrator are three different persons.")
        )
    return YES


def staff_may(user: User | AnonymousUser, verb: Verb) -> bool:
    """Whether a person of the bureau holds the verb."""
    return may(staff_roles(user), verb).allowed
