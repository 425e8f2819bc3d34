"""Queries for health and integrity checks: how long ago things ran, and what has waited too long."""

import datetime as dt

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from zsbank.base.calendar import clock
from zsbank.base.cases.set_up import Proof
from zsbank.base.files.models import StoredFile
from zsbank.base.files.queries import being_checked
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.letters.queries import MAX_DEATHS
from zsbank.base.letters.states import WAITING_FOR_FILE
from zsbank.base.notices.actions import unsent_messages
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.site.operations.models import Backup, Heartbeat, Judgement, SweepRun

WORKER = "worker"
LETTER_WAITS = dt.timedelta(days=1)
MESSAGE_WAITS = dt.timedelta(hours=26)
SCAN_WAITS = dt.timedelta(minutes=15)
BACKUP_AGE = dt.timedelta(days=7)
"""An older backup needs a look."""


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


def last_judgement() -> Judgement | None:
    """Return the last daily integrity check, finished or not."""
    return Judgement.objects.order_by("-day").first()


def stuck_letters() -> QuerySet[Letter]:
    """Return letters signed before today that have no file."""
    before = clock.today() - LETTER_WAITS
    stuck: QuerySet[Letter] = Letter.objects.filter(state__in=WAITING_FOR_FILE, issue_date__lte=before)
    return stuck.order_by("pk")


def passed_over() -> QuerySet[Letter]:
    """Return letters whose file killed the program several times; it is made again when a person asks."""
    return Letter.objects.filter(state__in=WAITING_FOR_FILE, deaths__gte=MAX_DEATHS)


def last_mail_error() -> str:
    """Return the class of the latest error while mailing, without the addresses in it; empty if none failed."""
    failed = unsent_messages().exclude(mail_error="").order_by("-next_attempt_at", "-pk")
    return (failed.values_list("mail_error", flat=True).first() or "").partition(":")[0]


def stuck_messages() -> QuerySet[Message]:
    """Return messages that should have been mailed by now."""
    before = clock.now() - MESSAGE_WAITS
    return unsent_messages().filter(at__lt=before)


def stuck_scans() -> QuerySet[StoredFile]:
    """Return files that have waited too long for their virus scan; nobody can open them."""
    return being_checked().filter(at__lt=clock.now() - SCAN_WAITS).order_by("pk")


def backups() -> Proof:
    """Look for the last backup, and for the last trial of a restore."""
    found = Backup.objects.aggregate(taken=Max("taken_at"), restored=Max("restored_on"))
    taken, restored = found["taken"], found["restored"]
    if taken is None:
        return Proof.open(_("No backup yet: manage.py backup DIR takes one"))
    given = {"taken": clock.local_day(taken), "restored": restored}
    if restored is None:
        return Proof.look(_("last taken on %(taken)s; restoring one has not been tried") % given)
    says = _("last taken on %(taken)s, restore last tried on %(restored)s") % given
    return Proof.done(says) if age_of(taken) <= BACKUP_AGE else Proof.look(says)


def scanner() -> Proof:
    """Look for the virus scanner, and for files that wait for it too long."""
    if not settings.CLAMAV_SOCKET:
        return Proof.open(_("No scanner is set (ZSBANK_CLAMAV)"))
    stuck = stuck_scans().count()
    if stuck:
        return Proof.open(
            _("%(n)s files wait for 15 minutes or longer: the scanner does not answer") % {"n": stuck}
        )
    return Proof.done(_("is set, no file waits"))
