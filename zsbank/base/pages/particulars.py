"""Particulars of a journal entry for people: labels, readable values, changes as old → new."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.cases.registry import cases, letter_kinds
from zsbank.base.journal.facts import FACTS
from zsbank.base.journal.models import Entry
from zsbank.base.journal.words import verb_in_words
from zsbank.base.letters.models import Letter
from zsbank.base.pages.contacts import masked
from zsbank.base.pages.words import kind_in_words
from zsbank.base.roles import Role

Line = tuple[str, str]
FIELDS_OF: dict[str, str] = {}
"""Models whose field labels describe a verb's data, besides those of the subject."""

LABELS: dict[str, str | Promise] = {
    "days": gettext_lazy("days"),
    "due_date": gettext_lazy("due date"),
    "name": gettext_lazy("name"),
    "valid_from": gettext_lazy("valid from"),
}
SIGN_IN_NAMES = frozenset({"case_officer", "decided_by", "officers", "paper_signed_by"})
NOT_SHOWN = frozenset({"code", FACTS})
"""For programs: the reason, or the other particulars, have the same information for people."""

SIGN_IN_CHANGES: dict[str, str | Promise] = {
    "email_changed": gettext_lazy("e-mail changed"),
    "email_confirmed": gettext_lazy("e-mail confirmed"),
    "email_deleted": gettext_lazy("e-mail removed"),
    "password_changed": gettext_lazy("password changed"),
    "password_reset": gettext_lazy("password reset"),
    "password_set": gettext_lazy("password set"),
    "recovery_codes_generated": gettext_lazy("recovery codes generated"),
    "totp_activated": gettext_lazy("authenticator set up"),
    "totp_deactivated": gettext_lazy("authenticator removed"),
    "webauthn_added": gettext_lazy("passkey added"),
    "webauthn_removed": gettext_lazy("passkey removed"),
}


def lines_of(entry: Entry, *, whole: bool = False) -> Iterator[Line]:
    """Yield label and value of each particular; `whole` shows sign-in names unmasked."""
    for name, value in entry.data.items():
        if name == "changed":
            yield from _changes(entry, value)
        elif name not in NOT_SHOWN and value not in (None, "", []):
            hidden = name in SIGN_IN_NAMES and not whole
            yield _label(entry, name), _masked(value) if hidden else _value(entry, name, value)


def _masked(value: Any) -> str:
    return "、".join(masked(str(one)) for one in (value if isinstance(value, list) else [value]))


def _changes(entry: Entry, changed: Mapping[str, Any]) -> Iterator[Line]:
    """Yield changes of fields as old → new; changes of several rows are prefixed with the row's name."""
    for name, change in changed.items():
        if isinstance(change, Mapping):
            yield from ((f"{name} · {label}", said) for label, said in _changes(entry, change))
        else:
            before, after = (_value(entry, name, value) for value in change)
            yield _label(entry, name), f"{before} → {after}"


def _field(entry: Entry, name: str) -> "Field[Any, Any] | None":
    for model in (entry.subject_type, FIELDS_OF.get(entry.verb, ""), *_declared_fields().get(entry.verb, ())):
        try:
            found = apps.get_model(model)._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            continue
        if isinstance(found, Field) and not found.is_relation:
            return found
    return None


@cache
def _declared_fields() -> dict[str, tuple[str, ...]]:
    """Return the models, by verb, whose fields its entries contain besides those of the subject."""
    found: dict[str, tuple[str, ...]] = {}
    for case in cases():
        for verb, model in case.fields.items():
            found[verb.value] = (*found.get(verb.value, ()), model._meta.label_lower)
    return found


@cache
def _declared_labels() -> dict[str, str | Promise]:
    """Return the declared labels of particulars that are not fields."""
    return {name: words for case in cases() for name, words in case.labels.items()}


def _label(entry: Entry, name: str) -> str:
    field = _field(entry, name)
    return str(field.verbose_name if field else _declared_labels().get(name) or LABELS.get(name, name))


def _value(entry: Entry, name: str, value: Any) -> str:
    """Return a value as text: the label of a choice, yes or no, a list on one line, a dash if empty."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, "", []):
        return "—"
    if isinstance(value, list):
        return "、".join(_value(entry, name, one) for one in value)
    if isinstance(value, Mapping):
        return " ".join(_value(entry, name, one) for one in value.values() if one not in (None, "", []))
    return str(_choices(entry, name).get(value, value))


def _choices(entry: Entry, name: str) -> Mapping[Any, Any]:
    if name == "role":
        return dict(Role.choices)
    if name == "what":
        return SIGN_IN_CHANGES
    if name == "kind" and entry.subject_type == Letter._meta.label_lower:
        return {code: kind.label for code, kind in letter_kinds().items()}
    if name == "list":
        return {entry.data["list"]: kind_in_words(entry.data["list"])}
    if name == "verb":
        return {entry.data["verb"]: verb_in_words(entry.data["verb"])}
    field = _field(entry, name)
    return dict(field.flatchoices) if field and field.choices else {}
