"""Rules of determinations, and the edition that governs a qualification."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from admission.decisions.models import Decision
from admission.editions.models import Criterion, PolicyEdition
from banks.hearings.rules import notices_on, was_heard
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import RECTIFIABLE, BreachEffect, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import in_words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Refused, Verdict, WrongState


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


def rectification_period(edition: PolicyEdition, start: dt.date) -> Period:
    """Return the six months from the day of determination (local date; exit （二）2); they are not extended."""
    return calculate(start, edition.rectification_months, Unit.MONTH, roll=edition.roll_due_dates)


def day_of(determination: Determination) -> dt.date:
    """Return the day of determination (local date): that of the paper, else today while it is proposed."""
    return determination.determination_date or determination.paper_date or clock.today()


def may_propose(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank holds a qualification."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank does not have the qualification."), WrongState)
    return ALLOWED


def is_only_one(qualification: Qualification, kind: DeterminationKind, paper_date: dt.date | None) -> Verdict:
    """Check that no proposal of the same kind is open; papers of different days are different determinations."""
    same = Determination.objects.filter(
        qualification=qualification, kind=kind, paper_date=paper_date, state=DeterminationState.PROPOSED
    ).select_related("proposed_by")
    other = same.first()
    if other is None:
        return ALLOWED
    words = _(
        "%(person)s proposed a determination of this kind on %(day)s that is not decided yet. Withdraw it to "
        "propose it again with further facts, or wait for the decision."
    )
    day = in_words(clock.local_day(other.proposed_at))
    return Verdict.no("open", words % {"person": other.proposed_by, "day": day}, WrongState)


def check_paper(by: User, paper_date: dt.date | None, signed_by: User | None) -> Verdict:
    """Check that a paper has both day and signer, and that its signer is another person of the bureau than `by`."""
    if (paper_date is None) != (signed_by is None):
        words = _(
            "If it was made on paper, enter both the date of the document and the person who signed it."
        )
        return Verdict.no("paper", words, Incomplete)
    if signed_by is not None and signed_by.pk == by.pk:
        return Verdict.no("four_eyes", _("You cannot propose a determination that you signed."), NotAllowed)
    return ALLOWED


def check_criteria(kind: DeterminationKind, criteria: Iterable[Criterion], edition: PolicyEdition) -> Verdict:
    """Check that the criteria are those of the edition, and given where criteria are no longer met."""
    editions = {criterion.edition_id for criterion in criteria}
    if editions - {edition.pk}:
        return Verdict.no("edition", _("Select criteria from the edition under which the bank was admitted."))
    if kind == DeterminationKind.CRITERIA_NOT_MET and not editions:
        return Verdict.no("criteria", _("Select the criteria that are no longer met."), Incomplete)
    return ALLOWED


def check_effects(kind: DeterminationKind, effects: Sequence[BreachEffect]) -> Verdict:
    """Check that a serious breach names its effects, and nothing else does (exit （二）1)."""
    if kind == DeterminationKind.SERIOUS_BREACH and not effects:
        words = _("Select what the breach led to: economic loss, a safety accident, or a bad social effect.")
        return Verdict.no("effects", words, Incomplete)
    if kind != DeterminationKind.SERIOUS_BREACH and effects:
        return Verdict.no("effects", _("Only a serious breach has effects to be named."))
    return ALLOWED


def check_day(
    kind: DeterminationKind, day: dt.date, qualification: Qualification, edition: PolicyEdition
) -> Verdict:
    """Check that the day of determination (local date) is possible under this qualification."""
    if day > clock.today():
        return Verdict.no("future", _("The date of the document is in the future."))
    if day < qualification.effective_from:
        return Verdict.no("before", _("The determination date is before the qualification took effect."))
    if kind in RECTIFIABLE and rectification_period(edition, day).last_day < clock.today():
        return Verdict.no("past", _("The rectification period starting on this date has already expired."))
    return ALLOWED


def can_still_be_made(determination: Determination, edition: PolicyEdition | None = None) -> Verdict:
    """Check that qualification, criteria and day still allow what is proposed.

    Args:
        edition: the edition that governs the qualification, if it is known already.
    """
    if determination.qualification.cancelled_on is not None:
        return Verdict.no("ended", _("The qualification concerned has already ended."))
    try:
        edition = edition or edition_of(determination.qualification)
    except Refused as refusal:
        return Verdict.no(refusal.code, refusal.reason)
    kind = DeterminationKind(determination.kind)
    fitting = check_criteria(kind, determination.criteria.all(), edition)
    return fitting and check_day(kind, day_of(determination), determination.qualification, edition)


def bank_was_heard(determination: Determination) -> Verdict:
    """Check that the bank had prior notice and was answered, or silent until its end (law.md §2).

    What was made on paper was made after the hearing of that time.
    """
    return ALLOWED if determination.is_on_paper else was_heard(determination)


def was_told(determination: Determination) -> bool:
    """Return whether the bank had prior notice. Proposals of versions before this one had none and cannot be made."""
    return determination.is_on_paper or notices_on(determination).exists()


def may_decide(by: User | None, determination: Determination) -> Verdict:
    """Check that this person did not propose the determination."""
    if by is not None and by.pk == determination.proposed_by_id:
        return Verdict.no(
            "four_eyes", _("You proposed this determination; another person decides on it."), NotAllowed
        )
    return ALLOWED


def is_own(by: User | None, determination: Determination) -> bool:
    """Return whether it would be this person's own determination: nobody else signed it on paper."""
    return by is None or determination.paper_signed_by_id in (None, by.pk)


def may_make(by: User | None, determination: Determination) -> Verdict:
    """Check that this person may make the determination now, as their own."""
    if not is_own(by, determination):
        words = _("%(person)s signed it on paper; you can confirm it.")
        return Verdict.no("on_paper", words % {"person": determination.paper_signed_by}, WrongState)
    may = may_decide(by, determination) and can_still_be_made(determination)
    return may and bank_was_heard(determination)


def may_confirm(by: User | None, determination: Determination) -> Verdict:
    """Check that this person may confirm now what another person signed on paper."""
    if determination.paper_signed_by_id is None or (by is not None and is_own(by, determination)):
        return Verdict.no("own", _("Nobody else signed it on paper; you can make it."), WrongState)
    return may_decide(by, determination) and can_still_be_made(determination)


def may_withdraw(by: User | None, determination: Determination) -> Verdict:
    """Check that this person proposed it, or that who did can no longer withdraw it."""
    if by is None or by.pk == determination.proposed_by_id:
        return ALLOWED
    if not staff_may(determination.proposed_by, Verb.WITHDRAW_DETERMINATION):
        return ALLOWED
    words = _("%(person)s proposed this determination and can withdraw it.")
    return Verdict.no("not_own", words % {"person": determination.proposed_by}, NotAllowed)


def may_declare(by: User | None, determination: Determination) -> Verdict:
    """Check that this person could decide on it; others have no part in it."""
    if by is None or (staff_may(by, Verb.MAKE_DETERMINATION) and by.pk != determination.proposed_by_id):
        return ALLOWED
    return Verdict.no("no_part", _("You do not decide on this determination."), WrongState)


def expected_period(determination: Determination) -> Period | None:
    """Return the six months that would follow if it were made today; None if none would, or no edition governs it."""
    if not determination.is_rectifiable:
        return None
    try:
        edition = edition_of(determination.qualification)
    except Refused:
        return None
    return rectification_period(edition, day_of(determination))
