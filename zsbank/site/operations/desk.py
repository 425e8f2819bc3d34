"""Runs of the sweep at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.words import all_words
from zsbank.site.operations.models import SweepRun

STEP_WORDS: dict[str, str | Promise] = {
    "make_file": gettext_lazy("made letters' files"),
    "record_typed": gettext_lazy("recorded answers that were saved while typing"),
    "scan": gettext_lazy("looked for viruses in files"),
    "move_to_quarantine": gettext_lazy("moved files to quarantine"),
    "clear_incoming": gettext_lazy("removed uploads that were broken off"),
    "mail": gettext_lazy("sent e-mails"),
    "keep_checkpoint": gettext_lazy("kept a checkpoint of the record"),
    "remove_log": gettext_lazy("removed old log files"),
    "remind": gettext_lazy("reminded banks of due dates"),
}
"""The steps that are no verbs of the record."""


def step_in_words(name: str) -> str:
    """What a step of the sweep does."""
    return str(STEP_WORDS.get(name) or all_words().get(name, name))


class SweepRunDesk(CaseDesk):
    """Runs of the sweep."""

    list_display = ("on", "started_at", "finished_at", "what_was_done", "what_failed")
    facts: ClassVar[tuple[str, ...]] = ("on", "started_at", "finished_at", "what_was_done", "what_failed")

    @admin.display(description=gettext_lazy("done"))
    def what_was_done(self, run: SweepRun) -> str:
        """Each step that did something, with how often."""
        said = (f"{step_in_words(name)} × {count}" for name, count in run.done.items())
        return "；".join(said) or _("nothing was due")

    @admin.display(description=gettext_lazy("failed"))
    def what_failed(self, run: SweepRun) -> str:
        """Each row that could not be done, with its step."""
        return "；".join(_failed(one) for one in run.failed) or "—"


def _failed(one: dict[str, Any]) -> str:
    return f"{step_in_words(one['step'])} {one.get('id') or ''}：{one['error']}"
