"""Actions as offered on action pages."""

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
    """A preview of a letter: a heading and the data to be signed."""

    heading: Text
    letter: Any


@dataclass(frozen=True)
class Offer:
    """An action as offered on its action page.

    Args:
        action: the action; it determines to whom and in which states it is offered.
        label: the text of the button, also used in messages.
        causes: the consequences, one sentence each.
        form: returns the form class; called with the case, so that choices can depend on it; with None on a list, and
            for the schema of the API.
        run: runs the action with person, case and the form's cleaned data; by default the action itself.
        row: returns the row that the action works on; None if the form selects it. By default the case
            itself.
        grave: whether it cannot be undone.
        aside: whether it is not a next step of the case; it is shown less prominently.
        drafts: returns previews of the letters that would be signed.
        notes: returns lines to read before confirming, such as the findings that enter a decision.
        when: called with the case; whether the action is offered now, in addition to its states.
        why_not: called with person and case; a reason against that the action's rule does not know, such as
            that there is nothing to select.
        done: called with what the action returned; the message afterwards, if not that the action is done.
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
    done: Callable[[Any], Text] = lambda made: ""

    @property
    def verb(self) -> Verb:
        """The verb of the action."""
        return self.action.verb

    def is_offered(self, by: Any, case: Model) -> bool:
        """Return whether the state allows the action and there is something to do."""
        row = self.row(case)
        return self.when(case) and (row is None or not self.action.nothing_to_do(by, row))

    def reason_against(self, by: Any, case: Model | None) -> str:
        """Return why this person cannot do it now; empty if they can."""
        asked = self.row(case) if case is not None and self.action.on else None
        return self.action.verdict(by, asked).why_not or self.why_not(by, case)

    def carry_out(self, by: Any, case: Model | None, given: dict[str, Any]) -> object:
        """Run the action with the data of the form."""
        if self.run is not None:
            return self.run(by, case, given)
        row = {self.action.on: case} if case is not None else {}
        return self.action(**row, by=by, **given)
