"""A lock per person for costly requests, so that nobody runs the same one several times at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.refusals import Refused

AT_MOST = 60
"""Seconds after which the lock expires, such as after a crash."""


class Busy(Refused):
    """The person's previous request for the same is still running."""

    code = "busy"


@contextmanager
def user_lock(person: User, what: str) -> Iterator[None]:
    """Hold a person's lock for `what`.

    Raises:
        Busy: the person holds it already.
    """
    key = f"turn:{what}:{person.pk}"
    if not cache.add(key, "y", AT_MOST):
        raise Busy(_("This document is already being generated. Wait until it is ready, then try again."))
    try:
        yield
    finally:
        cache.delete(key)
