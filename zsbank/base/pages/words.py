"""The verbs of the record in people's words, and the states in the words of their own model."""

from functools import cache

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.registry import case_of, cases
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb


def verb_in_words(verb: str) -> str:
    """What was done, in words; a verb without words is shown as it is."""
    return str(all_words().get(verb, verb))


@cache
def all_words() -> dict[str, str | Promise]:
    """The words of every verb, as the cases declare them."""
    return {verb.value: words for case in cases() for verb, words in case.entries.items()}


def sentence(entry: Entry) -> str:
    """Who did what, in the reader's language; what the clock did, the register did."""
    who = entry.actor_name if entry.actor_id else _("The register")
    return str(_("%(who)s %(done)s") % {"who": who, "done": verb_in_words(entry.verb)})


def state_in_words(subject_type: str, state: str) -> str:
    """A state's label in its model's own words."""
    if not state:
        return ""
    for field in apps.get_model(subject_type)._meta.get_fields():
        if getattr(field, "protected", False):
            return str(dict(getattr(field, "flatchoices", ())).get(state, state))
    case = case_of(apps.get_model(subject_type))
    shown = case.states.get(state) if case else None
    return str(shown.staff) if shown and shown.staff else state


def kind_in_words(subject_type: str) -> str:
    """What kind of thing an entry is about."""
    return str(apps.get_model(subject_type)._meta.verbose_name) if subject_type else ""


def particulars(entry: Entry) -> str:
    """What an entry adds besides who, what and why: the criterion, the file, the number of the letter."""
    data = entry.data
    said = [str(data[name]) for name in ("letter", "file") if data.get(name)]
    if data.get("criterion"):
        said.insert(0, str(_("criterion %(n)s") % {"n": data["criterion"]}))
    if entry.verb == Verb.REFUSE:
        said.append(str(_("attempted: %(verb)s") % {"verb": verb_in_words(str(data["verb"]))}))
    if data.get("case_officer"):
        said.append(str(data["name"]))
    return " · ".join(said)
