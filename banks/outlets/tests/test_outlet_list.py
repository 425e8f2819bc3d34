"""The list of outlets: found in any spelling, sorted by the numbers in names, with what falls short."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.models import Outlet
from banks.outlets.names import name_key, name_order
from banks.outlets.queries import listed
from banks.outlets.rules import falling_short
from banks.outlets.terms import CardService
from banks.outlets.tests.sheets import outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User

LIST = "banks:outlets"
Shown = Callable[..., list[str]]


@pytest.fixture
def shown(client: Client, clerk: User, bank: Bank) -> Shown:
    """The names that the list shows, for these parameters of its address."""
    client.force_login(clerk)

    def names(**parameters: str | int) -> list[str]:
        answer = client.get(reverse(LIST), parameters)
        assert answer.status_code == 200
        return [one.outlet.name for one in answer.context["rows"]]

    return names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例（小榄）支行", "示例(小榄)支行"),
        ("示例【小榄】支行", "示例〔小榄〕支行"),
        ("示例ＡＢ１支行", "示例ab1支行"),
        ("示例 小榄　支行", "示例小榄支行"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("other", ["示例小榄支行", "示例（小榄）第1支行", "示例（古镇）支行"])
def test_another_name_is_another_name(other: str) -> None:
    assert name_key("示例（小榄）支行") != name_key(other)


@pytest.mark.parametrize(
    "names",
    [
        ["第1支行", "第2支行", "第9支行", "第10支行", "第11支行", "第100支行"],
        ["第一支行", "第二支行", "第九支行", "第十支行", "第十一支行", "第二十支行", "第一百零二支行"],
        ["支行２", "支行10"],
    ],
)
def test_names_sort_by_the_numbers_in_them(names: list[str]) -> None:
    turned = [*reversed(names)]
    assert sorted(turned, key=name_order) == names


@pytest.mark.django_db
def test_the_list_is_in_the_order_of_numbers(bank: Bank, shown: Shown) -> None:
    for number in (10, 2, 1, 11, 9):
        OutletFactory.create(bank=bank, name=f"示例第{number}支行")
    assert shown() == [f"示例第{number}支行" for number in (1, 2, 9, 10, 11)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "search",
    ["(小榄)", "（小榄）", "〔小榄〕", "小榄 甲路", "甲路８号", "甲路8号", "zhaa", "ＺＨＡＡ", "8888"],
)
def test_an_outlet_is_found_in_any_spelling(bank: Bank, shown: Shown, search: str) -> None:
    OutletFactory.create(
        bank=bank,
        name="示例（小榄）支行",
        address="甲路8号",
        uscc="91442000ZHAA00001X",
        phone="0760-88880000",
    )
    OutletFactory.create(
        bank=bank, name="示例古镇支行", address="乙路9号", uscc="", license_institution_code=""
    )
    assert shown(q=search) == ["示例（小榄）支行"]


@pytest.mark.django_db
def test_only_those_that_fall_short_are_shown_with_the_reason(
    bank: Bank, client: Client, shown: Shown
) -> None:
    OutletFactory.create(bank=bank, name="示例甲支行")
    OutletFactory.create(bank=bank, name="示例乙支行", windows=0, opening_hours="")
    assert shown(short=1) == ["示例乙支行"]
    page = client.get(reverse(LIST), {"short": 1}).content.decode()
    assert "没有受理窗口" in page
    assert "没有公告服务时间" in page


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["uscc", "license_institution_code"])
def test_a_code_that_two_outlets_have_falls_short_at_both(bank: Bank, shown: Shown, field: str) -> None:
    first = OutletFactory.create(bank=bank, name="示例甲支行")
    OutletFactory.create(bank=bank, name="示例乙支行", **{field: getattr(first, field)})
    OutletFactory.create(bank=bank, name="示例丙支行")
    assert set(shown(short=1)) == {"示例甲支行", "示例乙支行"}


@pytest.mark.django_db
def test_a_code_of_another_bank_is_told_to_no_bank(
    bank: Bank, other_bank: Bank, client: Client, clerk: User
) -> None:
    theirs = OutletFactory.create(bank=other_bank)
    client.force_login(clerk)
    typed = {"town": "小榄镇", "address": "示例路1号", "windows": "1", "trained_staff": "1"}
    pages = []
    for uscc in (theirs.uscc, OutletFactory.build().uscc):
        client.post(reverse("banks:new_outlet"), typed | {"name": "示例支行", "uscc": uscc})
        row = bank.outlets.get()
        pages.append(
            (
                client.get(reverse(LIST)).content.decode().replace(uscc, ""),
                client.get(reverse("banks:outlet", args=[row.pk])).context["form"]["uscc"].help_text,
            )
        )
        row.delete()
    assert [one.short for one in listed(bank, bank.outlets.all())] == []
    assert pages[0][1] == pages[1][1]
    assert [page.count("相同") for page, _hint in pages] == [0, 0]


@pytest.mark.django_db
def test_who_enters_a_code_that_another_outlet_of_the_bank_has_is_told(
    bank: Bank, client: Client, clerk: User
) -> None:
    first = OutletFactory.create(bank=bank, name="示例甲支行")
    client.force_login(clerk)
    typed = {
        "name": "示例乙支行",
        "town": "小榄镇",
        "address": "示例路1号",
        "windows": "1",
        "trained_staff": "1",
    }
    page = client.post(
        reverse("banks:new_outlet"), typed | {"uscc": first.uscc}, follow=True
    ).content.decode()
    assert "示例甲支行”的统一社会信用代码相同" in page
    opened = client.get(
        reverse("banks:outlet", args=[bank.outlets.get(name="示例乙支行").pk])
    ).content.decode()
    assert "示例甲支行”的统一社会信用代码相同" in opened


@pytest.mark.django_db
def test_one_name_in_another_spelling_is_refused_with_what_was_typed(
    bank: Bank, client: Client, clerk: User
) -> None:
    OutletFactory.create(bank=bank, name="示例（小榄）支行")
    client.force_login(clerk)
    typed = {
        "name": "示例(小榄)支行",
        "town": "小榄镇",
        "address": "示例路1号",
        "windows": "1",
        "trained_staff": "1",
    }
    page = client.post(reverse("banks:new_outlet"), typed).content.decode()
    assert "示例路1号" in page
    assert bank.outlets.count() == 1


@pytest.mark.django_db
def test_the_pages_can_be_turned_to_first_and_last_with_what_was_searched(
    bank: Bank, client: Client, shown: Shown
) -> None:
    OutletFactory.create_batch(460, bank=bank)
    assert len(shown(page=10)) == 10
    page = client.get(f"{reverse(LIST)}?q=示例&page=5").content.decode()
    for number in (1, 3, 4, 6, 7, 10):
        assert f"q=%E7%A4%BA%E4%BE%8B&amp;page={number}" in page
    assert 'aria-current="page">5' in page


@pytest.mark.django_db
def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    bank: Bank, client: Client, clerk: User
) -> None:
    client.force_login(clerk)
    counts = []
    for _round in range(2):
        OutletFactory.create_batch(60, bank=bank)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{reverse(LIST)}?q=支行&short=1")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "parameters", [{"q": "\x00"}, {"q": "长" * 200}, {"page": "x", "short": "x"}, {"q": "%"}]
)
def test_an_odd_address_is_a_page(shown: Shown, parameters: dict[str, str]) -> None:
    assert shown(**parameters) == []


@pytest.mark.django_db
def test_the_database_finds_the_same_short_outlets_as_the_rule(bank: Bank) -> None:
    twice = OutletFactory.create(bank=bank)
    services = [service.value for service in CardService]
    others: list[dict[str, Any]] = [
        {},
        {"uscc": ""},
        {"uscc": twice.uscc},
        {"uscc": bank.uscc},
        {"license_institution_code": ""},
        {"license_institution_code": twice.license_institution_code},
        {"license_institution_code": bank.license_institution_code},
        {"open_for_card_business": False},
        {"windows": 0},
        {"trained_staff": 0},
        {"opening_hours": ""},
        {"services": []},
        {"services": services[::-1]},
        *({"services": [one for one in services if one != left]} for left in services),
    ]
    for other in others:
        OutletFactory.create(bank=bank, **other)
    by_rule = {one.outlet for one in listed(bank, bank.outlets.all()) if one.short}
    assert set(falling_short(bank, Outlet.objects.filter(bank=bank))) == by_rule
    assert 0 < len(by_rule) < bank.outlets.count()


@pytest.mark.django_db
def test_a_search_looks_through_what_an_import_changed(bank: Bank, clerk: User, shown: Shown) -> None:
    OutletFactory.create(bank=bank, name="示例小榄支行")
    read = read_import(bank=bank, by=clerk, content=xlsx(outlet(地址="改名路3号")), name="网点.xlsx")
    import_outlets(read=read, by=clerk, left_out=[])
    assert shown(q="改名路") == ["示例小榄支行"]
