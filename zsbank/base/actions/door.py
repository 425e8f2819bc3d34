"""The decorator that makes a function an action.

    @action(Verb.ACCEPT_RECTIFICATION, on="order", moves=RectificationOrder.accept, rule=may_check)
    def accept_rectification(*, order: RectificationOrder, by: User, remark: str = "") -> RectificationOrder:

Before the function runs, in a durable transaction: the role is asked, bank and case are locked in that order, then
conflict of interest, state and rule are asked of the locked row, which the function is handed. After it: the journal
entry. A permission refusal is recorded once everything was rolled back. An action that another calls joins its
transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from zsbank.base.actions.people import Organisation, Person, WithConflicts
from zsbank.base.actions.refused import record_refusal
from zsbank.base.actions.rows import bank_of, case_of, lock_in_order, state_of
from zsbank.base.actions.running import Running, carrying_out, current, record
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Reason, Verdict, WrongState

Given = ParamSpec("Given")
Result = TypeVar("Result")
Rule = Callable[[Any, Any], Verdict]
"""Asked with person and row: allowed or not, and why."""


class Action(Generic[Given, Result]):
    """A function that changes a case, with all that has to be true before it may.

    Args:
        verb: what it does, in the permission table and in the journal.
        on: the argument that holds the row it works on, or a list of rows; empty for what begins without one.
        within: the way from that row to its case, such as `answer.application`; empty where the row is the case.
        moves: the transition it makes; the states it starts from are those of the case in which it may be done.
        states: those states, for an action without a transition; empty for any.
        rule: whatever else has to be true, such as four eyes.
        makes: whether the journal entry is about the row that the function returns.
        by_clock: whether the register may do it by itself, with None for the person: in its sweep, or its set-up.
        inner: whether it is done inside other actions only, which have asked the person's role.
        by_anybody: whether no role is asked, as of whoever holds the link of an invitation.
        recorded: whether it gets a journal entry; not where it only reads something in that nothing rests on yet.
    """

    def __init__(  # noqa: PLR0913 all that an action may declare
        self,
        function: Callable[Given, Result],
        *,
        verb: Verb,
        on: str = "",
        within: str = "",
        moves: Callable[..., Any] | None = None,
        states: frozenset[str] = frozenset(),
        rule: Rule = lambda by, row: ALLOWED,
        makes: bool = False,
        by_clock: bool = False,
        inner: bool = False,
        by_anybody: bool = False,
        recorded: bool = True,
    ) -> None:
        update_wrapper(self, function)
        self._function, self.name = function, function.__name__
        self.verb, self.on, self.within = verb, on, within
        self.moves, self.states, self.rule = moves, states, rule
        self.makes, self.by_clock, self.inner = makes, by_clock, inner
        self.by_anybody, self.recorded = by_anybody, recorded

    def __call__(self, *args: Given.args, **given: Given.kwargs) -> Result:
        """Carry it out, or refuse it."""
        running = Running(self.verb, given.get("by"), recorded=not self.recorded)
        outermost = current() is None
        if outermost and self.inner:
            raise RuntimeError(f"{self.verb} is done inside another action only")
        try:
            with transaction.atomic(durable=outermost), carrying_out(running):
                self._let_in(running, given)
                result = self._function(*args, **given)
                if not running.recorded:
                    record(subject=result if self.makes and isinstance(result, Model) else None)
                return result
        except NotAllowed as refusal:
            if outermost and running.by is not None:
                self._record(running, refusal)
            raise

    def verdict(self, by: Person | None, row: Model | None = None) -> Verdict:
        """Whether this person may do it to the row as it is now, and why not; what a page shows beforehand."""
        case = case_of(row, self.within) if row is not None else None
        if by is not None and not (self.by_anybody or self.is_held(by, bank_of(case))):
            return _no_role()
        return Verdict.of(self._against(by, row)) if row is not None else ALLOWED

    def is_held(self, by: Person, bank: Organisation | None = None) -> bool:
        """Whether a role of the person, at the bureau or at this bank, holds the verb."""
        roles = by.roles_at_bureau() | (bank.roles_of(by) if bank else frozenset())
        return not ROLES_BY_VERB[self.verb].isdisjoint(roles)

    def is_due(self, row: Model) -> bool:
        """Whether the case is in a state in which it may be done."""
        case = case_of(row, self.within)
        if self.moves is not None:
            return bool(can_proceed(getattr(case, self.moves.__name__), check_conditions=False))
        return not self.states or state_of(case) in self.states

    def nothing_to_do(self, by: Person | None, row: Model) -> bool:
        """Whether it makes no sense on the row as it is, whoever asks: another state, or done already."""
        return not self.is_due(row) or self.rule(by, row).nothing_to_do

    def _let_in(self, running: Running, given: dict[str, Any]) -> None:
        if running.by is None and not (self.by_clock or self.inner):
            raise TypeError(f"{self.verb} is done by a person")
        rows = given.get(self.on)
        if rows is None:
            self._ask_role(running, None)
        elif isinstance(rows, Model):
            given[self.on] = self._admitted(running, rows)
        else:
            given[self.on] = [self._admitted(running, row) for row in self._ordered(rows)]

    def _ordered(self, rows: Sequence[Model]) -> list[Model]:
        """Several rows in the order in which every action locks them: by bank."""
        return sorted(rows, key=lambda row: (getattr(case_of(row, self.within), "bank_id", 0), row.pk))

    def _admitted(self, running: Running, row: Model) -> Model:
        """The row, locked, once everything that stands against it was asked."""
        case = case_of(row, self.within)
        running.subject, running.bank = row, bank_of(case)
        self._ask_role(running, running.bank)
        row = lock_in_order(row, self.within)
        running.remember(case_of(row, self.within))
        running.remember(row)
        running.bank = bank_of(case_of(row, self.within))
        Verdict.of(self._against(running.by, row)).require()
        return row

    def _ask_role(self, running: Running, bank: Organisation | None) -> None:
        if running.by is None or self.inner or self.by_anybody:
            return
        if not self.is_held(running.by, bank):
            _no_role().require()

    def _against(self, by: Person | None, row: Model) -> Iterator[Reason]:
        """What stands against it, apart from the role: one kind of reason at a time, the gravest first."""
        case = case_of(row, self.within)
        if by is not None and isinstance(case, WithConflicts) and case.has_conflict(by):
            yield Reason(
                "conflict",
                _("You declared a conflict of interest in this case; another person acts."),
                NotAllowed,
            )
        elif not self.is_due(row):
            yield Reason("wrong_state", str(WrongState.moved_on()), WrongState)
        else:
            yield from self.rule(by, row).reasons

    def _record(self, running: Running, refusal: NotAllowed) -> None:
        """Record a refusal; the row is left out where the person belongs to another bank."""
        by, bank = running.by, running.bank
        hidden = bank is not None and not by.roles_at_bureau() and not bank.roles_of(by)
        subject = None if hidden else running.subject
        record_refusal(verb=self.verb, by=by, subject=subject, code=refusal.code, reason=str(refusal))


def action(  # noqa: PLR0913 all that an action may declare
    verb: Verb,
    *,
    on: str = "",
    within: str = "",
    moves: Callable[..., Any] | None = None,
    states: frozenset[str] = frozenset(),
    rule: Rule = lambda by, row: ALLOWED,
    makes: bool = False,
    by_clock: bool = False,
    inner: bool = False,
    by_anybody: bool = False,
    recorded: bool = True,
) -> Callable[[Callable[Given, Result]], Action[Given, Result]]:
    """Make a keyword-only function an action; the arguments are those of `Action`."""

    def decorate(function: Callable[Given, Result]) -> Action[Given, Result]:
        return Action(
            function,
            verb=verb,
            on=on,
            within=within,
            moves=moves,
            states=states,
            rule=rule,
            makes=makes,
            by_clock=by_clock,
            inner=inner,
            by_anybody=by_anybody,
            recorded=recorded,
        )

    return decorate


def _no_role() -> Verdict:
    return Verdict.no("role", _("Your role does not allow this."), NotAllowed)
