"""Forty days away equal forty daily sweeps: every row of every table and every entry, effective dates included."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection

from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import submitted
from banks.register.models import Bank
from banks.register.states import Standing
from banks.tests.factories import make_bank, make_member
from exit.cases.models import ExitCase
from inspections.assessments.tests.factories import FAILING, rated
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import left, ordered, qualified
from tests.lives.away import sweep_every_day, sweep_once
from tests.lives.tables import LEFT_OUT, after, differences
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.roles import Role
from zsbank.site.operations import runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
DAY = dt.timedelta(days=1)
AWAY = dt.date(2025, 8, 25)
"""The last day on which anybody was there. The register knows the holidays of this year and the next."""


@pytest.fixture
def register(edition: PolicyEdition, people: "People") -> None:
    """Banks in everything that falls due in the next forty days."""
    names = iter("甲乙丙丁戊己庚")
    codes = iter(["91442000MADEM00116", "91442000MADEM002XX", "91442000MADEM0038X", *_more_codes()])

    def bank() -> Bank:
        made = make_bank(f"示例银行{next(names)}", next(codes))
        make_member(made, f"clerk{made.pk}", Role.BANK_CLERK)
        return made

    _lapsing(bank(), people)
    _silent(bank(), people)
    _supplementing(bank(), people)
    _leaving(bank(), people)
    _released(bank(), people)
    _failing(bank(), people)


def _more_codes() -> Iterator[str]:
    from banks.register.identifiers import with_check_characters  # noqa: PLC0415 beside its only use

    return (with_check_characters(f"91442000MADAY{number:03d}") for number in range(10))


def _lapsing(bank: Bank, people: "People") -> None:
    """An order that is due on 3 September; an exit case follows."""
    qualified(bank, people.decider)
    ordered(bank, people, on=dt.date(2025, 3, 3))


def _silent(bank: Bank, people: "People") -> None:
    """An application that nobody answers."""
    with clock.playing(AWAY):
        submitted(bank, bank.members.get().user)


def _supplementing(bank: Bank, people: "People") -> None:
    """An application of which a supplement was asked for; then it is accepted by silence."""
    with clock.playing(AWAY):
        application = submitted(bank, bank.members.get().user)
        criterion = application.edition.criteria.get(number=1)
        record_remark(application=application, criterion=criterion, by=people.intake, text="缺章程。")
        request_supplement(application=application, by=people.intake)


def _leaving(bank: Bank, people: "People") -> None:
    """A bank that left today; its bar begins tomorrow."""
    left(qualified(bank, people.decider), people.decider, AWAY)


def _released(bank: Bank, people: "People") -> None:
    """A bank whose bar ends on 10 September."""
    left(qualified(bank, people.decider), people.decider, dt.date(2020, 9, 10))
    with clock.playing(dt.date(2020, 9, 11)):
        runner.run()


def _failing(bank: Bank, people: "People") -> None:
    """A bank that failed in two years, without an order yet."""
    qualified(bank, people.decider)
    for year in (2023, 2024):
        rated(bank, year, FAILING, people)


def _enter_later() -> None:
    """Add an entry like the last one, of another day."""
    entry = Entry.objects.latest("pk")
    entry.pk, entry.effective_on = None, AWAY
    entry.save()


def every_day() -> None:
    """Sweep every day."""
    sweep_every_day(AWAY)


def once() -> None:
    """Sweep once, after forty days."""
    sweep_once(AWAY)


@pytest.mark.usefixtures("register")
def test_forty_days_away_equal_forty_daily_sweeps() -> None:
    assert differences(after(every_day), after(once)) == {}


def test_all_tables_are_compared() -> None:
    """Whatever table the product gets is compared, unless it is left out with a reason."""
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert after(lambda: None).keys() >= {label for label in labels if label.startswith("inspections.")}
    assert LEFT_OUT.keys() <= labels | names


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: RectificationOrder.objects.update(closed_on=AWAY), id="the day of a lapse"),
        pytest.param(lambda: Bank.objects.update(may_apply_from=AWAY), id="the day of a bar"),
        pytest.param(_enter_later, id="the effective day of an entry"),
        pytest.param(lambda: Message.objects.latest("pk").delete(), id="a message"),
    ],
)
def test_control_difference_is_found(change: Callable[[], object]) -> None:
    def otherwise() -> None:
        once()
        change()

    assert differences(after(once), after(otherwise))


@pytest.mark.usefixtures("register")
def test_control_everything_fell_due_with_its_day_by_law() -> None:
    once()

    days = {entry.verb: entry.effective_on for entry in Entry.objects.filter(actor=None).order_by("pk")}
    assert {
        verb: days.get(verb) for verb in ("lapse", "open_exit_case", "lock_out", "release", "end_supplement")
    } == {
        "lapse": dt.date(2025, 9, 4),
        "open_exit_case": dt.date(2025, 9, 4),
        "lock_out": dt.date(2025, 8, 26),
        "release": dt.date(2025, 9, 11),
        "end_supplement": Application.objects.filter(supplement_requests__isnull=False)
        .values_list("supplement_requests__closed_on", flat=True)
        .get(),
    }
    accepted = Entry.objects.filter(verb="accept_application").order_by("effective_on")
    assert [entry.effective_on for entry in accepted] == [
        row.accepted_on for row in Application.objects.order_by("accepted_on")
    ]
    order = RectificationOrder.objects.exclude(determination=None).get()
    assert (order.state, order.closed_on) == (OrderState.LAPSED, dt.date(2025, 9, 4))
    assert ExitCase.objects.count() == 1
    assert sorted(Bank.objects.values_list("standing", flat=True)).count(Standing.LOCKED_OUT) == 1
    assert connection.in_atomic_block


def test_order_after_failing_years_bears_the_day_of_the_result(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    for year in (2023, 2024):
        rated(bank, year, FAILING, people)
    runner.run(on=AWAY)

    order, final = RectificationOrder.objects.get(), dt.date(2025, 3, 3)
    assert order.start_date == final
    begun = Entry.objects.filter(verb__in=("open_order", "put_under_rectification"))
    assert [entry.effective_on for entry in begun] == [final, final]
