"""A bank finds what it sees, by any spelling of its number, and nothing of another bank."""

import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from admission.applications.models import Application
from banks.outlets.models import Outlet
from banks.register.models import Bank
from inspections.complaints.tests.factories import entered
from inspections.visits.actions.planning import plan_inspection
from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
RESULT = re.compile(r'<a class="whole" href="([^"]+)">([^<]+)</a>')


def found(client: Client, query: str) -> dict[str, str]:
    """Return the results' titles by address."""
    page = client.get(f"/search/?q={quote(query)}")
    assert page.status_code == 200
    return {address: title.strip() for address, title in RESULT.findall(page.content.decode())}


@pytest.fixture
def clerk(world: World) -> Client:
    return client_of(world.clerk)


def test_application_is_found_in_any_spelling(world: World, clerk: Client) -> None:
    one = Application.objects.filter(bank__members__user=world.clerk).latest("pk")
    year, number = one.case_number.split("-")[1:]
    for query in (one.case_number, one.case_number.lower(), f"{year}-{int(number)}", f"{year} {int(number)}"):
        assert f"/applications/{one.pk}/" in found(clerk, query), query
    full_width = one.case_number.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-ZR"})
    assert f"/applications/{one.pk}/" in found(clerk, full_width)


def test_letter_and_outlet_are_found_by_number_and_name(world: World, clerk: Client) -> None:
    bank = Bank.objects.get(members__user=world.clerk)
    letter = Letter.objects.filter(uscc=bank.uscc).latest("pk")
    year, number = letter.year, letter.number
    for query in (f"〔{year}〕{number}号", f"[{year}]{number}", f"{year}年{number}号"):
        assert any(f"〔{year}〕{number}号" in title for title in found(clerk, query).values()), query
    outlet = Outlet.objects.filter(bank=bank).latest("pk")
    assert f"/bank/outlets/{outlet.pk}/" in found(clerk, outlet.name[-3:])


def test_every_result_opens(clerk: Client) -> None:
    opened = 0
    for query in ("2026", "ZR-", "TC-", "函", "支行", "1号"):
        for address in found(clerk, query):
            page = clerk.get(address)
            assert page.status_code == 200, f"{query}: {address}"
            if page.streaming:
                page.getvalue()
            opened += 1
    assert opened > 5


def test_what_the_bank_may_not_know_of_is_neither_found_nor_opened_nor_read(
    world: World, clerk: Client
) -> None:
    own, today = Bank.objects.get(members__user=world.clerk), clock.today()
    inspector = world.staff[Role.INSPECTOR]
    complaint = entered(own, inspector, on=today, received_on=today, reference="DH1")
    unannounced = plan_inspection(
        bank=own,
        by=inspector,
        visit_day=today,
        outlets=list(own.outlets.all()[:1]),
        led_by=inspector,
        accompanied_by=world.staff[Role.REVIEWER],
        purpose="核实窗口停办情况。",
        planned=False,
        announced=False,
    )
    for row, path in ((complaint, "complaints"), (unannounced, "inspections")):
        assert found(clerk, row.case_number) == {}
        assert clerk.get(f"/{path}/{row.pk}/").status_code == 404
        assert clerk.get(f"/api/v1/{path}/{row.pk}/").status_code == 404
        assert client_of(inspector).get(f"/api/v1/{path}/{row.pk}/").status_code == 200


def test_nothing_of_another_bank_is_found(world: World, clerk: Client) -> None:
    own = Bank.objects.get(members__user=world.clerk)
    for one in Application.objects.exclude(bank=own):
        assert found(clerk, one.case_number) == {}
    for letter in Letter.objects.exclude(uscc=own.uscc):
        assert f"/bank/letters/{letter.pk}/?look" not in found(clerk, f"{letter.year}-{letter.number}")
    for outlet in Outlet.objects.exclude(bank=own):
        assert f"/bank/outlets/{outlet.pk}/" not in found(clerk, outlet.name)


def test_bank_name_finds_nothing_by_itself(world: World, clerk: Client) -> None:
    """Every case has it; only what bears it in its own name or title is a result."""
    bank = Bank.objects.get(members__user=world.clerk)
    titles = {f"/applications/{one.pk}/" for one in Application.objects.filter(bank=bank)}
    assert not titles & found(clerk, bank.name).keys()


def test_many_rows_are_cut_and_led_on_to(
    world: World, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bank = Bank.objects.get(members__user=world.clerk)
    for number in range(30):
        Outlet.objects.create(bank=bank, name=f"分理处{number}", town="石岐街道", address="示例路1号")
    with django_assert_max_num_queries(30):
        page = clerk.get("/search/?q=分理处").content.decode()
    assert len(RESULT.findall(page)) == 6
    assert f"/bank/outlets/?q={quote('分理处')}" in page


@pytest.mark.parametrize("query", ["", "   ", "\x00", "甲" * 2000, "不存在的东西", "%", "'", "(" * 50])
def test_what_finds_nothing_is_said(clerk: Client, query: str) -> None:
    assert found(clerk, query) == {}


def test_more_applications_than_are_shown_are_led_on_to(world: World, clerk: Client) -> None:
    like = Application.objects.filter(bank__members__user=world.clerk).latest("pk")
    for number in range(8):
        Application.objects.create(
            bank=like.bank,
            edition=like.edition,
            started_at=like.started_at,
            started_by=like.started_by,
            case_number=f"ZR-2031-{number:04}",
            state="withdrawn",
            closed_on=dt.date(2031, 1, 6),
        )
    page = clerk.get("/search/?q=ZR-2031").content.decode()
    assert len(RESULT.findall(page)) == 6
    assert re.search(r'<a class="small" href="/applications/">', page)
