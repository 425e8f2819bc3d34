"""What the clock did, at the desk."""

from typing import ClassVar

from django.contrib import admin

from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.permissions import Verb
from zsbank.site.operations.models import SweepRun


@admin.register(SweepRun)
class SweepRunAdmin(DeskAdmin):
    """The runs of the sweep."""

    seen_with: ClassVar[Verb] = Verb.SEE_SYSTEM
    list_display = ("on", "started_at", "finished_at", "done", "failed")
    facts: ClassVar[tuple[str, ...]] = ("on", "started_at", "finished_at", "done", "failed")
