"""Actions as the desk offers them on action pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from zsbank.base.actions.door import Action
from zsbank.base.cases.forms import NoQuestions
from zsbank.base.cases.turns import Text
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm


@dataclass(frozen=True)
class Draft:
    """A letter as it would be signed now: a word before it, and its typed data."""

    heading: Text
    letter: Any


@dataclass(frozen=True)
class Offer:
    """One action as the desk offers it on its action page.

    Args:
        action: what is done; it also says to whom it is offered, and in which states.
        label: the word on the button, the same as in the journal.
        causes: what will happen, one sentence each.
        form: what it asks for; called with the case (None on a list), so that choices can depend on it.
        run: carries it out with person, case and the form's cleaned data; the action itself unless given.
        row: the row that the action works on; None where the form chooses it. The case itself unless given.
        grave: whether it cannot be undone.
        aside: whether it belongs to the case without being its next step; it is offered more quietly.
        drafts: the letters that would be signed, to be read before.
        notes: what goes into it, a line each, to be read before.
        when: asked with the case; whether it is offered now, besides the action's states.
        why_not: asked with person and case; a reason that the action's own rule does not know, such as that nothing
            can be chosen yet.
    """

    action: Action[..., Any]
    label: Text
    causes: tuple[Text, ...]
    form: Callable[[Any], type[PlainForm]] = lambda case: NoQuestions
    run: Callable[[Any, Any, dict[str, Any]], object] | None = None
    row: Callable[[Any], Model | None] = lambda case: case
    grave: bool = False
    aside: bool = False
    drafts: Callable[[Any], Sequence[Draft]] = lambda case: ()
    notes: Callable[[Any], Sequence[str]] = lambda case: ()
    when: Callable[[Any], bool] = lambda case: True
    why_not: Callable[[Any, Any], str] = lambda by, case: ""

    @property
    def verb(self) -> Verb:
        """The verb of the action."""
        return self.action.verb

    def is_offered(self, by: Any, case: Model) -> bool:
        """Whether the case is where this can be done, and there is something to do."""
        row = self.row(case)
        return self.when(case) and (row is None or not self.action.nothing_to_do(by, row))

    def reason_against(self, by: Any, case: Model | None) -> str:
        """Why this person cannot do it now; empty when they can."""
        asked = self.row(case) if case is not None and self.action.on else None
        return self.action.verdict(by, asked).why_not or self.why_not(by, case)

    def carry_out(self, by: Any, case: Model | None, given: dict[str, Any]) -> object:
        """Do it with what the form gave."""
        if self.run is not None:
            return self.run(by, case, given)
        row = {self.action.on: case} if case is not None else {}
        return self.action(**row, by=by, **given)
