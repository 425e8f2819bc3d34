"""Decisions on verified reports: permission, state, due date, four eyes."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from banks.register.states import Standing
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
from inspections.verification.actions.deciding import accept_rectification, reject_rectification
from inspections.verification.actions.verifying import confirm_verification
from inspections.verification.tests.factories import (
    MISSING,
    accepted,
    confirmed,
    rejected,
    seen,
    verified,
    visited,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition, without_facts
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, NotYet, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

Sign = Callable[[RectificationOrder, User], RectificationOrder]


def _accept(order: RectificationOrder, people: "People", on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return accepted(order, people, "已现场复核。")


def _reject(order: RectificationOrder, people: "People", on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return rejected(order, people)


def _sign_acceptance(order: RectificationOrder, by: User) -> RectificationOrder:
    with clock.playing(DUE):
        return accept_rectification(order=order, by=by, seen=seen(order))


def _sign_rejection(order: RectificationOrder, by: User) -> RectificationOrder:
    with clock.playing(DUE):
        return reject_rectification(order=order, by=by, seen=seen(order), remark="仍有一个窗口未开。")


def _state(order: RectificationOrder) -> str:
    return str(RectificationOrder.objects.get(pk=order.pk).state)


def _standing(order: RectificationOrder) -> str:
    return str(Bank.objects.get(pk=order.bank_id).standing)


def test_report_may_be_accepted_after_the_due_date(
    reported_order: RectificationOrder, people: "People"
) -> None:
    weeks_later = DUE + 30 * DAY

    lapsed = swept("lapse", weeks_later)
    accepted = _accept(reported_order, people, weeks_later)

    assert lapsed == 0
    assert (accepted.state, accepted.due_date, accepted.closed_on) == (OrderState.ACCEPTED, DUE, weeks_later)
    assert _standing(accepted) == Standing.QUALIFIED
    assert not Entry.objects.filter(verb="lapse").exists()


def test_order_rejected_after_due_date_lapses_at_next_sweep(
    reported_order: RectificationOrder, clerk: User, people: "People"
) -> None:
    checked = DUE + 5 * DAY
    _reject(reported_order, people, checked)

    with pytest.raises(Refused) as refused:
        reported(reported_order, clerk, checked)

    assert refused.value.code == "late"
    assert swept("lapse", checked) == 1
    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY


def test_accepting_makes_bank_qualified(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _accept(reported_order, people)

    report, letter = order.reports.get(), Letter.objects.get(kind="rectification_accepted")
    entry = last_transition(order)
    assert (order.state, order.closed_on) == (OrderState.ACCEPTED, DUE)
    assert _standing(order) == Standing.QUALIFIED
    assert (report.accepted, report.checked_by, report.remark) == (True, people.decider, "已现场复核。")
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{order.pk}:accepted").exists()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.to_state) == (
        "accept_rectification",
        people.decider,
        OrderState.ACCEPTED,
    )
    assert without_facts(entry) == {"letter": str(letter)}


def test_accepting_keeps_bank_under_a_lapsed_order(
    reported_order: RectificationOrder, people: "People"
) -> None:
    ordered(reported_order.bank, people, on=DETERMINED - DAY)
    swept("lapse", DUE)

    _accept(reported_order, people)

    assert _standing(reported_order) == Standing.UNDER_RECTIFICATION


def test_rejecting_keeps_the_due_date(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _reject(reported_order, people)

    report, entry = order.reports.get(), last_transition(order)
    posted = Message.objects.get(recipient=clerk, key=f"rectification:{order.pk}:rejected:{report.pk}")
    assert (order.state, order.due_date, order.closed_on) == (OrderState.OPEN, DUE, None)
    assert (report.accepted, report.checked_by) == (False, people.decider)
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
    _reject(order, people, DUE - DAY)

    second = reported(order, clerk, DUE)
    _accept(order, people)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.accepted, first.remark) == (False, "仍有一个窗口未开。")
    assert (second.accepted, second.remark) == (True, "已现场复核。")


def test_each_rejection_is_notified(order: RectificationOrder, clerk: User, people: "People") -> None:
    for day in (DUE - DAY, DUE):
        reported(order, clerk, day)
        _reject(order, people, day)

    assert Message.objects.filter(recipient=clerk, title="整改验收未通过，请继续整改").count() == 2


def test_rejection_needs_a_remark(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        rejected(reported_order, people, remark=" ")
    assert _state(reported_order) == OrderState.REPORTED


either_way = pytest.mark.parametrize("sign", [_sign_acceptance, _sign_rejection])


@pytest.fixture
def verified_order(reported_order: RectificationOrder, people: "People") -> RectificationOrder:
    """The order whose report an inspector verified by its papers."""
    with clock.playing(DUE):
        verified(reported_order, people.inspector)
    return reported_order


@either_way
def test_deciding_needs_the_role_of_decider(
    verified_order: RectificationOrder, people: "People", clerk: User, administrator: User, sign: Sign
) -> None:
    for person in (people.assessor, people.inspector, people.reviewer, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            sign(verified_order, person)
    assert _state(verified_order) == OrderState.REPORTED
    assert verified_order.reports.get().accepted is None


@either_way
def test_deciding_by_other_bank_is_refused(
    verified_order: RectificationOrder, stranger: User, sign: Sign
) -> None:
    with pytest.raises(NotAllowed):
        sign(verified_order, stranger)
    assert _state(verified_order) == OrderState.REPORTED


@either_way
def test_deciding_without_report_is_refused(order: RectificationOrder, people: "People", sign: Sign) -> None:
    with pytest.raises(WrongState):
        sign(order, people.decider)
    assert _state(order) == OrderState.OPEN
    assert _standing(order) == Standing.UNDER_RECTIFICATION


@either_way
def test_nothing_is_decided_before_the_verification(
    reported_order: RectificationOrder, people: "People", sign: Sign
) -> None:
    with pytest.raises(NotYet) as refused:
        sign(reported_order, people.decider)
    assert refused.value.code == "not_verified"
    with clock.playing(DUE):
        visited(reported_order, people)
    with pytest.raises(NotYet):
        sign(reported_order, people.decider)
    with clock.playing(DUE):
        confirm_verification(order=reported_order, by=people.assessor, seen=seen(reported_order))
    assert sign(reported_order, people.decider).reports.get().checked_by == people.decider


@either_way
def test_who_took_part_does_not_decide(
    reported_order: RectificationOrder, people: "People", sign: Sign
) -> None:
    with clock.playing(DUE):
        confirmed(reported_order, people)
    for person in (people.inspector, people.assessor):
        person.groups.add(*people.decider.groups.all())
        with pytest.raises(NotAllowed) as refused:
            sign(reported_order, User.objects.get(pk=person.pk))
        assert refused.value.code == "four_eyes"
    assert _state(reported_order) == OrderState.REPORTED


def test_what_was_found_missing_is_not_accepted(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE):
        verified(reported_order, people.inspector, fulfilled=False, findings=MISSING)
    with pytest.raises(NotYet) as refused:
        _sign_acceptance(reported_order, people.decider)
    assert refused.value.code == "not_fulfilled"
    with clock.playing(DUE):
        verified(reported_order, people.inspector)
    assert _sign_acceptance(reported_order, people.decider).state == OrderState.ACCEPTED


@either_way
def test_rejected_report_is_not_decided_on_again(
    reported_order: RectificationOrder, people: "People", sign: Sign
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _reject(reported_order, people)

    with pytest.raises(WrongState):
        sign(stale, people.decider)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.OPEN
    assert not Letter.objects.filter(kind="rectification_accepted").exists()


@either_way
def test_accepted_order_is_not_decided_on_again(
    reported_order: RectificationOrder, people: "People", sign: Sign
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _accept(reported_order, people)

    with pytest.raises(WrongState):
        sign(stale, people.decider)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.ACCEPTED
    assert reported_order.reports.get().accepted is True
    assert Letter.objects.filter(kind="rectification_accepted").count() == 1


def test_letter_says_how_and_when_it_was_verified(
    reported_order: RectificationOrder, people: "People"
) -> None:
    with clock.playing(DUE + DAY):
        confirmed(reported_order, people)
        accept_rectification(order=reported_order, by=people.decider, seen=seen(reported_order))
    letter = Letter.objects.get(kind="rectification_accepted")
    assert "我局于2025年9月4日进行了现场核查。" in letter.data["paragraphs"][0]["text"]
