"""Rules for files."""

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import ALLOWED, Verdict

MEGABYTE = 1024 * 1024


def may_open(file: StoredFile) -> Verdict:
    """Return whether a file may be opened: not while it waits for its scan, and not from quarantine."""
    if file.scan == ScanState.BEING_CHECKED:
        return Verdict.no(
            "being_checked",
            _("%(name)s is being checked for viruses; try again in a minute.") % {"name": file.name},
        )
    if file.is_quarantined:
        return Verdict.no(
            "quarantined",
            _(
                "The virus scanner found a virus in %(name)s (%(signature)s). The file is "
                "quarantined and cannot be opened; submit another file."
            )
            % {"name": file.name, "signature": file.scan_result},
        )
    return ALLOWED


def is_being_checked(by: User | None, file: StoredFile) -> Verdict:
    """Return whether the file still waits for a scan result."""
    return ALLOWED if file.scan == ScanState.BEING_CHECKED else Verdict.moved_on()


def has_room(held: QuerySet[StoredFile], more: int) -> Verdict:
    """Return whether a case may store `more` bytes; replaced and removed files count, because they are kept."""
    used, limit = held.aggregate(used=Sum("size", default=0))["used"], settings.CASE_QUOTA_BYTES
    if used + more <= limit:
        return ALLOWED
    return Verdict.no(
        "quota",
        _(
            "There is no space for another %(more)s MB: the documents of this case, including "
            "earlier revisions, use %(used)s MB of %(limit)s MB. Scan at a lower resolution, or ask "
            "the bureau."
        )
        % {"more": _megabytes(more), "used": _megabytes(used), "limit": _megabytes(limit)},
    )


def may_choose(by: User, more: int) -> Verdict:
    """Check the limits of files that a person has selected and not submitted."""
    held = ChosenFile.objects.filter(by=by).aggregate(n=Count("pk"), used=Sum("file__size", default=0))
    most, limit = settings.CHOSEN_QUOTA_FILES, settings.CHOSEN_QUOTA_BYTES
    if held["n"] < most and held["used"] + more <= limit:
        return ALLOWED
    return Verdict.no(
        "chosen_quota",
        _(
            "You have selected %(n)s files (%(used)s MB) that are not submitted; at most %(most)s files and "
            "%(limit)s MB are kept. Submit or remove some first."
        )
        % {"n": held["n"], "used": _megabytes(held["used"]), "most": most, "limit": _megabytes(limit)},
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"
