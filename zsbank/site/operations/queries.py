"""Queries for health and integrity checks: how long ago things ran, and what has waited too long."""

import datetime as dt

from django.db.models import QuerySet

from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.files.queries import being_checked
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import WAITING_FOR_FILE
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.site.operations.models import Heartbeat, SweepRun

WORKER = "worker"
LETTER_WAITS = dt.timedelta(days=1)
MESSAGE_WAITS = dt.timedelta(hours=26)
SCAN_WAITS = dt.timedelta(minutes=15)


def is_demonstration() -> bool:
    """Return whether the register holds the demonstration, and so no real cases."""
    return Entry.objects.filter(verb=Verb.LOAD_DEMONSTRATION).exists()


def heartbeat_age(name: str) -> dt.timedelta | None:
    """Return the time since a part of the program was last active; None if never."""
    at = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return age_of(at) if at else None


def age_of(at: dt.datetime) -> dt.timedelta:
    """Return the time since a moment."""
    return clock.now() - at


def last_sweep() -> SweepRun | None:
    """Return the last finished sweep, without sweeps of simulated later days."""
    finished = SweepRun.objects.filter(finished_at__isnull=False, on__lte=clock.today())
    return finished.order_by("-finished_at").first()


def stuck_letters() -> QuerySet[Letter]:
    """Return letters signed before today that have no file."""
    before = clock.today() - LETTER_WAITS
    stuck: QuerySet[Letter] = Letter.objects.filter(state__in=WAITING_FOR_FILE, issue_date__lte=before)
    return stuck.order_by("pk")


def stuck_messages() -> QuerySet[Message]:
    """Return messages that should have been mailed by now."""
    before = clock.now() - MESSAGE_WAITS
    unsent = Message.objects.filter(mailed_at=None, by_mail=True, at__lt=before)
    return unsent.exclude(recipient__email="").order_by("pk")


def stuck_scans() -> QuerySet[StoredFile]:
    """Return files that have waited too long for their virus scan; nobody can open them."""
    return being_checked().filter(at__lt=clock.now() - SCAN_WAITS).order_by("pk")
