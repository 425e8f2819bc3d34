"""Queries on accounts."""

from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.permissions import ROLES_BY_VERB, Verb


def people_with(verb: Verb) -> QuerySet[User]:
    """Return the staff of the bureau whose role has a verb."""
    roles = [role.value for role in ROLES_BY_VERB[verb]]
    return (
        User.objects.filter(is_staff=True, is_active=True, groups__name__in=roles)
        .distinct()
        .order_by("name", "pk")
    )
