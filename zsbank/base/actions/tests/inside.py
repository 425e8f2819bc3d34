"""For tests of inner actions: an outer action that does nothing itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from zsbank.base.accounts.models import User
from zsbank.base.actions.running import Running, carrying_out
from zsbank.base.permissions import Verb


@contextmanager
def inside(verb: Verb, by: User | None) -> Iterator[None]:
    """Carry out what is called inside as part of an action with this verb."""
    with transaction.atomic(), carrying_out(Running(verb, by)):
        yield
