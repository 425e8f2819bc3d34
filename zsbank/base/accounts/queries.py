"""Queries on accounts."""

from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb
from zsbank.base.roles import STAFF_ROLES, Role


def people_with(verb: Verb) -> QuerySet[User]:
    """Return the staff of the bureau whose role has a verb."""
    roles = [role.value for role in verb.roles]
    return (
        User.objects.filter(is_staff=True, is_active=True, groups__name__in=roles)
        .distinct()
        .order_by("name", "pk")
    )


def staff_ever() -> QuerySet[User]:
    """Return everybody who works or worked at the bureau, by name: not the banks' people."""
    return User.objects.filter(memberships=None).order_by("name", "pk")


def still_with(person: User, verb: Verb) -> list[User]:
    """Return the person if they still have a verb; otherwise the colleagues who have it, to whom their work goes."""
    return [person] if staff_may(person, verb) else list(people_with(verb))


def roles_nobody_holds() -> list[Role]:
    """Return the roles of the bureau that no active person holds."""
    held = User.objects.filter(is_staff=True, is_active=True, groups__name__in=[*STAFF_ROLES])
    names = {*held.values_list("groups__name", flat=True)}
    return [role for role in Role if role in STAFF_ROLES and role.value not in names]
