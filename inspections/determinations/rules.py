"""Rules of determinations, and the edition that governs a qualification."""

import datetime as dt

from django.utils.translation import gettext as _

from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.determinations.terms import RECTIFIABLE, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, calculate
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Refused, Verdict, WrongState


def edition_of(qualification: Qualification) -> PolicyEdition:
    """Return the edition under which the bank was admitted; its terms govern rectification and exit.

    Raises:
        Refused: the qualification is a takeover and no edition is in force.
    """
    decision = (
        Decision.objects.filter(qualification=qualification).select_related("application__edition").first()
    )
    edition = decision.application.edition if decision else PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    return edition


def rectification_period(qualification: Qualification, start: dt.date) -> Period:
    """Return the six months from the day of determination (local date; exit （二）2); they are not extended."""
    edition = edition_of(qualification)
    return calculate(start, edition.rectification_months, Unit.MONTH, roll=edition.roll_due_dates)


def may_determine(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank holds a qualification."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank does not have the qualification."), WrongState)
    return ALLOWED


def check_decider(by: User, decided_by: User) -> Verdict:
    """Check that `decided_by` is a decider and not the person recording the determination."""
    if by.pk == decided_by.pk:
        return Verdict.no(
            "four_eyes",
            _("The person who records a determination cannot be the person who made it."),
            NotAllowed,
        )
    if not may(staff_roles(decided_by), Verb.DECIDE):
        return Verdict.no(
            "decider", _("Only a person with the decider role can make a determination."), NotAllowed
        )
    return ALLOWED


def check_day(kind: DeterminationKind, day: dt.date, qualification: Qualification) -> Verdict:
    """Check that the day of determination (local date) is possible under this qualification."""
    if day > clock.today():
        return Verdict.no("future", _("The determination date is in the future."))
    if day < qualification.effective_from:
        return Verdict.no("before", _("The determination date is before the qualification took effect."))
    if kind in RECTIFIABLE and rectification_period(qualification, day).last_day < clock.today():
        return Verdict.no("past", _("The rectification period starting on this date has already expired."))
    return ALLOWED
