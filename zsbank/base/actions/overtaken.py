"""Who was faster: what a person reads when a case moved on since they opened it.

Officers read who did what and when. A bank's people read it of their own colleagues only; of the bureau they learn that
the case has changed, as before.
"""

from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from zsbank.base.actions.rows import bank_of
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.words import verb_in_words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import MOVED_ON, EditConflict, WrongState

QUIET = (
    Verb.SIGN_LETTER,
    Verb.ISSUE_LETTER,
    Verb.DOWNLOAD_LETTER,
    Verb.DOWNLOAD_RECEIPT,
    Verb.DOWNLOAD_APPLICATION,
    Verb.OPEN_FILE,
    Verb.EXPORT_LIST,
    Verb.REFUSE,
)
"""Entries that change nothing of the row they are about."""


def overtaken(by: Any, *rows: Model | None) -> str:
    """Return who did what with these rows last, and when, as this person may know it.

    Args:
        by: the person who came too late; None for the sweep.
        rows: the row of the action and its case.
    """
    entry = _last_change([row for row in rows if row is not None]) if by is not None else None
    who = _name_for(by, entry, rows) if entry is not None else ""
    if entry is None or not who:
        return str(MOVED_ON)
    words = _("%(who)s %(done)s at %(time)s, so what you opened is no longer current. Reload the page.")
    return words % {"who": who, "done": verb_in_words(entry.verb), "time": _moment(entry)}


who_was_faster = lazy(overtaken, str)
"""The same, asked of the journal only if somebody reads it."""


def _last_change(rows: list[Model]) -> Entry | None:
    """Return the newest entry that changed one of the rows."""
    about = Q(pk__in=[])
    for row in rows:
        about |= Q(subject_type=row._meta.label_lower, subject_id=row.pk)
    return Entry.objects.filter(about).exclude(verb__in=QUIET).select_related("actor").order_by("-pk").first()


def _name_for(by: Any, entry: Entry, rows: tuple[Model | None, ...]) -> str:
    """Return who did it; empty if this person may not know."""
    if entry.actor_id == by.pk:
        return _("You")
    if by.roles_at_bureau():
        return entry.actor_name if entry.actor_id else _("The register")
    bank = next((found for row in rows if row is not None and (found := bank_of(row))), None)
    colleague = bank is not None and entry.actor is not None and bool(bank.roles_of(entry.actor))
    return entry.actor_name if colleague else ""


def _moment(entry: Entry) -> str:
    """Return the local time of today, the date as well of an earlier day."""
    at = timezone.localtime(entry.at)
    return at.strftime("%H:%M" if at.date() == clock.today() else "%Y-%m-%d %H:%M")


def told_by_name(refusal: WrongState, by: Any, *rows: Model | None) -> WrongState:
    """Return a refusal with who was faster, where it says only that the case has changed."""
    if refusal.reason is MOVED_ON:
        return type(refusal)(overtaken(by, *rows), refusal.code)
    if isinstance(refusal, EditConflict) and (said := overtaken(by, *rows)) != str(MOVED_ON):
        return type(refusal)(f"{refusal} {said}", refusal.code)
    return refusal
