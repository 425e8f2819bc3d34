"""The declaration of one kind of case, or of one thing that people keep."""

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
from zsbank.base.cases.work import Waiting, WorkItem
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.permissions import Verb

Related = Callable[[Any], Iterable[tuple[Text, Model | None]]]
"""Asked with a row: words and rows that belong to it; None for what there is not."""

Check = Callable[[], Iterable[str]]
"""An integrity check: what is wrong, one line each that names a row."""


@dataclass(frozen=True)
class Due:
    """A due date of a case: its field, the field with its explanation, and the states in which it runs."""

    day: str
    period: str
    running: frozenset[str]


@dataclass(frozen=True)
class Case:
    """All that the rest of the register has to know of a kind of case.

    Args:
        model: its rows.
        states: each state as people see it; empty for things without states.
        due: its due dates.
        offers: the actions on one of its rows, in the order of the procedure.
        list_offers: the actions on its list, such as opening a new one.
        bank_offers: the actions of a bank's people, for a kind of case that declares a portal.
        related: what belongs to a row, for links from its page; several subjects may add theirs.
        desk: the class of its pages at the desk; None for what has no page of its own there.
        seen_with: the verb that lets staff see its list and pages.
        waiting: its work items.
        ahead: its due dates until a day (local date), whoever has to act, as work items.
        sidebar: its entry in the desk's sidebar.
        menu: its entries in the portal's menu, where it has pages of its own.
        portal: its pages in the portal, where they are made from this declaration.
        home: what a bank's home shows of it.
        entries: for each verb, what was done, in words that follow a person's name ("accepted the report").
        fields: for verbs that write another model's fields than the subject's, that model.
        labels: words for particulars of journal entries that are no fields.
        letters: the kinds of letter that are signed in it.
        hearing: how the bank is heard in it, where one of these letters is adverse.
        checks: integrity checks besides the one that every state is the journal's last.
        steps: what falls due.
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
        """The model's name as the journal writes it, such as `exit.exitcase`."""
        return self.model._meta.label_lower

    @property
    def state_field(self) -> str:
        """The name of the model's state field; empty where it has none."""
        return state_field_of(self.model)
