"""Reading exit cases and their grounds."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from banks.hearings.queries import open_on
from banks.register.models import Bank, Qualification
from banks.register.states import BARRED
from exit.cases.models import ExitCase
from exit.cases.rules import determination_behind, may_sign
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import ExitGround
from inspections.assessments.models import Assessment
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User


def cases() -> QuerySet[ExitCase]:
    """Return all cases with related rows for lists, newest first."""
    found: QuerySet[ExitCase] = ExitCase.objects.select_related(
        "bank", "qualification", "letter", "opened_by", "proposed_by", "signed_by"
    )
    return found


def cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """Return a bank's cases, newest first."""
    return cases().filter(bank=bank)


def open_cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """Return the bank's open case, if any; the database allows one."""
    return ExitCase.objects.filter(bank=bank, state__in=OPEN)


def ended_qualification(bank: Bank) -> Qualification | None:
    """Return the qualification with which a barred bank left; None for a bank that is not barred."""
    if bank.standing not in BARRED:
        return None
    return bank.qualifications.exclude(cancelled_on=None).order_by("-cancelled_on", "-pk").first()


def cases_from(order: RectificationOrder) -> QuerySet[ExitCase]:
    """Return the exit case to which a lapsed order led."""
    return cases().filter(order=order)


def led_to_by(row: Qualification | Determination | RectificationOrder) -> Q:
    """Which cases a qualification, a determination or an order led to."""
    if isinstance(row, Qualification):
        return Q(qualification=row)
    if isinstance(row, RectificationOrder):
        return Q(order=row)
    return Q(determination=row) | Q(order__determination=row)


def to_propose() -> QuerySet[ExitCase]:
    """Return the cases to check and propose, oldest first."""
    return cases().filter(state=ExitState.OPENED).order_by("pk")


def to_be_signed_by(person: User) -> list[ExitCase]:
    """Return the proposed cases this person may sign now, oldest first; the bank's own wish, or when it was heard."""
    proposed = (
        cases().filter(state=ExitState.PROPOSED).select_related("determination", "order__determination")
    )
    ready = proposed.exclude(~Q(ground=ExitGround.VOLUNTARY), pk__in=open_on(ExitCase).values("case_id"))
    return [case for case in ready.order_by("pk") if may_sign(person, case)]


def took_part(keys: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of case, the keys of the people who opened or proposed it, or found and recorded what it rests on."""
    rows = ExitCase.objects.filter(pk__in=keys).select_related("determination", "order__determination")
    assessors = _assessors({case.qualification_id for case in rows if case.order})
    found: dict[int, frozenset[int]] = {}
    for case in rows:
        people = {case.opened_by_id, case.proposed_by_id}
        determination = determination_behind(case)
        if determination:
            people |= {determination.decided_by_id, determination.recorded_by_id}
        elif case.order:
            people |= assessors[case.qualification_id]
        found[case.pk] = frozenset(pk for pk in people if pk is not None)
    return found


def _assessors(qualifications: Collection[int]) -> dict[int, set[int | None]]:
    """By key of qualification, the people who recorded its assessments or made them final."""
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = Assessment.objects.filter(qualification__in=qualifications)
    for held, recorded_by, finalised_by in rows.values_list("qualification", "recorded_by", "finalised_by"):
        found[held] |= {recorded_by, finalised_by}
    return found


def lapsed_without_case() -> QuerySet[RectificationOrder]:
    """Return lapsed orders awaiting an exit case, oldest first.

    Orders of an ended qualification are left out; so are those of a bank with another open case, until it is finished.
    """
    under_way = ExitCase.objects.filter(qualification=OuterRef("qualification"), state__in=OPEN)
    waiting: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        state=OrderState.LAPSED, exit_case=None, qualification__cancelled_on=None
    )
    return waiting.exclude(Exists(under_way)).order_by("pk")


def breaches_without_case() -> QuerySet[Determination]:
    """Return serious breaches of qualifications in force without an exit case, oldest first."""
    found: QuerySet[Determination] = Determination.objects.filter(
        kind=DeterminationKind.SERIOUS_BREACH, exit_case=None, qualification__cancelled_on=None
    ).select_related("bank")
    return found.order_by("pk")


def signed_without_effect() -> QuerySet[ExitCase]:
    """Return signed cases without a letter, or with a qualification still in force; there must be none."""
    signed = ExitCase.objects.filter(state=ExitState.SIGNED)
    return signed.filter(letter=None) | signed.filter(qualification__cancelled_on=None)


def signed() -> QuerySet[ExitCase]:
    """Return all signed cases."""
    return ExitCase.objects.filter(state=ExitState.SIGNED)
