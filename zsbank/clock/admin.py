"""What the clock did, at the desk."""

from typing import ClassVar

from django.contrib import admin

from zsbank.accounts.permissions import Verb
from zsbank.clock.models import SweepRun
from zsbank.desk.site import DeskAdmin


@admin.register(SweepRun)
class SweepRunAdmin(DeskAdmin):
    """The runs of the sweep."""

    seen_with: ClassVar[Verb] = Verb.SEE_SYSTEM
    list_display = ("on", "started_at", "finished_at", "done", "failed")
    facts: ClassVar[tuple[str, ...]] = ("on", "started_at", "finished_at", "done", "failed")
