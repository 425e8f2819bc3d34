"""Sheets: a verb on a case, shown first with what it will cause, done only by POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise

from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb


class NoQuestions(forms.Form):
    """A verb that asks for nothing but the confirmation."""


@dataclass(frozen=True)
class Sheet:
    """One verb as the desk offers it.

    Args:
        verb: decides who is offered it; the action asks again.
        label: the word on the button, the same as in the journal.
        states: the states of the case in which it is offered; empty for any.
        causes: what will happen, one sentence each.
        run: carries it out with the person, the case and the form's cleaned data.
        form: what it asks for; called with the case, so that choices can depend on it.
        grave: whether it cannot be undone.
    """

    verb: Verb
    label: str | Promise
    states: frozenset[str]
    causes: tuple[str | Promise, ...]
    run: Callable[[User, Any, dict[str, Any]], object]
    form: Callable[[Any], type[forms.Form]] = lambda case: NoQuestions
    grave: bool = False

    def is_offered(self, case: Model, field: str) -> bool:
        """Whether the case is where this can be done."""
        return not self.states or getattr(case, field) in self.states
