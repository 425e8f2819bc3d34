"""Reading invitations: open ones and valid ones."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from banks.members.models import Invitation, Member
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role


def people_of(bank: Bank) -> QuerySet[User]:
    """Return the present members of a bank."""
    rows = User.objects.filter(memberships__bank=bank, memberships__left_on=None, is_active=True)
    return rows.distinct().order_by("pk")


def _is_valid() -> Q:
    """Not expired, and sent by somebody who may still invite."""
    sender = Member.objects.filter(
        bank=OuterRef("bank"),
        user=OuterRef("invited_by"),
        role=Role.BANK_ADMINISTRATOR,
        left_on=None,
        user__is_active=True,
    )
    officers = people_with(Verb.INVITE_MEMBER).order_by().values("pk")
    return Q(expires_at__gt=clock.now()) & (Q(invited_by__in=officers) | Q(Exists(sender)))


def open_invitations(bank: Bank) -> QuerySet[Invitation]:
    """Return invitations neither accepted nor withdrawn, annotated with `holds`: whether the link is still valid."""
    rows = bank.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by")
    return rows.annotate(
        holds=Case(When(_is_valid(), then=True), default=False, output_field=BooleanField())
    ).order_by("invited_at", "pk")


def valid_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can be accepted now."""
    return Invitation.objects.filter(_is_valid(), accepted_at=None, withdrawn_at=None)
