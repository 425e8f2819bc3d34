"""Runs of the sweep at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.journal.words import all_words
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.site.operations.models import SweepRun

STEP_WORDS: dict[str, str | Promise] = {
    "make_file": gettext_lazy("made letters' files"),
    "record_typed": gettext_lazy("recorded answers that were saved while typing"),
    "record_typed_finding": gettext_lazy("recorded findings that were saved while typing"),
    "record_typed_remark": gettext_lazy("recorded remarks that were saved while typing"),
    "scan": gettext_lazy("looked for viruses in files"),
    "move_to_quarantine": gettext_lazy("moved files to quarantine"),
    "clear_incoming": gettext_lazy("removed uploads that were broken off"),
    "mail": gettext_lazy("sent e-mails"),
    "keep_checkpoint": gettext_lazy("kept a checkpoint of the record"),
    "remove_log": gettext_lazy("removed old log files"),
    "remind": gettext_lazy("reminded banks of due dates"),
    "remind_of_fees": gettext_lazy("reminded banks of fee notices"),
    "remind_of_verification": gettext_lazy("reminded officers of reports to verify"),
    "remind_of_complaints": gettext_lazy("reminded banks of complaints to be answered"),
    "remind_of_answers": gettext_lazy("reminded banks of inspection reports to be answered"),
    "remind_of_corrections": gettext_lazy("reminded banks of corrections after inspections"),
    "keep_failed": gettext_lazy("kept messages that reached nobody at a bank"),
    "notify_of_release": gettext_lazy("told banks that their bar has ended"),
    "tell_of_deactivated": gettext_lazy("told banks of people whose account was deactivated"),
    "tell_of_departures": gettext_lazy("told colleagues of the cases of people who left"),
}
"""The steps that are no verbs of the record."""


def step_in_words(name: str) -> str:
    """Return the description of a step of the sweep."""
    return str(STEP_WORDS.get(name) or all_words().get(name, name))


class SweepRunDesk(CaseDesk):
    """Runs of the sweep."""

    list_display = ("on", "started_at", "finished_at", "what_was_done", "what_failed")
    facts: ClassVar[tuple[str, ...]] = ("on", "started_at", "finished_at", "what_was_done", "what_failed")

    @admin.display(description=gettext_lazy("done"))
    def what_was_done(self, run: SweepRun) -> str:
        """Return each step that changed rows, with their number."""
        said = (f"{step_in_words(name)} × {count}" for name, count in run.done.items())
        return "；".join(said) or _("nothing was due")

    @admin.display(description=gettext_lazy("failed"))
    def what_failed(self, run: SweepRun) -> str:
        """Return each failed row with its step."""
        return "；".join(_failed(one) for one in run.failed) or "—"


class BackupDesk(CaseDesk):
    """Backups, and whether restoring them was tried."""

    list_display = ("taken_at", "files", "restored_on", "restored_by")
    list_select_related = ("restored_by",)
    empty_text: ClassVar[Text] = gettext_lazy("Backups appear here after manage.py backup has taken one.")
    facts: ClassVar[tuple[str, ...]] = ("taken_at", "files", "restored_on", "restored_by")


def _failed(one: dict[str, Any]) -> str:
    return f"{step_in_words(one['step'])} {one.get('id') or ''}：{one['error']}"
