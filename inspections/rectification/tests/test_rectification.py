"""Rectification reports: permission, state, due date, edit conflict."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from banks.register.states import Standing
from inspections.rectification.actions.reports import (
    accept_rectification,
    reject_rectification,
)
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    ordered,
    reported,
    swept,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition, without_facts
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

Check = Callable[[RectificationOrder, User], RectificationOrder]


def _accept(order: RectificationOrder, by: User, on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return accept_rectification(order=order, by=by, remark="已现场复核。")


def _reject(order: RectificationOrder, by: User, on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return reject_rectification(order=order, by=by, remark="仍有一个窗口未开。")


def _state(order: RectificationOrder) -> str:
    return str(RectificationOrder.objects.get(pk=order.pk).state)


def _standing(order: RectificationOrder) -> str:
    return str(Bank.objects.get(pk=order.bank_id).standing)


def test_report_may_be_accepted_after_the_due_date(
    reported_order: RectificationOrder, people: "People"
) -> None:
    weeks_later = DUE + 30 * DAY

    lapsed = swept("lapse", weeks_later)
    accepted = _accept(reported_order, people.inspector, weeks_later)

    assert lapsed == 0
    assert (accepted.state, accepted.due_date, accepted.closed_on) == (OrderState.ACCEPTED, DUE, weeks_later)
    assert _standing(accepted) == Standing.QUALIFIED
    assert not Entry.objects.filter(verb="lapse").exists()


def test_order_rejected_after_due_date_lapses_at_next_sweep(
    reported_order: RectificationOrder, clerk: User, people: "People"
) -> None:
    checked = DUE + 5 * DAY
    _reject(reported_order, people.inspector, checked)

    with pytest.raises(Refused) as refused:
        reported(reported_order, clerk, checked)

    assert refused.value.code == "late"
    assert swept("lapse", checked) == 1
    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY


def test_accepting_makes_bank_qualified(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _accept(reported_order, people.inspector)

    report, letter = order.reports.get(), Letter.objects.get(kind="rectification_accepted")
    entry = last_transition(order)
    assert (order.state, order.closed_on) == (OrderState.ACCEPTED, DUE)
    assert _standing(order) == Standing.QUALIFIED
    assert (report.accepted, report.checked_by, report.remark) == (True, people.inspector, "已现场复核。")
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{order.pk}:accepted").exists()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.to_state) == (
        "accept_rectification",
        people.inspector,
        OrderState.ACCEPTED,
    )
    assert without_facts(entry) == {"letter": str(letter)}


def test_accepting_keeps_bank_under_a_lapsed_order(
    reported_order: RectificationOrder, people: "People"
) -> None:
    ordered(reported_order.bank, people, on=DETERMINED - DAY)
    swept("lapse", DUE)

    _accept(reported_order, people.inspector)

    assert _standing(reported_order) == Standing.UNDER_RECTIFICATION


def test_rejecting_keeps_the_due_date(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _reject(reported_order, people.inspector)

    report, entry = order.reports.get(), last_transition(order)
    posted = Message.objects.get(recipient=clerk, key=f"rectification:{order.pk}:rejected:{report.pk}")
    assert (order.state, order.due_date, order.closed_on) == (OrderState.OPEN, DUE, None)
    assert (report.accepted, report.checked_by) == (False, people.inspector)
    assert "仍有一个窗口未开。" in posted.body
    assert _standing(order) == Standing.UNDER_RECTIFICATION
    assert entry is not None
    assert (entry.verb, entry.from_state, entry.to_state, entry.reason) == (
        "reject_rectification",
        OrderState.REPORTED,
        OrderState.OPEN,
        "仍有一个窗口未开。",
    )


def test_bank_reports_again_after_rejection(order: RectificationOrder, clerk: User, people: "People") -> None:
    first = reported(order, clerk, DUE - 7 * DAY)
    _reject(order, people.inspector, DUE - DAY)

    second = reported(order, clerk, DUE)
    _accept(order, people.inspector)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.accepted, first.remark) == (False, "仍有一个窗口未开。")
    assert (second.accepted, second.remark) == (True, "已现场复核。")


def test_each_rejection_is_notified(order: RectificationOrder, clerk: User, people: "People") -> None:
    for day in (DUE - DAY, DUE):
        reported(order, clerk, day)
        _reject(order, people.inspector, day)

    assert Message.objects.filter(recipient=clerk, title="整改验收未通过，请继续整改").count() == 2


def test_rejection_needs_a_remark(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        reject_rectification(order=reported_order, by=people.inspector, remark=" ")
    assert _state(reported_order) == OrderState.REPORTED


either_way = pytest.mark.parametrize("check", [_accept, _reject])


@either_way
def test_checking_needs_the_role_of_inspector(
    reported_order: RectificationOrder, people: "People", clerk: User, administrator: User, check: Check
) -> None:
    for person in (people.assessor, people.decider, people.reviewer, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            check(reported_order, person)
    assert _state(reported_order) == OrderState.REPORTED
    assert reported_order.reports.get().accepted is None


@either_way
def test_checking_by_other_bank_is_refused(
    reported_order: RectificationOrder, stranger: User, check: Check
) -> None:
    with pytest.raises(NotAllowed):
        check(reported_order, stranger)
    assert _state(reported_order) == OrderState.REPORTED


@either_way
def test_checking_without_report_is_refused(
    order: RectificationOrder, people: "People", check: Check
) -> None:
    with pytest.raises(WrongState):
        check(order, people.inspector)
    assert _state(order) == OrderState.OPEN
    assert _standing(order) == Standing.UNDER_RECTIFICATION


@either_way
def test_rejected_report_is_not_checked_again(
    reported_order: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _reject(reported_order, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.OPEN
    assert not Letter.objects.filter(kind="rectification_accepted").exists()


@either_way
def test_accepted_order_is_not_checked_again(
    reported_order: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _accept(reported_order, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.ACCEPTED
    assert reported_order.reports.get().accepted is True
    assert Letter.objects.filter(kind="rectification_accepted").count() == 1


def test_submitter_does_not_check_the_report(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(order, clerk, DUE)
    clerk.is_staff = True
    clerk.save(update_fields=["is_staff"])
    clerk.groups.set(people.inspector.groups.all())

    with pytest.raises(NotAllowed), clock.playing(DUE):
        accept_rectification(order=order, by=User.objects.get(pk=clerk.pk))

    order.refresh_from_db()
    assert order.state == OrderState.REPORTED
