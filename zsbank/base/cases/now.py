"""Who has a case now: what has to be done, by when, and why; for all pages that a bank reads.

It is found in the declarations that make the work lists: what the bank is asked, what waits for officers,
and whose turn a state is.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.actions.rows import state_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.turns import Shown, Text, Tone
from zsbank.base.cases.urls import base_of
from zsbank.base.cases.work import Asked, Waiting
from zsbank.base.refusals import LATE


class Holder(StrEnum):
    """Who has a case."""

    BANK = "bank"
    BUREAU = "bureau"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Now:
    """Who has a case, what has to be done, by when, and why.

    Args:
        holder: who has it.
        step: what they have to do; the state of a closed case.
        why: why, or what happens meanwhile.
        due: the due date (local date).
        period: the stored calculation of the due date.
        address: the URL of the page on which the bank does it; else that of the case, if it has one.
        button: the text of the link.
        may: whether it is a right of the bank and no duty.
        by_turn: whether only the state says whose turn it is; `step` is then that state.
        late: what is said once the due date has passed, on a page that is open meanwhile.
        elsewhere: whether it is done on the page of another row: the notice on which the bank is heard.
    """

    holder: Holder
    step: str
    why: str = ""
    due: dt.date | None = None
    period: dict[str, Any] | None = None
    address: str = ""
    button: Text = ""
    may: bool = False
    by_turn: bool = False
    late: str = ""
    elsewhere: bool = False

    @property
    def sentence(self) -> str:
        """Who has to do what by when, in one sentence."""
        words = {"step": self.step, "day": by_day(self.due) if self.due else ""}
        if self.holder is Holder.NOBODY:
            return _("Closed: %(step)s") % words if self.step else _("Nothing has to be done at present")
        if self.holder is Holder.BUREAU:
            return (
                _("With the bureau: %(step)s, %(day)s") if self.due else _("With the bureau: %(step)s")
            ) % words
        if self.by_turn:
            return _("Your bank's turn: %(step)s") % words
        if self.may:
            return (_("Your bank may %(step)s, %(day)s") if self.due else _("Your bank may %(step)s")) % words
        return (
            _("Your bank has to %(step)s, %(day)s") if self.due else _("Your bank has to %(step)s")
        ) % words

    @property
    def who(self) -> str:
        """Who has the case, in a few words."""
        return {
            Holder.BANK: _("Your bank"),
            Holder.BUREAU: _("The bureau"),
            Holder.NOBODY: _("Case closed"),
        }[self.holder]

    @property
    def is_late(self) -> bool:
        """Whether the due date has passed."""
        return self.due is not None and self.due < clock.today()


def now_of(row: Any) -> Now:
    """Return who has a row now; of a closed row that led to another one, who has that.

    Raises:
        LookupError: the model is not declared in a `case.py`.
    """
    kind = case_of(type(row))
    if kind is None:
        raise LookupError(f"{row._meta.label} is declared in no case.py")
    item = _item_of(kind, row)
    if item is not None:
        return (item.holder is Holder.BUREAU and _hearing_in(kind, row)) or item
    led = next(led_to(row), None)
    return now_of(led) if led is not None else _too_late(kind, row) or _without_item(kind, row)


def led_to(row: Any) -> Iterator[Model]:
    """Yield the rows of other kinds to which a row led."""
    kind = case_of(type(row))
    for leads in kind.leads if kind else ():
        yield from leads(row)


def step_of(row: Any, about: str, button: Text) -> NextStep:
    """Return a row as shown on a bank's home, with a link to its page.

    Args:
        about: the case in a few words.
        button: the text of the link, unless the page is the one on which the bank acts.
    """
    kind, now = case_of(type(row)), now_of(row)
    page = page_for_bank(kind, row) if kind and not now.elsewhere else ""
    acts_there = page in ("", now.address)
    return NextStep(
        now.sentence,
        about,
        page or now.address,
        (now.button if acts_there else "") or button,
        now.due,
        now.period,
        theirs=now.holder is Holder.BANK,
        why=now.why,
    )


def _item_of(kind: Case, row: Any) -> Now | None:
    """Return what a person has to do with a row now; None if nobody has to do anything."""
    asked = next((one for one in kind.asked if one.waits_for(row)), None)
    if asked is not None:
        return _with_bank(asked, row)
    waiting = next((one for one in kind.waiting if one.waits_for(row)), None)
    return _with_bureau(kind, waiting, row) if waiting is not None else None


def _hearing_in(kind: Case, row: Any) -> Now | None:
    """Return the statement that a bank may still make in a case, or that waits for its answer."""
    notice = kind.hearing.notice_of(row) if kind.hearing else None
    theirs = case_of(type(notice)) if notice is not None else None
    item = _item_of(theirs, notice) if theirs is not None else None
    if item is None:
        return None
    return replace(item, elsewhere=True, button=item.button or _("Read the notice"))


def _with_bank(asked: Asked, row: Any) -> Now:
    return Now(
        Holder.BANK,
        asked.step(row),
        asked.why(row),
        asked.due(row),
        asked.period(row),
        asked.address(row),
        asked.button,
        asked.may,
        late=asked.late(row),
    )


def _with_bureau(kind: Case, waiting: Waiting, row: Any) -> Now:
    day = waiting.due(row)
    step = str(waiting.for_bank or waiting.step)
    return Now(Holder.BUREAU, step, waiting.why(row), day, _period(kind, row, day), page_for_bank(kind, row))


def page_for_bank(kind: Case, row: Any) -> str:
    """Return the URL of a row's page in the portal, its own or the generated one; empty without a page there."""
    if kind.bank_page is not None:
        return kind.bank_page(row)
    return reverse(f"portal:{base_of(kind.model)}_case", args=[row.pk]) if kind.portal is not None else ""


def _period(kind: Case, row: Any, day: dt.date | None) -> dict[str, Any] | None:
    """Return the stored calculation of a due date of the row."""
    fields = (due.period for due in kind.due if day is not None and getattr(row, due.day) == day)
    return next((getattr(row, name) for name in fields), None)


def _too_late(kind: Case, row: Any) -> Now | None:
    """Return that the bureau goes on, where the bank can no longer do what it was asked; None where it never was."""
    for asked in kind.asked:
        reasons = asked.action.rule(None, row).reasons if asked.action.is_due(row) else ()
        reason = next((one for one in reasons if one.code == LATE), None)
        if reason is not None:
            step = _("continue, as the due date has passed")
            return Now(Holder.BUREAU, step, str(reason.text), address=page_for_bank(kind, row))
    return None


def _without_item(kind: Case, row: Any) -> Now:
    """Return who has a row for which no work item waits."""
    shown = kind.states.get(state_of(row))
    if shown is not None and shown.then:
        return Now(Holder.BUREAU, str(shown.then), address=page_for_bank(kind, row))
    label = (shown.bank or shown.staff) if shown else ""
    label = label or getattr(row, f"get_{kind.state_field}_display", lambda: "")()
    holder = _holder_by_turn(shown)
    return Now(holder, str(label), address=page_for_bank(kind, row), by_turn=holder is Holder.BANK)


def _holder_by_turn(shown: Shown | None) -> Holder:
    """Return whose turn a state is, for kinds of case that declare no step for it."""
    if shown is not None and shown.turn.bank is Tone.YOU:
        return Holder.BANK
    return Holder.BUREAU if shown is not None and shown.turn.staff is Tone.YOU else Holder.NOBODY
