"""What an action does outside of the database once its transaction is committed, such as moving a file."""

import logging
from collections.abc import Callable
from typing import ParamSpec

from django.db import transaction

logger = logging.getLogger(__name__)
Params = ParamSpec("Params")


def after_commit(function: Callable[Params, object], *args: Params.args, **arguments: Params.kwargs) -> None:
    """Call the function once the running transaction is committed; never if it is rolled back.

    A failure is logged and changes nothing for the person: the action took effect, and a sweep does again
    what was left. Functions after it are called all the same. Django's own `robust=True` is not used: it
    fails on a function without `__qualname__`, such as a `partial`.
    """

    def call() -> None:
        try:
            function(*args, **arguments)
        except Exception:
            name = getattr(function, "__qualname__", type(function).__name__)
            logger.exception("%s failed after the commit; a sweep does it again", name)

    transaction.on_commit(call)
