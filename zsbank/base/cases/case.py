"""The declaration of a kind of case, or of another kind of row."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from zsbank.base.actions.rows import state_field_of
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.hearing import Hearing
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import Home, MenuEntry, Portal, SidebarEntry
from zsbank.base.cases.turns import Shown, Text
from zsbank.base.cases.work import Asked, Waiting, WorkItem
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.permissions import Verb

Related = Callable[[Any], Iterable[tuple[Text, Model | None]]]
"""Asked with a row: words and rows that belong to it; None for what there is not."""

Check = Callable[[], Iterable[str]]
"""An integrity check: yields one line for each fault, naming the row."""


@dataclass(frozen=True)
class Due:
    """A due date of a case.

    Args:
        day: the field of the date.
        period: the field of its explanation.
        running: the states in which it applies.
    """

    day: str
    period: str
    running: frozenset[str]


@dataclass(frozen=True)
class Case:
    """Everything the rest of the register needs to know about a kind of case.

    Args:
        model: its model.
        states: how each state is shown; empty for rows without states.
        due: its due dates.
        offers: the actions on one row, in the order of the procedure.
        list_offers: the actions on the list, such as opening a new case.
        bank_offers: the actions of a bank's users, for a case with a `portal`.
        related: what belongs to a row, for links from its page; several subjects may add theirs.
        desk: the class of its pages at the desk; None without pages there.
        seen_with: the verb that staff need to see its list and pages.
        waiting: its work items.
        ahead: returns its due dates until a day (local date) as work items, whoever has to act.
        sidebar: its entry in the desk's sidebar.
        menu: its entries in the portal's menu, if it has its own pages.
        portal: its pages in the portal, if they are generated from this declaration.
        asked: what a bank's users have to do in it.
        leads: returns the rows of another kind to which a row led, such as an exit case.
        bank_page: returns the URL of a row's page in the portal, for a kind with its own pages there.
        home: what a bank's home shows of it.
        entries: for each verb, words that follow a person's name in journal sentences ("accepted the
            report").
        fields: for verbs that write fields of another model than the subject's, that model.
        labels: labels of journal particulars that are not model fields.
        letters: the kinds of letter signed in it.
        hearing: how the bank is heard in it, where one of these letters is adverse.
        checks: integrity checks, in addition to the check of states.
        steps: its steps of the sweep.
    """

    model: type[Model]
    states: Mapping[Any, Shown] = field(default_factory=dict)
    due: tuple[Due, ...] = ()
    offers: tuple[Offer, ...] = ()
    list_offers: tuple[Offer, ...] = ()
    bank_offers: tuple[Offer, ...] = ()
    related: tuple[Related, ...] = ()
    desk: type[Any] | None = None
    seen_with: Verb = Verb.SEE_DESK
    waiting: tuple[Waiting, ...] = ()
    ahead: Callable[[dt.date], Iterable[WorkItem]] = lambda until: ()
    sidebar: SidebarEntry | None = None
    menu: tuple[MenuEntry, ...] = ()
    portal: Portal | None = None
    asked: tuple[Asked, ...] = ()
    leads: tuple[Callable[[Any], Iterable[Model]], ...] = ()
    bank_page: Callable[[Any], str] | None = None
    home: Home | None = None
    entries: Mapping[Verb, Text] = field(default_factory=dict)
    fields: Mapping[Verb, type[Model]] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    letters: tuple[LetterKind, ...] = ()
    hearing: Hearing | None = None
    checks: tuple[Check, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        """The model's label as in the journal, such as `exit.exitcase`."""
        return self.model._meta.label_lower

    @property
    def state_field(self) -> str:
        """The name of the model's state field; empty if it has none."""
        return state_field_of(self.model)
