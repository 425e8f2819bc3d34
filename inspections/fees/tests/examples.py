"""Arguments with which each action on fee notices succeeds, and rows for the walk."""

import datetime as dt
from typing import Any

from banks.register.models import Bank
from inspections.fees.actions import notices, payments
from inspections.fees.models import FeeNotice
from inspections.fees.tests.factories import entered, printed, proved, stated
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.tests.factories import made_provisional


def to_enter(scene: Scene) -> dict[str, Any]:
    """A notice issued today, due in thirty days."""
    today = clock.today()
    days = {"year": today.year, "issued_on": today, "due": today + dt.timedelta(days=30)}
    return {"bank": held(scene), "by": scene.people.inspector, **printed(**days)}


def held(scene: Scene) -> Bank:
    """The bank, qualified."""
    if not scene.bank.qualifications.exists():
        qualified(scene.bank, scene.people.decider)
    return scene.bank


def open_notice(scene: Scene) -> FeeNotice:
    """A notice that the bank has to pay in thirty days."""
    return notices.enter_fee_notice(**to_enter(scene))


def _stated(scene: Scene) -> FeeNotice:
    return stated(open_notice(scene), scene.clerk, clock.today()).notice


def _row(scene: Scene) -> FeeNotice:
    """A notice with a number of the bank's own, of which the payment is stated."""
    number = f"44200025{scene.bank.uscc[12:16]}"
    notice = notices.enter_fee_notice(**to_enter(scene) | {"number": number})
    return stated(notice, scene.clerk, clock.today()).notice


def _overdue(scene: Scene) -> dict[str, Any]:
    return {"notice": entered(held(scene), scene.people.inspector), "by": None}


EXAMPLES: dict[Action[..., Any], Example] = {
    notices.enter_fee_notice: to_enter,
    notices.withdraw_fee_notice: lambda s: {
        "notice": open_notice(s),
        "by": s.people.decider,
        "reason": "金额登记有误。",
    },
    notices.record_fee_overdue: _overdue,
    notices.recalculate_fee_notice: lambda s: {
        "notice": made_provisional(open_notice(s), "due_date", "period"),
        "by": None,
    },
    payments.state_fee_payment: lambda s: {
        "notice": open_notice(s),
        "by": s.clerk,
        **proved(clock.today(), remark="全额缴纳。"),
    },
    payments.confirm_fee_payment: lambda s: {
        "notice": _stated(s),
        "by": s.people.inspector,
        "paid_on": clock.today(),
    },
    payments.send_back_fee_payment: lambda s: {
        "notice": _stated(s),
        "by": s.people.inspector,
        "reason": "凭证上的编号与通知书不符。",
    },
    payments.record_fee_payment: lambda s: {
        "notice": open_notice(s),
        "by": s.people.inspector,
        **proved(clock.today()),
    },
}
ROWS = {FeeNotice: _row}
