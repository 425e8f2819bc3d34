"""Banks for which nobody can be reached."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy

from banks.members.actions.messages import notify_members
from banks.members.queries import people_of
from banks.register.models import Bank
from zsbank.base.accounts.models import User


@contextmanager
def nobody_acts_for(bank: Bank) -> Iterator[None]:
    """Deactivate the bank's people while the body runs."""
    people = list(people_of(bank).values_list("pk", flat=True))
    User.objects.filter(pk__in=people).update(is_active=False)
    try:
        yield
    finally:
        User.objects.filter(pk__in=people).update(is_active=True)


def untold(bank: Bank, key: str = "example:1") -> Bank:
    """A bank that was sent a message while nobody acted for it."""
    with nobody_acts_for(bank):
        title, body = gettext_lazy("A due date has moved"), gettext_lazy("The bank is told.")
        notify_members(bank=bank, key=key, title=title, body=body, link="/")
    return bank
