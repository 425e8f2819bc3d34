"""Reading exit cases and their grounds."""

from django.db.models import Exists, OuterRef, QuerySet

from banks.register.models import Bank, Qualification
from banks.register.states import BARRED
from exit.cases.models import ExitCase
from exit.cases.rules import may_sign
from exit.cases.states import OPEN, ExitState
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


def to_propose() -> QuerySet[ExitCase]:
    """Return the cases to check and propose, oldest first."""
    return cases().filter(state=ExitState.OPENED).order_by("pk")


def to_be_signed_by(person: User) -> list[ExitCase]:
    """Return the proposed cases this person may sign, oldest first."""
    proposed = (
        cases().filter(state=ExitState.PROPOSED).select_related("determination", "order__determination")
    )
    return [case for case in proposed.order_by("pk") if may_sign(person, case)]


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


def people_at_the_bank(bank: Bank) -> QuerySet[User]:
    """Return the present members of the bank."""
    return User.objects.filter(memberships__bank=bank, memberships__left_on=None, is_active=True).distinct()


def signed_without_effect() -> QuerySet[ExitCase]:
    """Return signed cases without a letter, or with a qualification still in force; there must be none."""
    signed = ExitCase.objects.filter(state=ExitState.SIGNED)
    return signed.filter(letter=None) | signed.filter(qualification__cancelled_on=None)


def signed() -> QuerySet[ExitCase]:
    """Return all signed cases."""
    return ExitCase.objects.filter(state=ExitState.SIGNED)
