"""Sheets: a verb on a case or a register, shown first with what it will cause, done only by POST."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts.models import User
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm


class NoQuestions(PlainForm):
    """A verb that asks for nothing but the confirmation."""


class ReasonForm(PlainForm):
    """A verb that asks for its reason."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DateInput(forms.DateInput):
    """A day picked from the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        """The browser wants and gives ISO dates whatever the language."""
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True)
class Draft:
    """A letter as it would be signed now: a word before it, and its typed data."""

    heading: str | Promise
    letter: Any


@dataclass(frozen=True)
class Sheet:
    """One verb as the desk offers it.

    Args:
        verb: decides who is offered it; the action asks again.
        label: the word on the button, the same as in the journal.
        causes: what will happen, one sentence each.
        run: carries it out with the person, the case (None for a register's sheet) and the form's cleaned data.
        states: the states of the case in which it is offered; empty for any.
        form: what it asks for; called with the case, so that choices can depend on it.
        grave: whether it cannot be undone.
        aside: whether it belongs to the case without being its next step; it is offered more quietly.
        drafts: the letters that would be signed, to be read before.
        when: asked with the case; whether the sheet is offered on it now.
        notes: what goes into it, a line each, to be read before.
        why_not: asked with person and case; the reason shown instead of the form when there is one.
    """

    verb: Verb
    label: str | Promise
    causes: tuple[str | Promise, ...]
    run: Callable[[User, Any, dict[str, Any]], object]
    states: frozenset[str] = frozenset()
    form: Callable[[Any], type[PlainForm]] = lambda case: NoQuestions
    grave: bool = False
    aside: bool = False
    drafts: Callable[[Any], Sequence[Draft]] = lambda case: ()
    why_not: Callable[[User, Any], str] = lambda by, case: ""
    notes: Callable[[Any], Sequence[str]] = lambda case: ()
    when: Callable[[Any], bool] = lambda case: True

    def is_offered(self, case: Model, field: str) -> bool:
        """Whether the case is where this can be done."""
        return (not self.states or getattr(case, field) in self.states) and self.when(case)
