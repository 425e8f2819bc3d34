"""Verbs, states and kinds of subject in words."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.registry import case_of
from zsbank.base.journal.models import Entry
from zsbank.base.journal.words import verb_in_words
from zsbank.base.permissions import Verb


def sentence(entry: Entry) -> str:
    """Return who did what, in the reader's language; the register itself for entries without a person."""
    who = entry.actor_name if entry.actor_id else _("The register")
    return str(_("%(who)s %(done)s") % {"who": who, "done": verb_in_words(entry.verb)})


def state_in_words(subject_type: str, state: str) -> str:
    """Return a state's label."""
    if not state:
        return ""
    for field in apps.get_model(subject_type)._meta.get_fields():
        if getattr(field, "protected", False):
            return str(dict(getattr(field, "flatchoices", ())).get(state, state))
    case = case_of(apps.get_model(subject_type))
    shown = case.states.get(state) if case else None
    return str(shown.staff) if shown and shown.staff else state


WORK_LIST = "work"
"""What the journal calls the work list, which has no model of its own."""


def kind_in_words(subject_type: str) -> str:
    """Return the verbose name of a subject's model, or of the work list."""
    if subject_type == WORK_LIST:
        return str(_("Work list"))
    return str(apps.get_model(subject_type)._meta.verbose_name) if subject_type else ""


def particulars(entry: Entry) -> str:
    """Return criterion, file, letter number or attempted verb of an entry."""
    data = entry.data
    parts = [str(data[name]) for name in ("letter", "file") if data.get(name)]
    if data.get("criterion"):
        parts.insert(0, str(_("criterion %(n)s") % {"n": data["criterion"]}))
    if entry.verb == Verb.REFUSE:
        parts.append(str(_("attempted: %(verb)s") % {"verb": verb_in_words(str(data["verb"]))}))
    if data.get("case_officer"):
        parts.append(str(data["name"]))
    return " · ".join(parts)
