"""The running due dates that the holidays of a year move: old and new date, whom it concerns, and which stay."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.door import Action
from zsbank.base.actions.rows import bank_of, case_of, state_field_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import again
from zsbank.base.calendar.holidays import WorkingCalendar
from zsbank.base.calendar.periods import Period
from zsbank.base.cases import registry
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.dates import changes, stays
from zsbank.base.cases.turns import Text

DECEMBER = 12


@dataclass(frozen=True)
class Move:
    """A due date that a notice concerns.

    Args:
        kind: the kind of case that has pages: of a supplement, the application.
        due: the due date.
        row: the row that has it.
        case: the row with pages.
        bank: the bank concerned.
        before: the date as it is.
        anew: the calculation with the notice.
        has_passed: whether it would move but stays, because the old or the new date has passed.
    """

    kind: Case
    due: Due
    row: Any
    case: Any
    bank: Bank
    before: dt.date
    anew: Period
    has_passed: bool

    @property
    def after(self) -> dt.date:
        """The new date; the old one, if it stays."""
        return self.before if self.has_passed else self.anew.last_day

    @property
    def is_only_confirmed(self) -> bool:
        """Whether the date stays, and is no longer provisional."""
        return not self.has_passed and self.before == self.anew.last_day

    @property
    def what(self) -> Text:
        """What is due."""
        return self.due.label or str(self.row._meta.get_field(self.due.day).verbose_name)

    @property
    def action(self) -> Action[..., Any]:
        """The action that stores it."""
        action = self.due.recalculate
        if action is None:
            raise LookupError(f"{self.kind.key} has no action for {self.due.day}")
        return action

    def officers(self) -> list[User]:
        """Return the officer who handles the case; those who can take its next step, if nobody does."""
        officer = self.kind.officer(self.case) if self.kind.officer else None
        officer = officer or getattr(self.case, "case_officer", None)
        if officer is not None and self.kind.can_still_handle(officer):
            return [officer]
        found = {person for waiting in self.kind.waiting[:1] for person in people_with(waiting.action.verb)}
        return sorted(found, key=lambda person: person.pk)

    def in_words(self) -> str:
        """Return the move in one line."""
        words = {
            "case": self.case,
            "bank": self.bank,
            "what": self.what,
            "before": self.before.isoformat(),
            "after": self.anew.last_day.isoformat(),
        }
        if self.has_passed:
            return _("%(bank)s, %(case)s: %(what)s %(before)s has passed and stays") % words
        if self.is_only_confirmed:
            return _("%(bank)s, %(case)s: %(what)s %(before)s stays and is no longer provisional") % words
        return _("%(bank)s, %(case)s: %(what)s %(before)s → %(after)s") % words


def moves(year: int, calendar: WorkingCalendar) -> list[Move]:
    """Return the due dates that the notice of a year moves or confirms, and those that have passed and stay.

    They are in the order in which their rows are locked: by bank.

    Args:
        calendar: the calendar with the notice.
    """
    found = [move for kind in registry.cases() for due in kind.due for move in _of(kind, due, year, calendar)]
    return sorted(found, key=lambda move: (move.bank.pk, move.kind.key, move.row.pk))


def _of(kind: Case, due: Due, year: int, calendar: WorkingCalendar) -> Iterator[Move]:
    if due.recalculate is None:
        return
    rows = kind.model._default_manager.filter(**due.only)  # noqa: SLF001 Django's name
    if field := state_field_of(kind.model):
        rows = rows.filter(**{f"{field}__in": sorted(due.running)})
    first = dt.date(year - 1, DECEMBER, 1)
    rows = rows.filter(**{f"{due.day}__gte": first, f"{due.period}__isnull": False})
    path = due.recalculate.within
    for row in rows.order_by("pk").select_related(*([f"{path}__bank"] if path else _bank_path(kind))):
        before, stored = getattr(row, due.day), getattr(row, due.period)
        anew = due.anew(row, calendar) or again(stored, calendar)
        passed = stays(before, anew)
        bank = bank_of(row)
        if isinstance(bank, Bank) and ((passed and anew.last_day != before) or changes(before, stored, anew)):
            case = case_of(row, path)
            yield Move(registry.case_of(type(case)) or kind, due, row, case, bank, before, anew, passed)


def _bank_path(kind: Case) -> list[str]:
    return ["bank"] if any(field.name == "bank" for field in kind.model._meta.fields) else []


def of_interest(found: list[Move]) -> str:
    """Return how many due dates move, become final, and stay although they would move."""
    moved = sum(not move.has_passed and not move.is_only_confirmed for move in found)
    words = _(
        "Moved: %(moved)s; no longer provisional: %(confirmed)s; passed, so they stay: %(stay)s (%(today)s)."
    )
    return words % {
        "moved": moved,
        "confirmed": sum(move.is_only_confirmed for move in found),
        "stay": sum(move.has_passed for move in found),
        "today": clock.today(),
    }
