"""Whose bank: a person of a bank sees their bank's things, and nothing that tells of another's."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from banks.models import Bank
from zsbank.accounts.models import User


def banks_of(user: User | AnonymousUser) -> QuerySet[Bank]:
    """The banks a person acts for now; none for officers and for those who left."""
    if not isinstance(user, User) or not user.is_active or user.is_staff:
        return Bank.objects.none()
    return Bank.objects.filter(members__user=user, members__left_on=None).distinct()


def bank_of(user: User | AnonymousUser) -> Bank | None:
    """The bank a person acts for; the first by name where there are several."""
    return banks_of(user).first()
