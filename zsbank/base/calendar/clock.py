"""The one clock. Everybody asks here what day it is, in Asia/Shanghai; never in UTC."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_playing: ContextVar[dt.datetime | None] = ContextVar("zsbank_clock", default=None)


def now() -> dt.datetime:
    """The moment, aware, in local time."""
    return _playing.get() or timezone.localtime()


def today() -> dt.date:
    """The day here. Between 00:00 and 08:00 it is not the day in UTC."""
    return now().date()


def machine_day() -> dt.date:
    """The day of the machine, whatever day is being played: for files of the machine itself."""
    return timezone.localtime().date()


def days_from_now(days: int) -> dt.datetime:
    """So many times 24 hours from now: how long a link works. Periods of law are calculated in periods.py."""
    return now() + dt.timedelta(days=days)


def local_day(moment: dt.datetime) -> dt.date:
    """The day here on which a stored moment fell."""
    return timezone.localdate(moment)


def midday(day: dt.date) -> dt.datetime:
    """Noon of a local day, for moments of which only the day is known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@contextmanager
def playing(day: dt.date | dt.datetime) -> Iterator[None]:
    """Play another day, at noon or at the moment given: for the demonstration and for tests only."""
    moment = day if isinstance(day, dt.datetime) else midday(day)
    token = _playing.set(moment)
    try:
        yield
    finally:
        _playing.reset(token)
