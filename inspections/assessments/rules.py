"""Rules of assessments: four eyes, scores and grades, orders after failing years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.assessments.models import Assessment
from inspections.assessments.terms import GROUNDLESS, JOINED
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, SETTLED, OrderState
from inspections.rectification.terms import OrderGround
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, NotYet, Verdict, WrongState


def may_record(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank holds a qualification."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank does not have the qualification."), WrongState)
    return ALLOWED


def may_finalise(by: User | None, assessment: Assessment) -> Verdict:
    """Check that another person recorded the result."""
    if by is not None and assessment.recorded_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("The person who recorded a result cannot make it final."),
            NotAllowed,
        )
    return ALLOWED


def may_revise(by: User | None, assessment: Assessment) -> Verdict:
    """Check that this person neither recorded nor finalised the result."""
    if by is not None and by.pk in {assessment.recorded_by_id, assessment.finalised_by_id}:
        return Verdict.no(
            "four_eyes",
            _("The persons who recorded a result and made it final cannot review it."),
            NotAllowed,
        )
    return ALLOWED


def is_score(score: Decimal) -> Verdict:
    """Whether a number is a valid score: from 0 to 100, with at most two decimals, so that none is rounded."""
    if not Decimal(0) <= score <= Decimal(100):
        return Verdict.no("range", _("The score must be between 0 and 100."))
    if score != round(score, 2):
        return Verdict.no("decimals", _("A score has at most two decimal places."))
    return ALLOWED


def without_scheme(year: int) -> str:
    """Return what is missing if a year has no scheme in force, and who can do it."""
    if AssessmentScheme.objects.drafts().filter(year=year).exists():
        words = _("The assessment scheme of %(year)s is drafted, but a decider has not published it yet.")
    else:
        words = _(
            "There is no assessment scheme for %(year)s. An assessor drafts it, and a decider publishes it."
        )
    return words % {"year": year}


def grade_for(scheme: AssessmentScheme, score: Decimal) -> str:
    """Return the grade of a score by inclusive lower bounds, without rounding: 89.99 is not 90.

    Raises:
        Incomplete: the scheme has no band for the score.
    """
    for band in scheme.bands:
        if score >= Decimal(band["from"]):
            return str(band["grade"])
    raise Incomplete(_("The scheme of %(year)s has no grade for this score.") % {"year": scheme.year})


def failing_years(qualification: Qualification) -> set[int]:
    """Return the years whose result is final and failing; a year without a result neither fails nor connects."""
    return {result.year for result in qualification.assessments.all() if result.is_final_fail}


def scheme_of(assessment: Assessment) -> AssessmentScheme:
    """Return the scheme that grades a result on review; of one from paper, that in force for its year.

    Raises:
        Incomplete: the register has no scheme of the year.
    """
    scheme = assessment.scheme or AssessmentScheme.objects.of_year(assessment.year)
    if scheme is None:
        raise Incomplete(without_scheme(assessment.year))
    return scheme


def runs(years: Iterable[int]) -> list[range]:
    """Return the unbroken runs of at least two years among these, earliest first (exit （二）3)."""
    found: list[range] = []
    for year in sorted(set(years)):
        if found and found[-1].stop == year:
            found[-1] = range(found[-1].start, year + 1)
        else:
            found.append(range(year, year + 1))
    return [run for run in found if len(run) > 1]


def still_failing(order: RectificationOrder) -> range:
    """Return the years in a row among those an order names that fail today; empty if no two do.

    After a change on review this is what the order still rests on; of several runs the latest.
    """
    left = runs(failing_years(order.qualification) & set(order.years))
    return left[-1] if left else range(0)


@dataclass(frozen=True)
class Plan:
    """What has to happen to the orders of a qualification, so that each run of failing years has one.

    Args:
        withdraw: by key of order, the official reason.
        rename: by key of order without due date, the years it is about.
        open: the years of each order to open.
    """

    withdraw: Mapping[int, str]
    rename: Mapping[int, range]
    open: tuple[range, ...]


def plan(qualification: Qualification) -> Plan:
    """Return what brings the orders after failing years to the results of today, in whatever order these came.

    One order for one unbroken run of failing years. An order with a due date keeps the years of its letter, and binds
    as long as two in a row of them fail; the run it belongs to needs no other. What had ended when a rectification was
    accepted, or an exit case closed, is settled; a year that fails afterwards needs an order with the year before it.
    (docs/decisions/0028)
    """
    orders = [one for one in qualification.rectification_orders.all() if one.ground == OrderGround.ASSESSMENT]
    matched = _matched(failing_years(qualification), orders)
    about = {order.pk: years for years, order in matched if order is not None}
    binding = [one for one in orders if one.state in BINDING]
    return Plan(
        withdraw={
            one.pk: _why_withdrawn(one) for one in binding if one.pk not in about and not _stays_lapsed(one)
        },
        rename={
            one.pk: about[one.pk]
            for one in binding
            if one.pk in about and not one.is_in_effect and about[one.pk] != one.years
        },
        open=tuple(years for years, order in matched if order is None),
    )


def runs_without_order(failed: set[int], orders: Sequence[RectificationOrder]) -> list[range]:
    """Return the runs among failing years for which an order after failing years is lacking.

    Args:
        orders: those after failing years, each with a key; they need not be stored.
    """
    return [years for years, order in _matched(failed, orders) if order is None]


def _matched(
    failed: set[int], orders: Sequence[RectificationOrder]
) -> list[tuple[range, RectificationOrder | None]]:
    """Return the years of each run that is not settled, with the order about them; None where it is lacking."""
    binding = sorted((one for one in orders if one.state in BINDING), key=_first_kept)
    found: list[tuple[range, RectificationOrder | None]] = []
    renamed: set[int] = set()
    for years in (_unsettled(run, orders) for run in runs(failed)):
        if not years:
            continue
        order = next((one for one in binding if one.pk not in renamed and _is_about(one, years)), None)
        if order is not None and not order.is_in_effect:
            renamed.add(order.pk)
        found.append((years, order))
    return found


def left_to_a_person(qualification: Qualification) -> list[range]:
    """Return the runs without an order whose results were all taken over: nothing follows from them in silence."""
    old = {result.year for result in qualification.assessments.all() if result.paper_id is not None}
    return [years for years in plan(qualification).open if old.issuperset(years)]


def runs_due(by: User | None, qualification: Qualification) -> list[range]:
    """Return the runs of failing years for which a person, or with None the clock, opens the order."""
    left = left_to_a_person(qualification)
    return left if by else [years for years in plan(qualification).open if years not in left]


def _first_kept(order: RectificationOrder) -> tuple[int, int]:
    """Return the place of an order among those of one run: the one that is furthest is kept, then the oldest."""
    furthest = (OrderState.LAPSED, OrderState.REPORTED, OrderState.OPEN, OrderState.AWAITING_DEADLINE)
    return furthest.index(OrderState(order.state)), order.pk


def _unsettled(run: range, orders: Iterable[RectificationOrder]) -> range:
    """Return the years of a run for which an order is needed; a single year with the one before it."""
    settled = [one for one in orders if one.state in SETTLED and set(one.years) & set(run)]
    until = max((one.closed_on.year for one in settled if one.closed_on), default=run.start)
    left = range(max(run.start, until), run.stop)
    return range(left.start - 1, left.stop) if len(left) == 1 else left


def _is_about(order: RectificationOrder, years: range) -> bool:
    """Return whether an order is about these failing years: two in a row of its letter, or any before it has one."""
    shared = set(order.years) & set(years)
    return bool(runs(shared)) if order.is_in_effect else bool(shared)


def _stays_lapsed(order: RectificationOrder) -> bool:
    """Return whether an order has lapsed and its years still fail: the exit case decides on it."""
    return order.has_lapsed and bool(still_failing(order))


def _why_withdrawn(order: RectificationOrder) -> str:
    return JOINED if still_failing(order) else GROUNDLESS


def is_order_due(by: User | None, qualification: Qualification) -> Verdict:
    """Check that the qualification is in force and failing years have no order yet."""
    if qualification.cancelled_on is None and runs_due(by, qualification):
        return ALLOWED
    return Verdict.no("not_due", _("These results do not require an order."), WrongState)


def is_to_be_withdrawn(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the failing years of the order no longer fail, or belong to the run of another order."""
    if order.qualification.cancelled_on is None and order.pk in plan(order.qualification).withdraw:
        return ALLOWED
    return Verdict.no("not_due", _("The ground for the order still applies."), WrongState)


def is_to_be_renamed(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the run of failing years is another than the order without due date names."""
    if order.qualification.cancelled_on is None and order.pk in plan(order.qualification).rename:
        return ALLOWED
    return Verdict.no("not_due", _("The order names the years that fail."), WrongState)


def names_failing_years(by: User | None, order: RectificationOrder) -> Verdict:
    """Check, before an order takes effect, that the results behind it are still what it names."""
    found = plan(order.qualification)
    if order.pk in found.withdraw or order.pk in found.rename:
        words = _(
            "Results behind this order have changed. The system adjusts or withdraws it within the hour."
        )
        return Verdict.no("results_changed", words, NotYet)
    return ALLOWED
