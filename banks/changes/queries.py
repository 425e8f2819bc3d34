"""Reading changes of banks' data, and what a person weighs before deciding one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from banks.changes.models import BankChange
from banks.changes.rules import still_fits, value_in_words
from banks.changes.states import ChangeState
from banks.changes.terms import ChangeKind
from banks.hearings.models import PriorNotice
from banks.register.models import Bank, Qualification
from banks.register.queries import known_like
from banks.register.rules import barred_predecessors, is_barred, predecessors_of, qualification_in_force
from banks.register.terms import BankField
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import through
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, Shown
from zsbank.base.letters.models import Letter

LISTED = 20
"""So many open cases of a kind are named."""


@dataclass(frozen=True)
class Line:
    """A field with its old and new value, in words."""

    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}：{self.old} → {self.new}"


def lines_of(change: BankChange) -> list[Line]:
    """Return what changes, field by field."""
    found = list(lines(change.pairs))
    if change.successor is not None:
        found.append(Line(str(_("Successor")), "—", f"{change.successor} {change.successor.uscc}"))
    if change.is_division:
        found += [Line(str(_("Came out of it")), "—", f"{one} {one.uscc}") for one in change.successors.all()]
        if change.carrier is not None:
            found.append(Line(str(_("Issuing qualification")), str(change.bank), str(change.carrier)))
    return found


def rows_under(qualification: Qualification) -> Iterator[Model]:
    """Yield all that was decided under a qualification and goes with it to another bank, with the notices about it."""
    for kind in cases():
        if not kind.goes_with:
            continue
        rows = kind.model._default_manager.filter(**{kind.goes_with: qualification})  # noqa: SLF001 Django's name
        keys = []
        for row in rows.order_by("pk"):
            keys.append(row.pk)
            yield row
        yield from PriorNotice.objects.filter(case_type=kind.key, case_id__in=keys).order_by("pk")


def letters_about(qualification: Qualification, rows: Sequence[Model]) -> QuerySet[Letter]:
    """Return the letters about a qualification and about rows under it."""
    asked = Q(pk=qualification.letter_id)
    for row in rows:
        asked |= Q(case_type=row._meta.label_lower, case_id=row.pk)
    return Letter.objects.filter(asked)


def lines(pairs: dict[str, list[str]]) -> Iterator[Line]:
    """Yield old and new values in words, in the order of the register."""
    for field in BankField:
        if field in pairs:
            old, new = pairs[field]
            yield Line(str(field.label), value_in_words(field, old), value_in_words(field, new))


def warnings_of(change: BankChange) -> list[str]:
    """Return what the person who decides has to weigh: what moved meanwhile, known banks, the bar, what is open."""
    return [*map(str, still_fits(change).reasons), *_alike(change), *_bar(change), *_passing(change)]


def _alike(change: BankChange) -> Iterator[str]:
    new = {name: pair[1] for name, pair in change.pairs.items()}
    for one in known_like(new, besides=change.bank):
        yield _("The new data look like those of %(bank)s.") % {"bank": one}


def _bar(change: BankChange) -> Iterator[str]:
    bank = change.bank
    if not is_barred(bank, on=clock.today()) or bank.bar_last_day is None:
        return
    day = through(bank.bar_last_day)
    if change.is_division:
        words = _(
            "The reapplication bar of %(bank)s runs until %(day)s and binds every bank that came out of it."
        )
        yield words % {"bank": bank, "day": day}
    elif change.successor is not None:
        words = _("The reapplication bar of %(bank)s runs until %(day)s and passes to %(successor)s.")
        yield words % {"bank": bank, "day": day, "successor": change.successor}
        own = change.successor
        if is_barred(own, on=clock.today()) and own.bar_last_day:
            words = _("%(successor)s is itself barred until %(day)s; the later day counts.")
            yield words % {"successor": own, "day": through(own.bar_last_day)}
    else:
        yield _("The bank is barred until %(day)s; the bar stays with it.") % {"day": day}


def _passing(change: BankChange) -> Iterator[str]:
    """Yield what is open of a bank that was absorbed or divided; after a merger the register moves none of it.

    After a division it goes with the qualification to the bank that carries it on, and otherwise stays.
    """
    if change.is_division:
        yield from _after_division(change)
        return
    if change.successor is None:
        return
    if qualification_in_force(change.bank) is not None:
        yield _(
            "The bank holds the qualification. It does not end by the merger, and does not pass to the successor: "
            "decide on it in a case of its own."
        )
    for what in open_cases_of(change.bank):
        yield _("Open, and to be settled in its own case: %(what)s") % {"what": what}


def _after_division(change: BankChange) -> Iterator[str]:
    held = qualification_in_force(change.bank)
    if held is not None and change.carrier is None and change.kind == ChangeKind.SPLIT_UP:
        yield _(
            "The bank holds the qualification, and nobody carries it on: end it in an exit case of its own."
        )
    words = (
        _("Open, and goes to %(bank)s: %(what)s")
        if held is not None and change.carrier is not None
        else _("Open, and stays with %(bank)s: %(what)s")
    )
    whose = change.carrier if held is not None and change.carrier is not None else change.bank
    for what in open_cases_of(change.bank):
        yield words % {"bank": whose, "what": what}


def open_cases_of(bank: Bank) -> Iterator[str]:
    """Yield kind, name and state of each open case of a bank, of every kind that the register knows."""
    for kind in cases():
        running = [state for state, shown in kind.states.items() if _is_open(shown)]
        if not running or kind.model is BankChange or not _has_bank(kind.model):
            continue
        rows = kind.model._default_manager.filter(  # noqa: SLF001 Django's name
            **{"bank": bank, f"{kind.state_field}__in": running}
        )
        for row in rows.order_by("pk")[:LISTED]:
            state = getattr(row, f"get_{kind.state_field}_display")()
            yield f"{kind.model._meta.verbose_name} {row}（{state}）"


def _is_open(shown: Shown) -> bool:
    return bool(shown.next or shown.then) or shown.turn in (BANKS_TURN, BUREAUS_TURN)


def _has_bank(model: type) -> bool:
    return any(field.name == "bank" for field in model._meta.fields)  # type: ignore[attr-defined]


def around(bank: Bank) -> dict[str, Any]:
    """Return the banks before and after a bank, for its pages: mergers, divisions, and whose bar binds it."""
    return {
        "absorbed": [one for one in predecessors_of(bank) if one.is_absorbed],
        "divisions": list(bank.divisions.select_related("successor")),
        "came_from": list(bank.came_from.select_related("divided")),
        "barred_by": barred_predecessors(bank, on=clock.today()),
    }


def changes() -> QuerySet[BankChange]:
    """Return all changes with related rows, newest first."""
    rows: QuerySet[BankChange] = BankChange.objects.select_related(
        "bank", "successor", "carrier", "entered_by", "decided_by"
    )
    return rows


def shown_to(bank: Bank) -> QuerySet[BankChange]:
    """Return what a bank sees: its own requests, and what the bureau entered once it is accepted, newest first."""
    return changes().filter(Q(by_bank=True) | Q(state=ChangeState.ACCEPTED), bank=bank)


def is_shown_to_bank(change: BankChange) -> bool:
    """Return whether the bank sees the change, as `shown_to` does."""
    return change.by_bank or change.state == ChangeState.ACCEPTED


def open_request_of(bank: Bank) -> BankChange | None:
    """Return the bank's own request that is not decided, if any; the database allows one."""
    return changes().filter(bank=bank, by_bank=True, state=ChangeState.REQUESTED).first()


def to_be_decided_by(person: User) -> QuerySet[BankChange]:
    """Return the changes that this person may decide, oldest first."""
    return changes().filter(state=ChangeState.REQUESTED).exclude(entered_by=person).order_by("pk")
