"""The declaration of a kind of case, or of another kind of row."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.actions.rows import state_field_of, state_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.holidays import WorkingCalendar
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.api import Api
from zsbank.base.cases.hearing import Hearing, TookPart
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import Home, MenuEntry, Portal, SidebarEntry
from zsbank.base.cases.receipts import Receipt
from zsbank.base.cases.search import Search
from zsbank.base.cases.set_up import SetUp
from zsbank.base.cases.turns import Shown, Text
from zsbank.base.cases.work import Asked, Waiting, WorkItem
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.permissions import Verb

Related = Callable[[Any], Iterable[tuple[Text, Model | None]]]
"""Asked with a row: words and rows that belong to it; None for what there is not."""

Check = Callable[[], Iterable[str]]
"""An integrity check: yields one line for each fault, naming the row."""

Officer = Callable[[Any], User | None]


@dataclass(frozen=True)
class Due:
    """A due date of a case.

    Args:
        day: the field of the date.
        period: the field of its explanation.
        running: the states in which it applies; not used for rows without a state.
        only: values of fields that a row has while it applies, in addition to the states.
        expires: whether it just ends: a right or a bar until a day, of which nothing is overdue afterwards.
        label: what is due, for lists of due dates; by default the name of the field.
        listed: whether lists of due dates show it; not if another row shows it too.
        recalculate: the inner action that stores its date anew when the holidays of a year are confirmed. Given the
            row and a person; refuses with WrongState where the date stays.
        anew: returns the period of a row as a calendar gives it; by default the stored one, calculated again.
    """

    day: str
    period: str
    running: frozenset[str]
    only: Mapping[str, object] = field(default_factory=dict)
    expires: bool = False
    label: Text = ""
    listed: bool = True
    recalculate: Action[..., Any] | None = None
    anew: Callable[[Any, WorkingCalendar], Period | None] = lambda row, calendar: None

    def is_running(self, case: Model) -> bool:
        """Return whether the date is set and applies to the case in its state."""
        day = getattr(case, self.day)
        if day is None or (self.expires and day < clock.today()):
            return False
        if state_field_of(type(case)):
            return state_of(case) in self.running
        return all(getattr(case, name) == value for name, value in self.only.items())

    def rows(self, model: type[Model], until: dt.date, today: dt.date) -> QuerySet[Any]:
        """Return the rows in which it is due until a day (local date), most urgent first."""
        rows = model._default_manager.filter(**self.only, **{f"{self.day}__lte": until})  # noqa: SLF001 Django's name
        if field_name := state_field_of(model):
            rows = rows.filter(**{f"{field_name}__in": sorted(self.running)})
        if self.expires:
            rows = rows.filter(**{f"{self.day}__gte": today})
        return rows.order_by(self.day, "pk")


@dataclass(frozen=True)
class Case:
    """Everything the rest of the register needs to know about a kind of case.

    Args:
        model: its model.
        states: how each state is shown; empty for rows without states.
        due: its due dates.
        offers: the actions on one row, in the order of the procedure.
        list_offers: the actions on the list, such as opening a new case.
        bulk_offers: the actions on several rows of the list; each row is done or refused by itself.
        bank_offers: the actions of a bank's users, for the pages of a `portal` and for the API.
        related: what belongs to a row, for links from its page; several subjects may add theirs.
        desk: the class of its pages at the desk; None without pages there.
        seen_with: the verb that staff need to see its list and pages.
        waiting: its work items.
        ahead: returns its due dates until a day (local date) as work items, whoever has to act.
        search: how its rows are found by number or name; None if they are not found.
        sidebar: its entry in the desk's sidebar.
        menu: its entries in the portal's menu, if it has its own pages.
        portal: its pages in the portal, if they are generated from this declaration.
        asked: what a bank's users have to do in it.
        leads: returns the rows of another kind to which a row led, such as an exit case.
        bank_page: returns the URL of a row's page in the portal, for a kind with its own pages there.
        bank_rows: called with a bank; returns its rows of which it may know. By default all of them.
        home: what a bank's home shows of it.
        officer: returns the officer who handles a row now, whom the bank may ask; None if nobody does yet.
        entries: for each verb, words that follow a person's name in journal sentences ("accepted the
            report").
        fields: for verbs that write fields of another model than the subject's, that model.
        labels: labels of journal particulars that are not model fields.
        letters: the kinds of letter signed in it.
        hearing: how the bank is heard in it, where one of these letters is adverse.
        took_part: asked with keys of its rows; for each the people who found what it rests on, in a constant number of
            queries. They may not answer the bank; several subjects may add theirs.
        facts_in_journal: for each verb, the fields whose values its entries hold; the integrity check compares rows
            with the newest entry that holds a field (`zsbank.base.journal.facts`).
        earlier: verbs of earlier versions, when its rows had no states, and the state that such rows have now.
        checks: integrity checks, in addition to the check of states.
        steps: its steps of the sweep.
        goes_with: the path from a row to the qualification with which it goes to another bank by a division; empty if
            it stays with the bank.
        receipts: the receipts of what banks hand in with its actions.
        api: how it is read through the API, where its actions are as well; None if it is not.
        set_up: what a real register needs of it before its first case, as lines of the set-up page.
    """

    model: type[Model]
    states: Mapping[Any, Shown] = field(default_factory=dict)
    due: tuple[Due, ...] = ()
    offers: tuple[Offer, ...] = ()
    list_offers: tuple[Offer, ...] = ()
    bulk_offers: tuple[Offer, ...] = ()
    bank_offers: tuple[Offer, ...] = ()
    related: tuple[Related, ...] = ()
    desk: type[Any] | None = None
    seen_with: Verb = Verb.SEE_DESK
    waiting: tuple[Waiting, ...] = ()
    ahead: Callable[[dt.date], Iterable[WorkItem]] = lambda until: ()
    search: Search | None = None
    sidebar: SidebarEntry | None = None
    menu: tuple[MenuEntry, ...] = ()
    portal: Portal | None = None
    asked: tuple[Asked, ...] = ()
    leads: tuple[Callable[[Any], Iterable[Model]], ...] = ()
    bank_page: Callable[[Any], str] | None = None
    bank_rows: Callable[[Any], QuerySet[Any]] | None = None
    home: Home | None = None
    officer: Officer | None = None
    entries: Mapping[Verb, Text] = field(default_factory=dict)
    fields: Mapping[Verb, type[Model]] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    letters: tuple[LetterKind, ...] = ()
    hearing: Hearing | None = None
    took_part: tuple[TookPart, ...] = ()
    facts_in_journal: Mapping[Verb, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[Verb, Any] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    steps: tuple[Step, ...] = ()
    goes_with: str = ""
    receipts: tuple[Receipt, ...] = ()
    api: Api | None = None
    set_up: tuple[SetUp, ...] = ()

    def can_still_handle(self, person: User) -> bool:
        """Return whether a person at the bureau can take one of the steps for which its cases wait."""
        return any(waiting.action.is_held(person) for waiting in self.waiting)

    def shown_to(self, bank: Any) -> QuerySet[Any]:
        """Return the rows of a bank of which its users may know."""
        if self.bank_rows is not None:
            return self.bank_rows(bank)
        return QuerySet(self.model).filter(bank=bank).order_by("-pk")

    @property
    def key(self) -> str:
        """The model's label as in the journal, such as `exit.exitcase`."""
        return self.model._meta.label_lower

    @property
    def state_field(self) -> str:
        """The name of the model's state field; empty if it has none."""
        return state_field_of(self.model)
