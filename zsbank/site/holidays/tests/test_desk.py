"""Holidays at the desk: entered from a file with errors by row, the preview, and the confirmation."""

import html
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from banks.register.models import Bank
from inspections.rectification.tests.factories import ordered, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.states import HolidayState
from zsbank.base.cases.urls import action_page, case_page, list_action_page
from zsbank.site.holidays.actions import confirm_holidays, enter_holidays
from zsbank.site.holidays.tests.notices import content
from zsbank.site.holidays.tests.test_holidays import DETERMINED, LOADED

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def sent(client: Client, year: object, file: bytes | None) -> str:
    """Return the page after the form was sent."""
    given: dict[str, object] = {"year": year}
    if file is not None:
        given["file"] = SimpleUploadedFile("2027.csv", file, "text/csv")
    answer = client.post(list_action_page(HolidayYear, enter_holidays), given, follow=True)
    return html.unescape(answer.content.decode())


def test_file_with_wrong_rows_names_each_and_enters_nothing(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    page = sent(client, 2027, content() + "x,holiday,春节\r\n2027-02-13,y,春节\r\n".encode())

    assert "第 21 行" in page
    assert "第 22 行" in page
    assert not HolidayYear.objects.filter(year=2027).exists()


def test_package_without_the_year_is_said(client: Client, people: "People") -> None:
    client.force_login(people.intake)

    assert "已安装的软件包没有2099年的节假日" in sent(client, 2099, None)


@pytest.mark.parametrize("year", ["", "1", "二〇二七", "2026"])
def test_good_file_is_never_refused_for_the_year_beside_it(
    client: Client, people: "People", year: str
) -> None:
    client.force_login(people.intake)
    sent(client, year, content())

    assert HolidayYear.objects.to_be_confirmed().filter(year=2027).exists()


def test_neither_file_nor_year_is_asked_for(client: Client, people: "People") -> None:
    client.force_login(people.intake)

    assert "请选择通知文件，或填写年份。" in sent(client, "", None)


def test_year_is_entered_previewed_and_confirmed(
    client: Client, bank: Bank, clerk: User, people: "People"
) -> None:
    qualified(bank, people.decider)
    ordered(bank, people, on=DETERMINED)
    with clock.playing(LOADED):
        client.force_login(people.intake)
        sent(client, 2027, content())
        year = HolidayYear.objects.get(year=2027)
        client.force_login(people.decider)
        page = client.get(case_page(year)).content.decode()
        assert "2027-02-09" in page
        assert "2027-02-15" in page
        confirming = action_page(year, confirm_holidays)
        assert "2027-02-09 → 2027-02-15" in html.unescape(client.get(confirming).content.decode())
        assert str(year) in client.get(reverse("admin:index")).content.decode()
        client.post(confirming)

    year.refresh_from_db()
    assert (year.state, year.confirmed_by) == (HolidayState.IN_FORCE, people.decider)
    done = client.get(case_page(year)).content.decode()
    assert "2027-02-15" in done
    assert str(year.changes.get().letter) in done
