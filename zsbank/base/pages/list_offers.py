"""The actions of a list, as far as there is anything to act on."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer


def offers_on_list(person: Any, kind: Case) -> list[Offer]:
    """Return the actions on the list that the person may take now; one query for each choice they ask for."""
    return [offer for offer in kind.list_offers if kind.desk and is_offered_on_list(person, offer)]


def is_offered_on_list(person: Any, offer: Offer) -> bool:
    """Return whether the person may take the action on a list, and there is something to select."""
    return staff_may(person, offer.verb) and not nothing_to_select(offer.form(None)())


def nothing_to_select(form: forms.BaseForm) -> str:
    """Return why a form cannot be filled in: a required field has no choice. Empty if all have."""
    for bound in form:
        if bound.field.required and not _has_choice(bound.field):
            return _("There is nothing to select at present: %(field)s.") % {"field": bound.label}
    return ""


def _has_choice(field: Any) -> bool:
    if isinstance(field, forms.ModelChoiceField):
        return bool(field.queryset.exists()) if field.queryset is not None else False
    choices = getattr(field, "choices", None)
    return choices is None or any(value not in ("", None) for value, _words in choices)
