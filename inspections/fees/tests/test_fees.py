"""Fee notices: entering, stating, confirming and sending back payments, withdrawing."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank
from inspections.fees.actions import notices, payments
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.queries import figures_of_bank, figures_of_year, late_notices, sums_of_year
from inspections.fees.rules import as_compared
from inspections.fees.states import FeeState
from inspections.fees.tests.factories import DUE, ISSUED, entered, proved, stated
from inspections.rectification.tests.factories import left, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def second_inspector(people: "People") -> User:
    """Another inspector."""
    user = User.objects.create(username="inspector2", name="检查员二", is_staff=True)
    user.groups.set(people.inspector.groups.all())
    return user


def test_notice_is_entered_as_printed(notice: FeeNotice) -> None:
    assert (notice.state, notice.yuan, notice.due_date) == (FeeState.OPEN, "12,345.60", DUE)
    assert Entry.objects.get(verb=Verb.ENTER_FEE_NOTICE).subject_id == notice.pk


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("-1.00")}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"amount": Decimal("100000000.01")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"issued_on": ISSUED + DAY}, "issued_on"),
        ({"due": ISSUED}, "due"),
        ({"due": dt.date(2026, 3, 4)}, "due"),
        ({"year": 2026}, "year"),
        ({"year": 2019}, "year"),
    ],
)
def test_impossible_notice_is_refused(other: dict[str, Any], code: str, bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refused:
        entered(bank, people.inspector, **other)
    assert refused.value.code == code
    assert not FeeNotice.objects.exists()


def test_due_date_may_be_a_whole_year_after_the_issue(bank: Bank, people: "People") -> None:
    assert entered(bank, people.inspector, due=dt.date(2026, 3, 3)).due_date == dt.date(2026, 3, 3)


def test_notice_without_number_is_refused(bank: Bank, people: "People") -> None:
    with pytest.raises(Incomplete):
        entered(bank, people.inspector, number=" ")


def test_number_is_unique_for_the_bureau_however_typed(
    notice: FeeNotice, other_bank: Bank, people: "People"
) -> None:
    with pytest.raises(Refused) as refused:
        entered(other_bank, people.inspector, number="４４２０００ ２５００００１７")
    assert refused.value.code == "number"
    assert notice.bank.name not in str(refused.value)


def test_numbers_are_compared_without_width_case_and_blanks() -> None:
    assert as_compared(" ｚs（2026） 7 ") == "ZS(2026)7"


def test_number_is_unique_in_the_database(notice: FeeNotice) -> None:
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_bank_that_was_not_qualified_in_the_year_gets_no_notice(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    left(held, people.decider, dt.date(2024, 6, 3))
    with pytest.raises(Refused) as refused:
        entered(bank, people.inspector)
    assert refused.value.code == "year"
    assert entered(bank, people.inspector, year=2024).year == 2024


def test_rest_day_moves_the_due_date_and_the_printed_one_stays(bank: Bank, people: "People") -> None:
    notice = entered(bank, people.inspector, due=dt.date(2025, 10, 3))
    assert (notice.stated_due_date, notice.due_date) == (dt.date(2025, 10, 3), dt.date(2025, 10, 9))
    assert notice.period["last_day"] == "2025-10-09"


def test_payment_by_the_due_date_is_in_time_and_later_counts_calendar_days(
    notice: FeeNotice, clerk: User, people: "People"
) -> None:
    with clock.playing(DUE):
        assert notice.days_late == 0
    with clock.playing(DUE + 3 * DAY):
        assert notice.days_late == 3
    notice = stated(notice, clerk, DUE, on=DUE + 3 * DAY).notice
    assert (notice.state, notice.days_late) == (FeeState.STATED, 0)
    with clock.playing(DUE + 4 * DAY):
        notice = payments.confirm_fee_payment(notice=notice, by=people.inspector, paid_on=DUE + 2 * DAY)
    assert (notice.state, notice.days_late, notice.closed_on) == (FeeState.PAID, 2, DUE + 4 * DAY)
    payment = notice.payments.get()
    assert (payment.paid_on, payment.confirmed, payment.checked_by) == (DUE, True, people.inspector)
    assert Entry.objects.get(verb=Verb.CONFIRM_FEE_PAYMENT).data["days_late"] == 2


@pytest.mark.parametrize("day", [ISSUED - DAY, DUE + DAY])
def test_payment_before_the_notice_or_ahead_is_refused(day: dt.date, notice: FeeNotice, clerk: User) -> None:
    with pytest.raises(Refused) as refused:
        stated(notice, clerk, day, on=DUE)
    assert refused.value.code == "paid_on"
    assert not FeePayment.objects.exists()


def test_payment_is_not_confirmed_on_a_day_ahead(notice: FeeNotice, clerk: User, people: "People") -> None:
    stated(notice, clerk, DUE)
    with clock.playing(DUE), pytest.raises(Refused):
        payments.confirm_fee_payment(notice=notice, by=people.inspector, paid_on=DUE + DAY)


def test_payment_that_was_sent_back_is_stated_again(notice: FeeNotice, clerk: User, people: "People") -> None:
    stated(notice, clerk, DUE)
    with clock.playing(DUE + DAY):
        notice = payments.send_back_fee_payment(notice=notice, by=people.inspector, reason="编号不符。")
        assert (notice.state, notice.paid_on, notice.days_late) == (FeeState.OPEN, None, 1)
    stated(notice, clerk, DUE, on=DUE + 2 * DAY)
    assert list(notice.payments.values_list("confirmed", "reply")) == [(None, ""), (False, "编号不符。")]


def test_payment_is_stated_once(notice: FeeNotice, clerk: User) -> None:
    stated(notice, clerk, DUE)
    with pytest.raises(WrongState):
        stated(notice, clerk, DUE)


def test_officer_records_a_payment_with_proof(notice: FeeNotice, people: "People") -> None:
    with clock.playing(DUE):
        done = payments.record_fee_payment(notice=notice, by=people.inspector, **proved(DUE))
    assert (done.state, done.paid_on) == (FeeState.PAID, DUE)
    assert done.payments.get().by_bureau


def test_officer_records_nothing_over_the_statement_of_the_bank(
    notice: FeeNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk, DUE)
    with clock.playing(DUE), pytest.raises(WrongState):
        payments.record_fee_payment(notice=notice, by=people.inspector, **proved(DUE))


def test_notice_is_withdrawn_by_another_person_only(
    notice: FeeNotice, people: "People", second_inspector: User
) -> None:
    with pytest.raises(NotAllowed):
        notices.withdraw_fee_notice(notice=notice, by=people.inspector, reason="金额有误。")
    done = notices.withdraw_fee_notice(notice=notice, by=second_inspector, reason="金额有误。")
    assert (done.state, done.days_late, done.withdrawn_by) == (FeeState.WITHDRAWN, 0, second_inspector)


def test_number_of_a_withdrawn_notice_is_entered_again(notice: FeeNotice, people: "People") -> None:
    notices.withdraw_fee_notice(notice=notice, by=people.decider, reason="金额有误。")
    assert entered(notice.bank, people.inspector, amount=Decimal("1.00")).number == notice.number


def test_notice_with_a_stated_payment_is_not_withdrawn(
    notice: FeeNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk, DUE)
    with pytest.raises(WrongState):
        notices.withdraw_fee_notice(notice=notice, by=people.decider, reason="金额有误。")


def test_other_bank_states_nothing(notice: FeeNotice, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        stated(notice, stranger, DUE)


def test_late_notices_of_a_period_and_figures(bank: Bank, clerk: User, people: "People") -> None:
    paid_late = stated(entered(bank, people.inspector, number="1"), clerk, DUE + DAY).notice
    stated(entered(bank, people.inspector, number="2"), clerk, DUE)
    unpaid = entered(bank, people.inspector, number="3", amount=Decimal("0.40"))
    later = entered(bank, people.inspector, number="4", due=dt.date(2025, 6, 30))
    notices.withdraw_fee_notice(
        notice=entered(bank, people.inspector, number="5"), by=people.decider, reason="有误。"
    )
    with clock.playing(DUE + 9 * DAY):
        payments.confirm_fee_payment(notice=paid_late, by=people.inspector, paid_on=DUE + DAY)
        assert list(late_notices(bank, DUE, dt.date(2025, 12, 31))) == [paid_late, unpaid]
        assert list(late_notices(bank, DUE + DAY, dt.date(2025, 12, 31))) == []
        row = figures_of_year(2025).get()
        figures = {"count": 4, "due": Decimal("37037.20"), "paid": Decimal("12345.60"), "late": 2}
        assert figures.items() <= row.items()
        assert row["unpaid"] == Decimal("24691.60")
        assert next(iter(figures_of_bank(bank)))["unpaid"] == "24,691.60"
        assert sums_of_year(2025)["due"] == "37,037.20"
        assert sums_of_year(2024)["due"] == "0.00"
    with clock.playing(later.due_date + DAY):
        assert list(late_notices(bank, DUE, later.due_date)) == [paid_late, unpaid, later]
