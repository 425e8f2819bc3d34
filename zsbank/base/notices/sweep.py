"""Steps of the sweep for messages: unsent mail."""

import datetime as dt
from collections.abc import Iterable

from django.core.mail import get_connection

from zsbank.base.calendar.sweeping import Step
from zsbank.base.notices import actions


def _unsent(on: dt.date) -> Iterable[int]:
    """Return the messages to mail; an unavailable server is detected once per run, and all are put off."""
    due = list(actions.due_messages().values_list("pk", flat=True))
    if not due:
        return []
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        actions.put_off(error)
        raise
    finally:
        server.close()
    return due


STEPS: tuple[Step, ...] = (Step("mail", _unsent, actions.deliver),)
