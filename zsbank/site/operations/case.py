"""Declarations of sweeps and stored files."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.set_up import SetUp
from zsbank.base.cases.urls import list_page
from zsbank.base.files import store
from zsbank.base.files.models import StoredFile
from zsbank.base.permissions import Verb
from zsbank.site.operations.actions import record_restore
from zsbank.site.operations.desk import BackupDesk, SweepRunDesk
from zsbank.site.operations.forms import RestoreForm
from zsbank.site.operations.models import Backup, SweepRun
from zsbank.site.operations.queries import backups, scanner


def files_as_stored() -> Iterator[str]:
    """Yield rows whose file is unreadable, changed, or wrongly in or out of quarantine."""
    for row in StoredFile.objects.order_by("pk").iterator():
        try:
            same = store.sha256_of(row.stored_name) == row.sha256
        except OSError as error:
            yield f"files.storedfile {row.pk}: cannot be read ({type(error).__name__})"
        else:
            if not same:
                yield f"files.storedfile {row.pk}: is not what was stored, its hash differs"
            if row.is_quarantined != store.quarantine_path(row.stored_name).exists():
                place = "outside" if row.is_quarantined else "in"
                yield f"files.storedfile {row.pk}: is {row.scan}, but lies {place} quarantine"


def files_with_rows() -> Iterator[str]:
    """Yield stored and quarantined files without a row."""
    known = set(StoredFile.objects.values_list("stored_name", flat=True))
    folder = Path(settings.FILES_DIR)
    for path in sorted([*folder.glob("[0-9a-f][0-9a-f]/*"), *folder.glob("quarantine/*")]):
        if path.name not in known:
            yield f"file {path.parent.name}/{path.name}: lies there without a row"


CASES = (
    Case(
        model=StoredFile,
        entries={
            Verb.OPEN_FILE: _("opened or downloaded a file"),
            Verb.QUARANTINE_FILE: _("found a virus in the file and quarantined it"),
        },
        labels={
            "file": _("file"),
            "files": _("files"),
            "replaced_sha256": _("SHA-256 of the replaced file"),
            "sha256": "SHA-256",
            "signature": _("name of the virus"),
        },
        checks=(files_as_stored, files_with_rows),
        set_up=(
            SetUp(
                80,
                _("Virus scanner"),
                scanner,
                _("Files of the banks are opened without having been scanned."),
                lambda: reverse("admin:index"),
                _("System health"),
                seen_with=Verb.SEE_SYSTEM,
                essential=False,
            ),
        ),
    ),
    Case(
        model=Backup,
        facts_in_journal={
            Verb.TAKE_BACKUP: ("taken_at", "files"),
            Verb.RECORD_RESTORE: ("restored_on", "restored_by"),
        },
        offers=(
            Offer(
                record_restore,
                _("Record that a restore was tried"),
                (_("The set-up page shows the day; the journal keeps what was found."),),
                form=lambda case: RestoreForm,
            ),
        ),
        desk=BackupDesk,
        seen_with=Verb.SEE_SYSTEM,
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Backups"), place=55),
        set_up=(
            SetUp(
                70,
                _("Backup"),
                backups,
                _("After a fault of the machine everything since the last backup is lost."),
                lambda: list_page(Backup),
                _("Backups"),
                seen_with=Verb.SEE_SYSTEM,
                done_by=(Verb.RECORD_RESTORE,),
            ),
        ),
        entries={
            Verb.TAKE_BACKUP: _("took a backup"),
            Verb.RECORD_RESTORE: _("recorded that restoring a backup was tried"),
        },
    ),
    Case(
        model=SweepRun,
        desk=SweepRunDesk,
        seen_with=Verb.SEE_SYSTEM,
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Sweeps"), place=50),
        entries={
            Verb.SEE_SYSTEM: _("viewed the system health"),
            Verb.LOAD_DEMONSTRATION: _("loaded the demonstration data"),
        },
    ),
)
