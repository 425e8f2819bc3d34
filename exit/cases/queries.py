"""The read side of exit: cases, and what leads to one."""

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


def open_cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """The bank's case that is neither signed, withdrawn nor closed; the database lets there be one."""
    return ExitCase.objects.filter(bank=bank, state__in=OPEN)


def to_propose() -> QuerySet[ExitCase]:
    """The cases to be checked and proposed, oldest first."""
    return cases().filter(state=ExitState.OPENED).order_by("pk")


def to_be_signed_by(person: User) -> list[ExitCase]:
    """The proposed cases that this person may sign, oldest first."""
    proposed = (
        cases().filter(state=ExitState.PROPOSED).select_related("determination", "order__determination")
    )
    return [case for case in proposed.order_by("pk") if may_sign(person, case)]


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


def breaches_without_case() -> QuerySet[Determination]:
    """Serious breaches of qualifications in force from which no exit case was opened, oldest first."""
    found: QuerySet[Determination] = Determination.objects.filter(
        kind=DeterminationKind.SERIOUS_BREACH, exit_case=None, qualification__cancelled_on=None
    ).select_related("bank")
    return found.order_by("pk")


def people_at_the_bank(bank: Bank) -> QuerySet[User]:
    """Those who act for the bank now."""
    return User.objects.filter(memberships__bank=bank, memberships__left_on=None, is_active=True).distinct()


def signed_without_effect() -> QuerySet[ExitCase]:
    """Signed cases without a letter, or whose qualification goes on: there must be none."""
    signed = ExitCase.objects.filter(state=ExitState.SIGNED)
    return signed.filter(letter=None) | signed.filter(qualification__cancelled_on=None)


def signed() -> QuerySet[ExitCase]:
    """All signed cases."""
    return ExitCase.objects.filter(state=ExitState.SIGNED)
