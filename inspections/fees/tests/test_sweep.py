"""The sweep tells once that a notice is overdue, and the integrity check finds payments that disagree."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from inspections.fees.actions.payments import send_back_fee_payment
from inspections.fees.checks import payments_agree
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.queries import to_be_confirmed
from inspections.fees.states import FeeState
from inspections.fees.sweep import STEPS
from inspections.fees.tests.factories import DUE, entered, stated
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def notice(bank: Bank, people: "People") -> FeeNotice:
    """A notice due on a Monday."""
    return entered(bank, people.inspector)


def swept(on: dt.date) -> int:
    """Run the step on a day; return how many notices it recorded."""
    step, *_reminders = STEPS
    with clock.playing(on):
        return sum(bool(step.do(pk)) for pk in list(step.due(on)))


def told() -> list[str]:
    """Return who was told that a notice is overdue."""
    rows = Message.objects.filter(key__endswith=":overdue").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_nobody_is_told_on_the_due_date(notice: FeeNotice, clerk: User) -> None:
    swept(DUE)
    assert told() == []


def test_bank_and_inspectors_are_told_once_however_late_the_sweep(notice: FeeNotice, clerk: User) -> None:
    swept(DUE + 40 * DAY)
    swept(DUE + 41 * DAY)
    assert told() == ["clerk", "inspector"]
    assert Entry.objects.filter(verb=Verb.RECORD_FEE_OVERDUE).count() == 1
    notice.refresh_from_db()
    assert (notice.state, notice.overdue_recorded_on) == (FeeState.OPEN, DUE + 40 * DAY)


def test_stated_payment_is_not_overdue_until_it_is_sent_back(
    notice: FeeNotice, clerk: User, people: "People"
) -> None:
    notice = stated(notice, clerk, DUE).notice
    swept(DUE + DAY)
    assert told() == []
    with clock.playing(DUE + 2 * DAY):
        send_back_fee_payment(notice=notice, by=people.inspector, reason="未到账。")
    swept(DUE + 2 * DAY)
    assert told() == ["clerk", "inspector"]


def test_work_list_reads_all_statements_with_the_same_number_of_queries(
    bank: Bank, clerk: User, people: "People", django_assert_num_queries: "object"
) -> None:
    for number in ("1", "2", "3"):
        stated(entered(bank, people.inspector, number=number), clerk, DUE)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = [row.payment_to_check for row in to_be_confirmed()]
    assert [payment.paid_on for payment in found if payment] == [DUE] * 3


def test_payments_that_disagree_are_found(notice: FeeNotice, clerk: User) -> None:
    assert list(payments_agree()) == []
    stated(notice, clerk, DUE)
    assert list(payments_agree()) == []
    FeePayment.objects.update(confirmed=True)
    assert list(payments_agree()) == [
        f"inspections.feenotice {notice.pk}: is stated, its payments say otherwise"
    ]
