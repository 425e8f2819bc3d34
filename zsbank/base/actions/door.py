"""The decorator that makes a function an action.

    @action(Verb.ACCEPT_RECTIFICATION, on="order", moves=RectificationOrder.accept, rule=may_check)
    def accept_rectification(*, order: RectificationOrder, by: User, remark: str = "") -> RectificationOrder:

Files are looked through first, before anything is locked (`beforehand.py`). Then, in a durable transaction: the
role is checked, bank and case are locked in that order, and conflict of interest, state and rule are checked on the
locked row, which is passed to the function. Afterwards the journal entry is written. A permission refusal is recorded
after the rollback. An action called by another action joins its transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from zsbank.base.actions.beforehand import prepare
from zsbank.base.actions.holders import holding, in_use, is_lock
from zsbank.base.actions.overtaken import told_by_name, who_was_faster
from zsbank.base.actions.people import Organisation, Person, WithConflicts
from zsbank.base.actions.refused import record_refusal
from zsbank.base.actions.rows import bank_of, case_of, lock_in_order, state_of
from zsbank.base.actions.running import Running, carrying_out, current, record
from zsbank.base.journal.facts import ask_journal
from zsbank.base.permissions import REAUTH_VERBS, Verb
from zsbank.base.refusals import ALLOWED, MOVED_ON, InUse, NotAllowed, Reason, Refused, Verdict, WrongState

Params = ParamSpec("Params")
Result = TypeVar("Result")
Rule = Callable[[Any, Any], Verdict]
"""Called with person and row; returns whether the action is allowed, with reasons if it is not."""

Beforehand = Callable[[dict[str, Any]], dict[str, Any]]

JUDGED_AGAIN: frozenset[Verb] = REAUTH_VERBS.union(
    (Verb.REQUEST_SUPPLEMENT, Verb.WITHDRAW_DETERMINATION, Verb.REJECT_RECTIFICATION, Verb.LAPSE),
    (Verb.FINALISE_ASSESSMENT, Verb.REPORT_INSPECTION),
)
"""What a person signs: row, case and bank have to be as the journal says when it is done."""


class Action(Generic[Params, Result]):
    """A function that changes a case, with the conditions under which it may run.

    Args:
        verb: its name in the permission table and in the journal.
        on: the argument that holds the row it changes, or a list of rows; empty for an action without a row.
        within: the attribute path from that row to its case, such as `answer.application`; empty if the row
            is the case.
        moves: the transition it makes; its source states are the states of the case in which the action is
            allowed.
        states: those states, for an action without a transition; empty for any state.
        rule: further conditions, such as four eyes.
        makes: whether the journal entry is about the row that the function returns.
        by_clock: whether the system may run it, with None as the person: in the sweep or during set-up.
        inner: whether it runs only inside other actions, which have checked the person's role.
        by_anybody: whether no role is checked, such as for a person who opens an invitation link.
        recorded: whether it writes a journal entry; False for an action that only stores preliminary input.
        beforehand: slow work that needs no lock, such as reading a spreadsheet: called with the arguments before the
            transaction opens; returns further arguments.
    """

    def __init__(  # noqa: PLR0913 every option of an action
        self,
        function: Callable[Params, Result],
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
        beforehand: Beforehand | None = None,
    ) -> None:
        update_wrapper(self, function)
        self._function, self.name = function, function.__name__
        self.verb, self.on, self.within = verb, on, within
        self.moves, self.states, self.rule = moves, states, rule
        self.makes, self.by_clock, self.inner = makes, by_clock, inner
        self.by_anybody, self.recorded, self.beforehand = by_anybody, recorded, beforehand

    def __call__(self, *args: Params.args, **arguments: Params.kwargs) -> Result:
        """Run the action.

        Raises:
            Refused: the person may not run it, or the case is in another state.
            InUse: another person's action did not end in time.
            RuntimeError: an inner action was called outside of an action.
        """
        running = Running(self.verb, arguments.get("by"), recorded=not self.recorded)
        outermost = current() is None
        if outermost and self.inner:
            raise RuntimeError(f"{self.verb} is done inside another action only")
        try:
            if outermost:
                self._prepare(arguments)
            return self._run(running, args, arguments, outermost=outermost)
        except OperationalError as error:
            if outermost and is_lock(error):
                raise self._in_use(running, arguments) from error
            raise
        except (NotAllowed, WrongState) as refusal:
            said = self._said(running, arguments, refusal) if outermost else refusal
            if said is refusal:
                raise
            raise said from refusal

    def _run(self, running: Running, args: Any, arguments: dict[str, Any], *, outermost: bool) -> Result:
        """Check and run the function in a transaction, and write the journal entry."""
        with ExitStack() as held, transaction.atomic(durable=outermost), carrying_out(running):
            self._check(running, arguments)
            if outermost:
                held.enter_context(holding(running.subject, running.bank, running.by))
            result = self._function(*args, **arguments)
            if not running.recorded:
                record(subject=result if self.makes and isinstance(result, Model) else None)
            return result

    def _said(self, running: Running, arguments: dict[str, Any], refusal: Refused) -> Refused:
        """Record a refusal for lack of permission; say of a case that moved on who was faster."""
        if isinstance(refusal, WrongState):
            return told_by_name(refusal, running.by, *self._asked(arguments))
        if isinstance(refusal, NotAllowed) and running.by is not None:
            self._record(running, refusal)
        return refusal

    def _asked(self, arguments: dict[str, Any]) -> tuple[Model, ...]:
        """Return the row that an action was asked to change, and its case; nothing for several rows."""
        rows = arguments.get(self.on)
        return (rows, case_of(rows, self.within)) if isinstance(rows, Model) else ()

    def _in_use(self, running: Running, arguments: dict[str, Any]) -> InUse:
        """Return the refusal for a person who waited in vain for the lock of another."""
        rows = arguments.get(self.on)
        row = rows if isinstance(rows, Model) else None
        bank = bank_of(case_of(row, self.within)) if row is not None else None
        return in_use(row, bank, running.by)

    def _prepare(self, arguments: dict[str, Any]) -> None:
        """Do what takes long before anything is locked."""
        prepare(arguments)
        if self.beforehand is not None:
            arguments.update(self.beforehand(arguments))

    def verdict(self, by: Person | None, row: Model | None = None) -> Verdict:
        """Return whether this person may run it on the row as it is now, with reasons if not; used by pages."""
        case = case_of(row, self.within) if row is not None else None
        if by is not None and not (self.by_anybody or self.is_held(by, bank_of(case))):
            return _no_role()
        return Verdict.of(self._reasons_against(by, row)) if row is not None else ALLOWED

    def is_held(self, by: Person, bank: Organisation | None = None) -> bool:
        """Return whether a role of the person, at the bureau or at this bank, has the verb."""
        roles = by.roles_at_bureau() | (bank.roles_of(by) if bank else frozenset())
        return not self.verb.roles.isdisjoint(roles)

    def is_due(self, row: Model) -> bool:
        """Return whether the case is in a state in which the action is allowed."""
        case = case_of(row, self.within)
        if self.moves is not None:
            return bool(can_proceed(getattr(case, self.moves.__name__), check_conditions=False))
        return not self.states or state_of(case) in self.states

    def nothing_to_do(self, by: Person | None, row: Model) -> bool:
        """Return whether it is impossible on the row for everybody: another state, or done already."""
        return not self.is_due(row) or self.rule(by, row).nothing_to_do

    def _check(self, running: Running, arguments: dict[str, Any]) -> None:
        if running.by is None and not (self.by_clock or self.inner):
            raise TypeError(f"{self.verb} is done by a person")
        rows = arguments.get(self.on)
        if rows is None:
            self._check_role(running, None)
        elif isinstance(rows, Model):
            arguments[self.on] = self._checked(running, rows)
        else:
            arguments[self.on] = [self._checked(running, row) for row in self._ordered(rows)]

    def _ordered(self, rows: Sequence[Model]) -> list[Model]:
        """Return several rows in the order in which every action locks them: by bank."""
        return sorted(rows, key=lambda row: (getattr(case_of(row, self.within), "bank_id", 0), row.pk))

    def _checked(self, running: Running, row: Model) -> Model:
        """Return the row, locked and checked."""
        case = case_of(row, self.within)
        running.subject, running.bank = row, bank_of(case)
        self._check_role(running, running.bank)
        row = lock_in_order(row, self.within)
        running.remember(case_of(row, self.within))
        running.remember(row)
        running.bank = bank_of(case_of(row, self.within))
        Verdict.of(self._reasons_against(running.by, row)).require()
        if running.by is not None and self.verb in JUDGED_AGAIN:
            _judge_again(row, case_of(row, self.within))
        return row

    def _check_role(self, running: Running, bank: Organisation | None) -> None:
        if running.by is None or self.inner or self.by_anybody:
            return
        if not self.is_held(running.by, bank):
            _no_role().require()

    def _reasons_against(self, by: Person | None, row: Model) -> Iterator[Reason]:
        """Yield the reasons against the action, apart from the role; only the gravest kind of reason."""
        case = case_of(row, self.within)
        if by is not None and isinstance(case, WithConflicts) and case.has_conflict(by):
            yield Reason(
                "conflict",
                _("You declared a conflict of interest in this case; another person must handle it."),
                NotAllowed,
            )
        elif not self.is_due(row):
            yield Reason("wrong_state", who_was_faster(by, row, case), WrongState)
        else:
            for reason in self.rule(by, row).reasons:
                moved_on = reason.text is MOVED_ON
                yield replace(reason, text=who_was_faster(by, row, case)) if moved_on else reason

    def _record(self, running: Running, refusal: NotAllowed) -> None:
        """Record a refusal; without the row if the person belongs to another bank."""
        by, bank = running.by, running.bank
        hidden = bank is not None and not by.roles_at_bureau() and not bank.roles_of(by)
        subject = None if hidden else running.subject
        record_refusal(verb=self.verb, by=by, subject=subject, code=refusal.code, reason=str(refusal))


def _judge_again(row: Model, case: Model) -> None:
    """Refuse a signature on a row, a case or a bank that is not as the journal says.

    Raises:
        Refused: the journal contradicts one of them (code "contradicted").
    """
    bank: Any = bank_of(case)
    ask_journal(*dict.fromkeys((row, case, bank)))


def action(  # noqa: PLR0913 every option of an action
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
    beforehand: Beforehand | None = None,
) -> Callable[[Callable[Params, Result]], Action[Params, Result]]:
    """Make a keyword-only function an action; the arguments are those of `Action`."""

    def decorate(function: Callable[Params, Result]) -> Action[Params, Result]:
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
            beforehand=beforehand,
        )

    return decorate


def _no_role() -> Verdict:
    return Verdict.no("role", _("Your role does not allow this action."), NotAllowed)
