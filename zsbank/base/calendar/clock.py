"""Current date and time in Asia/Shanghai; all other modules read them here."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_playing: ContextVar[dt.datetime | None] = ContextVar("zsbank_clock", default=None)


def now() -> dt.datetime:
    """Return the current moment, aware, in local time."""
    return _playing.get() or timezone.localtime()


def today() -> dt.date:
    """Return the local date. Between 00:00 and 08:00 it differs from the date in UTC."""
    return now().date()


def machine_day() -> dt.date:
    """Return the machine's local date, unaffected by `playing`: for log files."""
    return timezone.localtime().date()


def days_from_now(days: int) -> dt.datetime:
    """Return the moment `days` times 24 hours from now: for expiring links. `periods.py` calculates legal periods."""
    return now() + dt.timedelta(days=days)


def local_day(moment: dt.datetime) -> dt.date:
    """Return the local date of a stored moment."""
    return timezone.localdate(moment)


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a local date ends, 24:00, for pages that count down to it."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def midday(day: dt.date) -> dt.datetime:
    """Return noon of a local date, for moments of which only the date is known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@contextmanager
def playing(day: dt.date | dt.datetime) -> Iterator[None]:
    """Set the current date (at noon) or moment; only for the demonstration and for tests."""
    moment = day if isinstance(day, dt.datetime) else midday(day)
    token = _playing.set(moment)
    try:
        yield
    finally:
        _playing.reset(token)
