"""The lines of the preview: which dates run for a bank, what is due already or soon, and who acts."""

import datetime as dt

from django.utils.translation import gettext as _

from admission.editions.models import PolicyEdition
from exit.takeover.checks.bank_plan import BankPlan, Heed, HeldPlan
from exit.takeover.checks.exit_lines import add_exit
from exit.takeover.checks.grouped import Held
from exit.takeover.checks.orders import period_of
from exit.takeover.checks.sources import behind_each
from exit.takeover.data import OrderRow
from exit.takeover.terms import NEAR_DAYS
from inspections.assessments.rules import runs_without_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import NOT_CLOSED, OrderState
from inspections.rectification.terms import OrderGround
from inspections.schemes.terms import FAILING_GRADE
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.roles import Role


def add_what_runs(plan: BankPlan, one: HeldPlan, edition: PolicyEdition) -> None:
    """Add the lines of a qualification: its orders, its results, and its exit."""
    for row in one.held.orders:
        _add_order(plan, one, row, period_of(row, edition))
    _add_results(plan, one)
    add_exit(plan, one, edition)


def _add_order(plan: BankPlan, one: HeldPlan, row: OrderRow, period: Period | None) -> None:
    if period is None:
        if one.held.left_on is None and row not in behind_each(one.held).values():
            words = _("Serious breach of %(day)s without an exit case: an inspector opens one or leaves it.")
            day = in_words(row.determined_on) if row.determined_on else ""
            plan.heed.append(Heed(words % {"day": day}, Role.INSPECTOR))
        return
    if row.state not in NOT_CLOSED:
        return
    left = (period.last_day - clock.today()).days
    given = {"day": through(period.last_day), "days": left, "number": row.document_number}
    words = _("Order %(number)s: rectification due %(day)s")
    one.running.append(f"{words % given}{_('; provisional') if period.provisional else ''}")
    if row.state == OrderState.REPORTED:
        _add_report(plan, row, period, given)
    elif left < 0:
        words = _(
            "Order %(number)s: the due date %(day)s has passed without a report. It does not lapse by itself: an "
            "inspector confirms that it lapsed, and only then an exit case is opened."
        )
        plan.heed.append(Heed(words % given, Role.INSPECTOR))
    elif left <= NEAR_DAYS:
        words = _("Order %(number)s: only %(days)s calendar days are left for the bank's report.")
        plan.heed.append(Heed(words % given, is_due=False))


def _add_report(plan: BankPlan, row: OrderRow, period: Period, given: dict[str, object]) -> None:
    late = row.reported_on is not None and row.reported_on > period.last_day
    words = (
        _("Order %(number)s: the report came after the due date %(day)s. An inspector accepts or rejects it.")
        if late
        else _("Order %(number)s: the bank has reported. An inspector checks the report.")
    )
    plan.heed.append(Heed(words % given, Role.INSPECTOR, is_due=late or period.last_day < clock.today()))


def _add_results(plan: BankPlan, one: HeldPlan) -> None:
    held = one.held
    failed = {row.year for row in held.results if row.grade == FAILING_GRADE}
    if held.left_on is None:
        for years in runs_without_order(failed, _after_failing_years(held)):
            words = _(
                "%(first)s to %(last)s were 不合格 in a row, without an order. None is opened by itself: an assessor "
                "opens it, and the due date is set after that."
            )
            plan.heed.append(Heed(words % {"first": years[0], "last": years[-1]}, Role.ASSESSOR))
    for row in sorted(held.results, key=lambda one: one.year):
        words = _("%(year)s: %(grade)s, %(score)s")
        one.running.append(words % {"year": row.year, "grade": row.grade, "score": row.score})
    if missing := _years_without_result(held):
        words = _("No result of these years: %(years)s. They neither fail nor connect failing years.")
        one.running.append(words % {"years": _in_runs(missing)})


def _after_failing_years(held: Held) -> list[RectificationOrder]:
    """Return the orders after failing years as they will be, not stored."""
    return [
        RectificationOrder(
            pk=row.number,
            ground=OrderGround.ASSESSMENT,
            state=row.state,
            first_year=row.assessed_year - 1,
            assessed_year=row.assessed_year,
            closed_on=row.closed_on,
        )
        for row in held.orders
        if row.assessed_year is not None
    ]


def _in_runs(years: list[int]) -> str:
    """Return years in words, those in a row as first and last."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = _("%(first)s to %(last)s")
    said = [
        words % {"first": run[0], "last": run[-1]} if len(run) > 2 else "、".join(map(str, run))
        for run in runs
    ]
    return "、".join(said)


def _years_without_result(held: Held) -> list[int]:
    last: dt.date = held.left_on or clock.today()
    known = {row.year for row in held.results}
    return [year for year in range(held.since.year + 1, last.year) if year not in known]


def add_rest(plan: BankPlan) -> None:
    """Add what concerns the bank as a whole: issuing, outlets, invitations."""
    own, last = plan.of_bank, plan.of_bank.last
    if last is not None and last.left_on is None and last.row.issuing_from is None:
        words = _(
            "Cards may not be issued yet: a reviewer allows it when the central bank's approval is there."
        )
        plan.heed.append(Heed(words, Role.REVIEWER, is_due=False))
    if own.outlets:
        plan.running.append(_("Outlets: %(n)s") % {"n": len(own.outlets)})
    if own.people:
        plan.running.append(_("Invitations: %(n)s, sent after the confirmation") % {"n": len(own.people)})
