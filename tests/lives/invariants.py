"""What holds of every register after every action."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, F, QuerySet

from admission.applications.models import Application
from admission.applications.states import OPEN
from admission.decisions.models import Decision
from banks.register.models import Bank, Qualification
from banks.register.states import BARRED, IN_FORCE, Standing
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.determinations.models import Determination
from inspections.determinations.rules import day_of
from inspections.determinations.states import WAS_MADE, DeterminationState
from inspections.determinations.terms import RECTIFIABLE
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from inspections.rectification.states import BINDING, NOT_CLOSED, OrderState
from inspections.rectification.terms import OrderGround
from tests.lives.machine import MACHINES
from zsbank.base.accounts.models import User
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.permissions import Verb

BAR_YEARS = 5
LIVE = sorted(BINDING | {OrderState.ACCEPTED})
"""States of an order that holds something against a bank."""


def breaches() -> list[str]:
    """Return the violated invariants; empty if all hold."""
    checks = (_once, _standings, _dates, _states, _determinations, _grounds, _people, _numbers)
    return [line for check in checks for line in check()]


def still_may(gone: Iterable[User]) -> list[str]:
    """Return who of the people who left still holds a role, at the bureau or at a bank: every action asks for one."""
    banks = Bank.objects.all()
    return [
        f"{person} still holds a role"
        for person in User.objects.filter(pk__in=[one.pk for one in gone])
        if person.roles_at_bureau() or any(bank.roles_of(person) for bank in banks)
    ]


def _once() -> Iterator[str]:
    """Yield what is there twice: open applications, qualifications, exit cases; orders of one determination or year."""
    banks: dict[str, QuerySet[Any]] = {
        "open application": Application.objects.filter(state__in=OPEN),
        "qualification in force": Qualification.objects.filter(cancelled_on=None),
        "open exit case": ExitCase.objects.filter(state__in=[ExitState.OPENED, ExitState.PROPOSED]),
    }
    for label, rows in banks.items():
        counted = rows.order_by().values_list("bank__uscc").annotate(n=Count("pk"))
        yield from (f"{label} not once for {uscc}" for uscc, n in counted if n > 1)
    orders = RectificationOrder.objects.filter(state__in=NOT_CLOSED)
    found = Counter(orders.values_list("qualification_id", "determination_id", "assessed_year"))
    yield from (f"{n} open orders of {source}" for source, n in found.items() if n > 1)


def _standings() -> Iterator[str]:
    """Yield banks whose standing differs from their qualifications and orders."""
    qualified = set(Qualification.objects.filter(cancelled_on=None).values_list("bank_id", flat=True))
    for bank in Bank.objects.all():
        if bank.standing in BARRED and bank.pk in qualified:
            yield f"{bank} holds a qualification while barred"
        if (bank.standing in IN_FORCE) != (bank.pk in qualified):
            yield f"{bank} is {bank.standing}, its qualifications say otherwise"
    for row in Qualification.objects.select_related("bank"):
        standing = row.bank.standing
        if row.cancelled_on is None and binding(row).exists() != (standing == Standing.UNDER_RECTIFICATION):
            yield f"{row.bank} is {standing}, its orders say otherwise"
        if row.may_issue and (row.cancelled_on is not None or standing not in IN_FORCE):
            yield f"{row} may issue though cancelled"


def _dates() -> Iterator[str]:
    """Yield orders and bars that end on another day than the law says, and what lapsed on a provisional day."""
    for order in RectificationOrder.objects.filter(ground=OrderGround.DETERMINATION):
        assert order.determination
        if order.raw_due_date != calculate(day_of(order.determination), 6, Unit.MONTH, roll=False).last_day:
            yield f"{order} is not due after six months"
    by_clock = Entry.objects.filter(verb=Verb.LAPSE, actor=None).values("subject_id")
    for order in RectificationOrder.objects.filter(provisional=True, pk__in=by_clock):
        yield f"{order} lapsed by itself on a provisional day"
    for bank in Bank.objects.filter(standing__in=BARRED):
        left_on = bank.qualifications.latest("cancelled_on").cancelled_on
        assert left_on
        bar = calculate(left_on, BAR_YEARS, Unit.YEAR, roll=False)
        if (bank.bar_last_day, bank.may_apply_from) != (bar.last_day, bar.first_day_after):
            yield f"{bank} is barred until {bank.bar_last_day}, by law until {bar.last_day}"


def _states() -> Iterator[str]:
    """Yield rows whose state is not that of their last transition in the journal."""
    for model, field in MACHINES:
        for row in model._default_manager.all():
            if getattr(row, field) != getattr(last_transition(row), "to_state", None):
                yield f"{row} is {getattr(row, field)}, not as journalled"


def _determinations() -> Iterator[str]:
    """Yield determinations without their order, and proposals that outlived the qualification."""
    orders = RectificationOrder.objects.filter(ground=OrderGround.DETERMINATION)
    ordered = set(orders.values_list("determination_id", flat=True))
    for row in Determination.objects.filter(kind__in=RECTIFIABLE):
        if (row.state in WAS_MADE) != (row.pk in ordered):
            yield f"{row} is {row.state}, its order says otherwise"
    live = orders.filter(determination__state=DeterminationState.SET_ASIDE, state__in=LIVE)
    yield from (f"{order} rests on a determination that was set aside" for order in live)
    for row in Determination.objects.exclude(qualification__cancelled_on=None):
        if row.is_proposed:
            yield f"{row} is proposed though the qualification has ended"


def _grounds() -> Iterator[str]:
    """Yield exit cases, and grounds of them that have not ended, that rest on a determination nobody made."""
    for model in apps.get_app_config("exit").get_models():
        if not any(field.name == "determination" for field in model._meta.fields):
            continue
        found = model._default_manager.exclude(determination=None)
        for row in found.exclude(determination__state__in=WAS_MADE):
            if getattr(row, "ended_at", None) is None:
                yield f"{row} rests on what nobody determined"


def _people() -> Iterator[str]:
    """Yield decisions of two persons that one made alone, and banks that were absorbed in a circle."""
    for decision in Decision.objects.filter(by=F("recommended_by")):
        yield f"{decision} was made by one person"
    for case in ExitCase.objects.filter(signed_by=F("proposed_by")):
        yield f"{case} was signed alone"
    successors = dict(Bank.objects.values_list("pk", "succeeded_by"))
    for bank, successor in successors.items():
        seen, at = {bank}, successor
        while at is not None and at not in seen:
            seen.add(at)
            at = successors[at]
        if at is not None:
            yield f"bank {bank} was absorbed in a circle"


def _numbers() -> Iterator[str]:
    """Yield years whose letters have gaps in their numbers."""
    given = {(series.mark, series.year): series.last for series in NumberSeries.objects.all()}
    for mark, year, count in Letter.objects.values_list("mark", "year").order_by().annotate(Count("pk")):
        if given[mark, year] != count:
            yield f"numbers of {year} have gaps"
