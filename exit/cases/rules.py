"""Rules of exit cases."""

from django.utils.translation import gettext as _

from banks.hearings.rules import was_heard
from banks.register.models import Bank
from banks.register.rules import qualification_in_force
from exit.cases.models import ExitCase
from exit.cases.states import OPEN, ExitState
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Reason, Verdict


def may_open(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank has a qualification in force and no open case."""
    qualification = qualification_in_force(bank)
    if qualification is None:
        return Verdict.no("not_qualified", _("The bank has no qualification to end."))
    if ExitCase.objects.filter(qualification=qualification, state__in=OPEN).exists():
        return Verdict.no(
            "open", _("The bank already has an open exit case. Complete or close that case first.")
        )
    return ALLOWED


def may_open_from(by: User | None, determination: Determination) -> Verdict:
    """Check that a determination leads to exit at once: only a serious breach does (exit （二）1)."""
    if determination.kind != DeterminationKind.SERIOUS_BREACH:
        return Verdict.no(
            "rectifiable",
            _("This determination requires rectification. Only a serious breach leads directly to exit."),
        )
    if ExitCase.objects.filter(determination=determination).exists():
        return Verdict.no("used", _("An exit case has already been opened from this determination."))
    if qualification_in_force(determination.bank) != determination.qualification:
        return Verdict.no("not_qualified", _("The qualification concerned has already ended."))
    return may_open(by, determination.bank)


def may_withdraw(by: User | None, case: ExitCase) -> Verdict:
    """Check that the case is the bank's own application (exit （一）)."""
    if not case.is_voluntary:
        return Verdict.no("not_own", _("The bureau opened this case; the bank cannot withdraw it."))
    return ALLOWED


def may_sign(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person neither proposed the case nor decided or recorded the determination."""
    if by is None:
        return ALLOWED
    if by.pk == case.proposed_by_id:
        return Verdict.no("four_eyes", _("You proposed this exit; another person must sign it."), NotAllowed)
    determination = determination_behind(case)
    if determination and by.pk in {determination.decided_by_id, determination.recorded_by_id}:
        return Verdict.no(
            "four_eyes", _("You made or recorded the determination; another person must sign."), NotAllowed
        )
    return ALLOWED


def may_sign_now(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person may sign and the bank was heard."""
    return Verdict.of(may_sign(by, case).reasons or may_take_effect(case).reasons)


def may_close(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person did not propose the case."""
    if by is not None and case.state == ExitState.PROPOSED and by.pk == case.proposed_by_id:
        return Verdict.no(
            "four_eyes",
            _("You proposed this exit; another person must sign it or close the case."),
            NotAllowed,
        )
    return ALLOWED


def may_take_effect(case: ExitCase) -> Verdict:
    """Check that the bank was heard, unless it exits on its own application (law.md §2)."""
    if case.is_voluntary:
        return ALLOWED
    return Verdict.of(Reason(reason.code, reason.text, Incomplete) for reason in was_heard(case).reasons)


def determination_behind(case: ExitCase) -> Determination | None:
    """Return the determination behind the case, directly or through a lapsed order; None on other grounds."""
    return case.determination or (case.order.determination if case.order else None)
