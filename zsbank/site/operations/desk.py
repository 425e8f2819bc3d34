"""Runs of the sweep at the desk."""

from typing import ClassVar

from zsbank.base.pages.case_desk import CaseDesk


class SweepRunDesk(CaseDesk):
    """Runs of the sweep."""

    list_display = ("on", "started_at", "finished_at", "done", "failed")
    facts: ClassVar[tuple[str, ...]] = ("on", "started_at", "finished_at", "done", "failed")
