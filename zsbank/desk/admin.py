"""The record at the desk: to be read, never to be changed."""

from typing import ClassVar

from django.contrib import admin

from zsbank.accounts.permissions import Verb
from zsbank.desk.site import DeskAdmin
from zsbank.journal.models import Entry


@admin.register(Entry)
class EntryAdmin(DeskAdmin):
    """The journal, newest first."""

    seen_with: ClassVar[Verb] = Verb.SEE_JOURNAL
    list_display = ("at", "actor_name", "verb", "subject_label", "from_state", "to_state")
    list_filter = ("verb",)
    search_fields = ("subject_label", "actor_name", "uscc")
