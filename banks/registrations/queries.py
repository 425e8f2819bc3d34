"""Reading registrations that are judged."""

from django.db.models import QuerySet

from banks.registrations.models import Registration
from banks.registrations.states import RegistrationState
from zsbank.base.accounts.models import User


def to_be_judged_by(person: User) -> QuerySet[Registration]:
    """Return the registrations that this person may judge, oldest first."""
    pending: QuerySet[Registration] = Registration.objects.filter(state=RegistrationState.PENDING)
    return pending.exclude(requested_by=person).select_related("requested_by").order_by("pk")


def confirmed() -> QuerySet[Registration]:
    """Return the confirmed registrations."""
    rows: QuerySet[Registration] = Registration.objects.filter(state=RegistrationState.CONFIRMED)
    return rows
