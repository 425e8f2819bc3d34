"""Helper for tests of inner actions."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from zsbank.base.accounts.models import User
from zsbank.base.actions.running import Running, carrying_out
from zsbank.base.permissions import Verb


@contextmanager
def inside(verb: Verb, by: User | None) -> Iterator[None]:
    """Run the body as part of an action with this verb that does nothing itself."""
    with transaction.atomic(), carrying_out(Running(verb, by)):
        yield
