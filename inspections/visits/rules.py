"""Rules of inspections: what can be planned, who records, confirms and reports, what may follow."""

import datetime as dt
from collections.abc import Collection, Sequence

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.register.rules import qualification_in_force
from inspections.visits.models import InspectionVisit, VisitedOutlet
from inspections.visits.states import VisitState
from inspections.visits.terms import LONGEST_MONTHS_TO_CORRECT, LONGEST_YEARS_AHEAD, MOST_OUTLETS
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, EditConflict, Incomplete, NotAllowed, NotYet, Verdict, WrongState


def may_plan(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank is qualified, under rectification or not."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank does not have the qualification."), WrongState)
    return ALLOWED


def is_possible_day(day: dt.date) -> Verdict:
    """Check that the day of an inspection (local date) is not over, and not absurdly far ahead."""
    if day < clock.today():
        return Verdict.no("day", _("The day of the inspection is over."))
    if day > clock.today() + relativedelta(years=LONGEST_YEARS_AHEAD):
        return Verdict.no("day", _("The day is more than a year ahead. Check the year."))
    return ALLOWED


def are_inspectors(led_by: User, accompanied_by: User, others: Collection[User]) -> Verdict:
    """Check that at least two officers inspect, each named once (law.md §2)."""
    everybody = [led_by, accompanied_by, *others]
    if led_by == accompanied_by:
        return Verdict.no("two_officers", _("An inspection requires at least two officers."))
    if len({one.pk for one in everybody}) < len(everybody):
        return Verdict.no("others", _("Name each officer once."))
    for one in everybody:
        if not staff_may(one, Verb.RECORD_INSPECTION):
            words = _("%(person)s is not an officer of the bureau.")
            return Verdict.no("others", words % {"person": one})
    return ALLOWED


def are_outlets_of(bank: Bank, outlets: Sequence[Outlet]) -> Verdict:
    """Check that there are outlets to inspect, not too many, all of this bank."""
    if not outlets:
        return Verdict.no("outlets", _("Select the outlets to inspect."), Incomplete)
    if len(outlets) > MOST_OUTLETS:
        words = _("At most %(most)s outlets are inspected at once. Plan the others as another inspection.")
        return Verdict.no("outlets", words % {"most": MOST_OUTLETS})
    if any(outlet.bank_id != bank.pk for outlet in outlets):
        return Verdict.no("outlets", _("Select outlets of %(bank)s.") % {"bank": bank})
    return ALLOWED


def has_left(officer: User) -> bool:
    """Return whether an officer can no longer inspect: without account or role."""
    return not staff_may(officer, Verb.RECORD_INSPECTION)


def may_record(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that this person is one of the inspecting officers, or takes the place of one who has left."""
    if by is None or visit.is_inspected_by(by) or has_left(visit.led_by) or has_left(visit.accompanied_by):
        return ALLOWED
    names = "、".join(str(one) for one in visit.officers)
    words = _("Only the inspecting officers do this: %(names)s.")
    return Verdict.no("not_inspecting", words % {"names": names}, NotAllowed)


def may_sign(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that an inspecting officer records who signed, and that an outlet was seen."""
    if not visit.outlets.exclude(seen_on=None).exists():
        words = _("Record first what was seen at an outlet.")
        return may_record(by, visit) and Verdict.no("nothing_seen", words, NotYet)
    return may_record(by, visit)


def is_possible_day_seen(visit: InspectionVisit, day: dt.date) -> Verdict:
    """Check that officers can have been at an outlet on a day (local date): from the planning until today."""
    planned = clock.local_day(visit.planned_at)
    if planned <= day <= clock.today():
        return ALLOWED
    words = _("The inspection was planned on %(day)s; enter a day from then until today.")
    return Verdict.no("seen_on", words % {"day": in_words(planned)})


def is_newest(place: VisitedOutlet, version: int) -> Verdict:
    """Check that nobody saved the checklist of an outlet since this person opened it."""
    if place.version == version:
        return ALLOWED
    words = _(
        "A colleague saved this checklist meanwhile. Your input is still here: compare it with the record of "
        "the inspection, and save again."
    )
    return Verdict.no("stale", words, EditConflict)


def part_to_confirm(by: User, visit: InspectionVisit) -> str:
    """Return for whom this person confirms the record: "led" or "accompanied", for themselves or for who has left.

    Empty if they confirm it for nobody, or have done so.
    """
    confirmed_by = {"led": visit.led_confirmed_by_id, "accompanied": visit.accompanied_confirmed_by_id}
    officers = {"led": visit.led_by, "accompanied": visit.accompanied_by}
    if by.pk in confirmed_by.values():
        return ""
    own = next((part for part, officer in officers.items() if officer == by), "")
    left = (part for part, officer in officers.items() if confirmed_by[part] is None and has_left(officer))
    return own or next(left, "")


def may_confirm(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that this person is one of the two officers, or a colleague of one who has left, and has not confirmed."""
    if by is None or part_to_confirm(by, visit):
        return ALLOWED
    if by.pk in (visit.led_confirmed_by_id, visit.accompanied_confirmed_by_id):
        return Verdict.no("confirmed", _("You have confirmed the record already."), WrongState)
    words = _("%(first)s and %(second)s confirm the record, each for themselves.")
    said = words % {"first": visit.led_by, "second": visit.accompanied_by}
    return Verdict.no("not_inspecting", said, NotAllowed)


def may_report(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that another person than the inspecting officers signs the report (four eyes)."""
    if by is not None and visit.has_part_of(by):
        words = _("You took part in the inspection; another person signs the report.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def may_decide(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that the bank has answered, or that the time for its answer is over."""
    if visit.state == VisitState.REPORTED and visit.answer_due and clock.today() <= visit.answer_due:
        words = _("The bank may still answer %(day)s.")
        return Verdict.no("not_answered", words % {"day": by_day(visit.answer_due)}, NotYet)
    return has_not_answered(by, visit)


def has_not_answered(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that this person did not answer for the bank."""
    if by is not None and visit.answers.filter(submitted_by=by).exists():
        words = _("You answered for the bank; another person decides.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def may_propose(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that a person may decide, and that the bank is still qualified."""
    return may_decide(by, visit) and may_plan(by, visit.bank)


def is_possible_correction(day: dt.date) -> Verdict:
    """Check that the day of a correction (local date) is ahead, and not later than a rectification would be due."""
    if day <= clock.today():
        return Verdict.no("correct_by", _("Enter a day after today."))
    if day > clock.today() + relativedelta(months=LONGEST_MONTHS_TO_CORRECT):
        words = _("At most %(n)s months are given, as for a rectification. Enter an earlier day.")
        return Verdict.no("correct_by", words % {"n": LONGEST_MONTHS_TO_CORRECT})
    return ALLOWED


def is_newly_overdue(by: User | None, visit: InspectionVisit) -> Verdict:
    """Check that the day of the correction has passed and nobody was told yet."""
    passed = visit.correct_by is not None and clock.today() > visit.correct_by
    if visit.overdue_recorded_on is None and passed:
        return ALLOWED
    return Verdict.no("not_due", str(WrongState.moved_on()), WrongState)
