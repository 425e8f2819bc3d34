"""Health checks: each part is checked separately; results contain no secrets."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.notices.actions import unsent_messages
from zsbank.base.pages.program import Part
from zsbank.base.permissions import Verb
from zsbank.site.operations import checkpoints, queries

MAX_HEARTBEAT_AGE = dt.timedelta(seconds=120)
MAX_SWEEP_AGE = dt.timedelta(hours=26)
MAX_CHECKPOINT_AGE = dt.timedelta(days=1)
MAX_JUDGEMENT = dt.timedelta(hours=2)
MAX_JUDGEMENT_AGE = dt.timedelta(days=2)
BROKER_TIMEOUT = 3
"""Timeout of the broker in seconds."""

MIN_FREE_BYTES = 1024**3
"""Free bytes needed for uploads and letters."""


@dataclass(frozen=True)
class Finding:
    """The health of one part."""

    part: str
    well: bool
    says: str

    @property
    def label(self) -> str:
        """The name of the part."""
        return str(LABELS[self.part])


def check(parts: Iterable[str] = ()) -> list[Finding]:
    """Check these parts, or all; an exception counts as a fault and is reported by its class."""
    return [_checked(part, CHECKS[part]) for part in parts or CHECKS]


def parts_for(person: User) -> list[Part]:
    """Return all parts for system administrators, and the journal for recipients of checkpoints."""
    if staff_may(person, Verb.SEE_SYSTEM):
        return [*check()]
    return [*check(("record", "judgement"))] if staff_may(person, Verb.RECEIVE_CHECKPOINT) else []


def _checked(part: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        well, says = check()
    except Exception as error:  # noqa: BLE001 - faults are reported, not raised
        well, says = False, _("does not answer (%(error)s)") % {"error": type(error).__name__}
    return Finding(part, well, says)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, _("responds")


def _broker() -> tuple[bool, str]:
    if settings.REDIS_URL:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT, socket_timeout=BROKER_TIMEOUT
        ) as broker:
            broker.ping()
        return True, _("responds")
    folder = settings.QUEUE_DIR / "messages"
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    return writable, _("sends and receives messages") if writable else _("its folder is not writable")


def _worker() -> tuple[bool, str]:
    age = queries.heartbeat_age(queries.WORKER)
    if age is None:
        return False, _("has never been seen; check that it is running")
    return age < MAX_HEARTBEAT_AGE, _("last seen %(n)s s ago") % {"n": f"{age.total_seconds():.0f}"}


def _sweep() -> tuple[bool, str]:
    last = queries.last_sweep()
    if last is None or last.finished_at is None:
        return True, _("none has finished yet")
    age = queries.age_of(last.finished_at)
    says = _("last finished %(hours)s h ago, %(n)s failed")
    return age < MAX_SWEEP_AGE, says % {"hours": f"{age.total_seconds() / 3600:.1f}", "n": len(last.failed)}


def _letters() -> tuple[bool, str]:
    stuck, over = queries.stuck_letters().count(), queries.passed_over().count()
    says = _("%(n)s without a file since yesterday or longer") % {"n": stuck}
    if over:
        says = f"{says}; " + _(
            "%(n)s not tried any more, because they killed the program or took too long"
        ) % {"n": over}
    return not stuck and not over, says


def _messages() -> tuple[bool, str]:
    stuck = queries.stuck_messages().count()
    says = _("%(n)s not mailed since yesterday or longer") % {"n": stuck}
    if error := queries.last_mail_error():
        waiting = _("%(n)s waiting for the next attempt; last error: %(error)s")
        says = f"{says}; {waiting % {'n': unsent_messages().count(), 'error': error}}"
    return stuck == 0, says


def _scans() -> tuple[bool, str]:
    stuck = queries.stuck_scans().count()
    says = _("%(n)s not scanned for viruses for 15 minutes or longer") % {"n": stuck}
    if stuck and not settings.CLAMAV_SOCKET:
        says = f"{says}; " + _("no scanner is configured")
    return stuck == 0, says


def _storage() -> tuple[bool, str]:
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        return False, _("its folder is not writable")
    free = shutil.disk_usage(folder).free
    return free >= MIN_FREE_BYTES, _("%(n)s GB free") % {"n": f"{free / 1024**3:.1f}"}


def _record() -> tuple[bool, str]:
    newest = checkpoints.newest()
    if newest is None:
        return True, _("has no checkpoint yet")
    age = clock.today() - dt.date.fromisoformat(newest.day)
    says = _("latest checkpoint of %(day)s, entry %(n)s") % {"day": newest.day, "n": newest.sequence}
    return age <= MAX_CHECKPOINT_AGE, says


def _judgement() -> tuple[bool, str]:
    last = queries.last_judgement()
    if last is None:
        return True, _("none yet")
    if last.finished_at is None:
        well = queries.age_of(last.started_at) < MAX_JUDGEMENT
        return well, _("that of %(day)s has not finished") % {"day": last.day.isoformat()}
    well = last.found == 0 and clock.today() - last.day <= MAX_JUDGEMENT_AGE
    return well, _("that of %(day)s found %(n)s differences") % {"day": last.day.isoformat(), "n": last.found}


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
    "sweep": _sweep,
    "letters": _letters,
    "messages": _messages,
    "scans": _scans,
    "storage": _storage,
    "record": _record,
    "judgement": _judgement,
}
LABELS: dict[str, Promise] = {
    "database": gettext_lazy("Database"),
    "broker": gettext_lazy("Queue"),
    "worker": gettext_lazy("Background tasks"),
    "sweep": gettext_lazy("Sweeps"),
    "letters": gettext_lazy("Letters"),
    "messages": gettext_lazy("Outgoing mail"),
    "scans": gettext_lazy("Virus scanner"),
    "storage": gettext_lazy("Storage"),
    "record": gettext_lazy("Journal entries"),
    "judgement": gettext_lazy("Daily check"),
}
