"""The record at the desk: to be read, never to be changed."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from zsbank.accounts.permissions import Verb
from zsbank.desk.site import DeskAdmin
from zsbank.journal.models import Entry
from zsbank.look import words
from zsbank.look.templatetags.look import moved


@admin.register(Entry)
class EntryAdmin(DeskAdmin):
    """The journal, newest first."""

    seen_with: ClassVar[Verb] = Verb.SEE_JOURNAL
    list_display = ("at", "sentence", "subject_label", "movement")
    list_filter = ("verb",)
    search_fields = ("subject_label", "actor_name", "uscc")
    facts: ClassVar[tuple[str, ...]] = ("at", "effective_on", "sentence", "movement", "reason", "particulars")

    @admin.display(description=_("what was done"), ordering="verb")
    def sentence(self, entry: Entry) -> str:
        """Who did what."""
        return f"{entry.actor_name} {words.verb_in_words(entry.verb)}"

    @admin.display(description=_("moved"))
    def movement(self, entry: Entry) -> str:
        """From which state to which."""
        return moved(entry)

    @admin.display(description=_("particulars"))
    def particulars(self, entry: Entry) -> str:
        """The data of the entry, one a line."""
        return "\n".join(f"{name}: {value}" for name, value in entry.data.items())
