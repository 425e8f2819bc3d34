"""What is read of exit: the cases of the desk and of a bank, and the orders that lead here."""

from django.db.models import Exists, OuterRef, QuerySet

from banks.register.models import Bank
from exit.cases.models import ExitCase
from exit.cases.rules import may_sign
from exit.cases.states import OPEN, ExitState
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User


def cases() -> QuerySet[ExitCase]:
    """All cases with what a list shows of them, newest first."""
    found: QuerySet[ExitCase] = ExitCase.objects.select_related(
        "bank", "qualification", "letter", "opened_by", "proposed_by", "signed_by"
    )
    return found


def cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """A bank's own cases, newest first."""
    return cases().filter(bank=bank)


def open_case_of(bank: Bank) -> ExitCase | None:
    """The bank's case that is under way."""
    return cases_of(bank).filter(state__in=OPEN).first()


def lapsed_without_case() -> QuerySet[RectificationOrder]:
    """Lapsed orders that wait for an exit case, oldest first.

    An order of a qualification that has ended waits for nothing; one whose bank has another open case waits
    until that case is finished.
    """
    under_way = ExitCase.objects.filter(qualification=OuterRef("qualification"), state__in=OPEN)
    waiting: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        state=OrderState.LAPSED, exit_case=None, qualification__cancelled_on=None
    )
    return waiting.exclude(Exists(under_way)).order_by("pk")


def people_at_the_bank(bank: Bank) -> QuerySet[User]:
    """Those who act for the bank now."""
    return User.objects.filter(memberships__bank=bank, memberships__left_on=None, is_active=True).distinct()


def breaches_without_case() -> QuerySet[Determination]:
    """Serious breaches of qualifications in force from which no exit case was opened, oldest first."""
    found: QuerySet[Determination] = Determination.objects.filter(
        kind=DeterminationKind.SERIOUS_BREACH, exit_case=None, qualification__cancelled_on=None
    ).select_related("bank")
    return found.order_by("pk")


def to_be_signed_by(person: User) -> list[ExitCase]:
    """The proposed cases that this person may sign, oldest first."""
    proposed = (
        cases().filter(state=ExitState.PROPOSED).select_related("determination", "order__determination")
    )
    return [case for case in proposed.order_by("pk") if may_sign(person, case)]
