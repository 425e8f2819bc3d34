"""Declarations of sweeps and stored files."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.files import store
from zsbank.base.files.models import StoredFile
from zsbank.base.permissions import Verb
from zsbank.site.operations.desk import SweepRunDesk
from zsbank.site.operations.models import SweepRun


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
