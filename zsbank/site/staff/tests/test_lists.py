"""Lists of desk and portal take a constant number of queries."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from banks.outlets.models import Outlet
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from banks.register.terms import BankCategory
from banks.tests.factories import make_member
from exit.cases.models import ExitCase, Ground
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from inspections.assessments.models import Assessment
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.schemes.tests.factories import published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.journal import actions as journal
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)
DESK = (
    "/admin/",
    "/admin/banks/bank/",
    "/admin/banks/qualification/",
    "/admin/banks/outlet/",
    "/admin/admission/application/",
    "/admin/inspections/determination/",
    "/admin/inspections/rectificationorder/",
    "/admin/inspections/assessment/",
    "/admin/exit/exitcase/",
    "/admin/letters/letter/",
    "/admin/journal/entry/",
)
PORTAL = ("/", "/applications/", "/rectification/", "/assessments/", "/bank/letters/", "/bank/members/")
Grow = Callable[[int], None]


@pytest.fixture
def grow(edition: PolicyEdition, people: "People", bank: Bank, administrator: User) -> Grow:
    """Add `count` banks with one case of every kind, and as many cases for the given bank."""
    scheme = published(2025, [{"grade": "不合格", "from": "0"}])
    made = iter(range(10_000))

    def one(of: Bank | None) -> None:
        n = next(made)
        row = of or Bank.objects.create(
            name=f"示例银行{n}", uscc=f"TEST{n:014}", category=BankCategory.CITY, standing=Standing.QUALIFIED
        )
        held = Qualification.objects.create(
            bank=row,
            effective_from=dt.date(2023, 1, 3),
            cancelled_on=DAY if of else None,
            takeover_note="示例",
        )
        Outlet.objects.create(bank=row, name=f"示例支行{n}", town="小榄镇", address="示例路1号")
        state = (ApplicationState.UNDER_REVIEW, ApplicationState.RECOMMENDED, ApplicationState.SUBMITTED)[
            n % 3
        ]
        Application.objects.create(
            bank=row,
            edition=edition,
            case_number=f"ZR-{n}",
            state=ApplicationState.WITHDRAWN if of else state,
            closed_on=DAY if of else None,
            started_at=clock.now(),
            started_by=administrator,
            submitted_at=clock.now(),
            submitted_by=administrator,
            decide_by=DAY,
        )
        paper = StoredFile.objects.create(
            name="认定书.pdf",
            stored_name=f"{n:032}",
            kind=FileKind.PDF,
            size=1,
            sha256="0" * 64,
            at=clock.now(),
        )
        found = Determination.objects.create(
            bank=row,
            qualification=held,
            kind=DeterminationKind.CRITERIA_NOT_MET,
            determination_date=DAY,
            decided_by=people.decider,
            facts="停止受理。",
            document=paper,
            proposed_at=clock.now(),
            proposed_by=people.inspector,
            made_at=clock.now(),
            state=DeterminationState.MADE,
        )
        order = RectificationOrder.objects.create(
            bank=row,
            qualification=held,
            ground=OrderGround.DETERMINATION,
            determination=found,
            state=(OrderState.OPEN, OrderState.REPORTED, OrderState.LAPSED)[n % 3],
            start_date=DAY,
            raw_due_date=dt.date(2026, 9, 2),
            due_date=dt.date(2026, 9, 2),
            limit_day=dt.date(2026, 9, 2),
        )
        Assessment.objects.create(
            bank=row,
            qualification=held,
            scheme=scheme,
            year=2025,
            score=50,
            grade="不合格",
            recorded_by=people.assessor,
        )
        case = ExitCase.objects.create(
            bank=row,
            qualification=held,
            case_number=f"TC-{n}",
            state=ExitState.WITHDRAWN if of else (ExitState.OPENED, ExitState.PROPOSED)[n % 2],
            opened_at=clock.now(),
            proposed_by=people.inspector,
        )
        Ground.objects.create(
            case=case,
            kind=ExitGround.RECTIFICATION_FAILED,
            statement="逾期未完成整改。",
            order=order,
            joined_at=clock.now(),
        )
        Letter.objects.create(
            kind="rectification_order",
            mark="函",
            year=2026,
            number=n + 1,
            title="关于整改的函",
            addressee=row.name,
            uscc=row.uscc,
            issue_date=DAY,
            signed_by=people.decider,
            case_type="test",
            case_id=n,
            data={},
        )
        journal.record(verb=Verb.OPEN_ORDER, by=None, subject=case, uscc=row.uscc, to_state=case.state)
        if of:
            make_member(row, f"clerk-{n}", Role.BANK_CLERK)

    def more(count: int) -> None:
        for _n in range(count):
            one(None)
            one(bank)

    return more


def _cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200, path
    return len(seen)


def test_desk_lists_take_constant_queries(client: Client, people: "People", grow: Grow) -> None:
    grow(3)
    person = people.reviewer
    person.groups.set([*people.decider.groups.all(), *people.inspector.groups.all(), *person.groups.all()])
    client.force_login(person)
    few = {path: _cost(client, path) for path in DESK}
    grow(50)
    assert {path: _cost(client, path) for path in DESK} == few


def test_portal_lists_take_constant_queries(client: Client, administrator: User, grow: Grow) -> None:
    grow(9)
    client.force_login(administrator)
    few = {path: _cost(client, path) for path in PORTAL}
    grow(50)
    assert {path: _cost(client, path) for path in PORTAL} == few
