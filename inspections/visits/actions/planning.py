"""Actions before an inspection: plan, cancel."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from banks.outlets.models import Outlet
from banks.register.actions import next_case_number
from banks.register.models import Bank
from banks.register.rules import qualification_in_force
from inspections.determinations.rules import edition_of
from inspections.visits.actions.messages import tell_of_cancelling, tell_of_plan
from inspections.visits.models import InspectionVisit, VisitedOutlet
from inspections.visits.rules import are_inspectors, are_outlets_of, is_possible_day, may_plan
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled

PREFIX = "JC"


@action(Verb.PLAN_INSPECTION, on="bank", rule=may_plan, makes=True)
def plan_inspection(
    *,
    bank: Bank,
    by: User,
    visit_day: dt.date,
    outlets: Sequence[Outlet],
    led_by: User,
    accompanied_by: User,
    others: Sequence[User] = (),
    purpose: str,
    planned: bool,
    announced: bool,
) -> InspectionVisit:
    """Plan an inspection; the bank is told only if it is announced.

    Args:
        visit_day: the day of the inspection (local date), today or later, within a year.
        outlets: outlets of this bank, of the register.
        led_by, accompanied_by: the two officers who confirm the record; others may record, too.
        purpose: the bank reads it, of an unannounced inspection once it was held.
        planned: whether it belongs to the plan of the year.
        announced: whether the bank is told now.

    Raises:
        NotAllowed: the role.
        WrongState: the bank does not have the qualification.
        Incomplete: there is no outlet, or no purpose.
        Refused: the day, an outlet or an officer is impossible; or fewer than two officers (code "two_officers").
    """
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState.moved_on()
    is_possible_day(visit_day).require()
    are_outlets_of(bank, outlets).require()
    are_inspectors(led_by, accompanied_by, others).require()
    visit = InspectionVisit(
        bank=bank,
        edition=edition_of(qualification),
        planned=planned,
        announced=announced,
        visit_day=visit_day,
        purpose=filled(purpose, _("Enter the purpose of the inspection.")),
        led_by=led_by,
        accompanied_by=accompanied_by,
        planned_by=by,
        planned_at=clock.now(),
    )
    visit.case_number = next_case_number(PREFIX)
    visit.save()
    visit.others.set(others)
    VisitedOutlet.objects.bulk_create(
        VisitedOutlet(visit=visit, outlet=outlet, name=outlet.name, address=outlet.address)
        for outlet in outlets
    )
    record(
        subject=visit,
        reason=visit.purpose,
        data={
            "officers": [one.username for one in visit.officers],
            "outlets": [outlet.name for outlet in outlets],
        },
    )
    tell_of_plan(visit)
    return visit


@action(Verb.CANCEL_INSPECTION, on="visit", moves=InspectionVisit.cancel)
def cancel_inspection(*, visit: InspectionVisit, by: User, reason: str) -> InspectionVisit:
    """Cancel an inspection that is not signed; the bank is told if it was announced.

    Args:
        reason: the bank reads it if the inspection was announced.

    Raises:
        NotAllowed: the role.
        WrongState: it was signed on the spot, or is cancelled already.
        Incomplete: the reason is empty.
    """
    visit.cancel()
    visit.cancellation = filled(reason, _("Enter the reason for cancelling."))
    visit.closed_on = clock.today()
    visit.save(update_fields=["state", "cancellation", "closed_on"])
    record(reason=visit.cancellation)
    tell_of_cancelling(visit, by)
    return visit
