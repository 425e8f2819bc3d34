"""A lock for each person around what is costly to make, so that nobody makes the same several times at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.refusals import Refused

AT_MOST = 60
"""Seconds after which a turn is over even if nobody said so: the program may have been stopped in between."""


class Busy(Refused):
    """The person's own last request for it is not answered yet."""

    code = "busy"


@contextmanager
def one_at_a_time(person: User, what: str) -> Iterator[None]:
    """Hold a person's turn at `what` while it is made.

    Raises:
        Busy: they have one already.
    """
    key = f"turn:{what}:{person.pk}"
    if not cache.add(key, "y", AT_MOST):
        raise Busy(_("This document is already being generated. Wait until it is ready, then try again."))
    try:
        yield
    finally:
        cache.delete(key)
