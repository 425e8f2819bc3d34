"""Which edition governs a qualification, and whether a determination may be recorded."""

import datetime as dt

from django.utils.translation import gettext as _

from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from banks.register.models import Qualification
from inspections.determinations.terms import RECTIFIABLE, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, reckon
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Refused, Verdict


def edition_of(qualification: Qualification) -> PolicyEdition:
    """The edition under which the bank was admitted; its terms govern rectification and exit."""
    decision = (
        Decision.objects.filter(qualification=qualification).select_related("application__edition").first()
    )
    edition = decision.application.edition if decision else PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    return edition


def rectification_period(qualification: Qualification, start: dt.date) -> Period:
    """The six months from the day of determination (exit （二）2): no extension is possible."""
    edition = edition_of(qualification)
    return reckon(start, edition.rectification_months, Unit.MONTH, roll=edition.roll_due_dates)


def may_determine(
    by: User, decided_by: User, kind: DeterminationKind, date: dt.date, qualification: Qualification
) -> Verdict:
    """Whether a determination may be recorded: another person decided it, on a day that can be."""
    if by.pk == decided_by.pk:
        return Verdict.no(
            "four_eyes", _("Another person than the one who records it decides a determination.")
        )
    verdict = may(staff_roles(decided_by), Verb.DECIDE)
    if not verdict:
        return Verdict.no("decider", _("A determination is decided by somebody with the role of a decider."))
    if date > clock.today():
        return Verdict.no("future", _("The date of determination is in the future."))
    if date < qualification.effective_from:
        return Verdict.no("before", _("The date of determination lies before the qualification took effect."))
    if kind in RECTIFIABLE and rectification_period(qualification, date).last_day < clock.today():
        return Verdict.no("past", _("The time to rectify counted from this date has passed already."))
    return YES
