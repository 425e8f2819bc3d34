"""Import of outlets in the portal: questions, preview, errors, queries."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.columns import COLUMNS
from banks.outlets.models import KnownColumn, Outlet, OutletImport
from banks.outlets.tests.sheets import csv, outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.refusals import Incomplete

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
OTHER_TITLES = ["甲", *list(COLUMNS)[1:]]


def test_unknown_title_is_asked_once_per_bank(
    client: Client, clerk: User, bank: Bank, other_bank: Bank
) -> None:
    client.force_login(clerk)
    content = xlsx(outlet(), header=OTHER_TITLES)
    asked = upload(client, content)
    assert asked.redirect_chain[-1][0].endswith("/columns/")
    page = asked.content.decode()
    assert "没有找到：名称" in page
    assert "示例小榄支行" in page
    choice = {f"column_{place}": name for place, name in enumerate(COLUMNS.values(), start=1)}
    looked = client.post(asked.redirect_chain[-1][0], choice | {"header": "1"}, follow=True)
    assert "示例小榄支行" in looked.content.decode()
    assert not upload(client, content).redirect_chain[-1][0].endswith("/columns/")
    assert set(KnownColumn.objects.values_list("bank", flat=True)) == {bank.pk}


@pytest.mark.parametrize(("columns", "why"), [([""] * 11, "名称"), (["name", "name", *[""] * 9], "一列")])
def test_impossible_columns_are_refused_keeping_choice(
    client: Client, clerk: User, columns: list[str], why: str
) -> None:
    client.force_login(clerk)
    address = upload(client, xlsx(outlet(), header=OTHER_TITLES)).redirect_chain[-1][0]
    choice = {f"column_{place}": name for place, name in enumerate(columns, start=1)}
    answer = client.post(address, choice | {"header": "1"})
    assert why in answer.content.decode()
    assert [field.value() for _column, field in answer.context["form"].rows] == columns


def test_row_of_titles_is_chosen_or_declared_absent(client: Client, clerk: User, bank: Bank) -> None:
    client.force_login(clerk)
    address = upload(client, xlsx(outlet(), header=["甲", "乙", "丙"])).redirect_chain[-1][0]
    assert client.get(address, {"header": "2"}).context["header"] == 2
    choice = {f"column_{place}": name for place, name in enumerate(COLUMNS.values(), start=1)}
    client.post(address, choice | {"header": "0"})
    rows = OutletImport.objects.get().rows
    assert [row["data"].get("name") for row in rows] == ["甲", "示例小榄支行"]
    assert not KnownColumn.objects.exists()


def test_unknown_columns_block_import(client: Client, clerk: User, bank: Bank) -> None:
    client.force_login(clerk)
    upload(client, xlsx(outlet(), header=OTHER_TITLES))
    read = OutletImport.objects.get()
    assert client.get(reverse("banks:import", args=[read.pk])).status_code == 302
    with pytest.raises(Incomplete):
        import_outlets(read=read, by=clerk, left_out=[])


def upload(client: Client, content: bytes, name: str = "网点.xlsx") -> Any:
    """Upload a file and return the next page."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("banks:import_upload"), {"file": file}, follow=True)


def test_file_is_imported_in_the_portal(client: Client, clerk: User, bank: Bank) -> None:
    client.force_login(clerk)
    content = xlsx(outlet(社保卡受理窗口数="２"), outlet(名称="示例错支行", 镇街="无此镇"))
    page = upload(client, content).content.decode()
    assert "全角" in page
    assert "B3“无此镇”" in page
    preview = reverse("banks:import", args=[OutletImport.objects.get().pk])
    held = client.post(preview, {}).content.decode()
    assert "示例错支行" in held
    assert not Outlet.objects.exists()
    client.post(preview, {"leave_out_wrong": "1"}, follow=True)
    assert Outlet.objects.get().windows == 2
    assert "已保存" in client.get(preview).content.decode()


def test_preview_shows_old_and_new_values(client: Client, read: OutletImport, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get(reverse("banks:import", args=[read.pk]), {"show": "changed"})
    [row] = answer.context["rows"]
    fields = {field.title: (field.was, field.now) for field in row.fields}
    assert set(fields) == set(COLUMNS) - {"名称"}
    assert fields["社保卡受理窗口数"] == ("1", "4")
    assert fields["镇街"] == (None, "小榄镇")
    assert "<del>" in answer.content.decode()


def test_preview_has_pages_and_filter_of_errors(client: Client, bank: Bank, clerk: User) -> None:
    client.force_login(clerk)
    rows = [outlet(名称=f"示例{number}支行", 镇街="无" if number % 2 else "小榄镇") for number in range(240)]
    upload(client, xlsx(*rows))
    preview = reverse("banks:import", args=[OutletImport.objects.get().pk])
    seen = [row.number for page in range(1, 6) for row in client.get(preview, {"page": page}).context["rows"]]
    assert seen == list(range(2, 242))
    wrong = client.get(preview, {"show": "wrong", "page": "3"})
    assert len(wrong.context["rows"]) == 20
    assert "show=wrong&amp;page=2" in wrong.content.decode()
    assert "略过全部有误的行，保存其余 120 个网点" in wrong.content.decode()


def test_repeated_code_is_hinted_at_and_saved(client: Client, bank: Bank, clerk: User) -> None:
    client.force_login(clerk)
    page = upload(client, xlsx(outlet(), outlet(名称="示例二支行"))).content.decode()
    assert "与“示例二支行”的统一社会信用代码相同" in page
    client.post(reverse("banks:import", args=[OutletImport.objects.get().pk]))
    assert bank.outlets.count() == 2


@pytest.mark.parametrize("content", [b"", b"MZ", b"PK\x03\x04", xlsx()])
def test_bad_file_is_refused_at_its_field(client: Client, clerk: User, content: bytes) -> None:
    client.force_login(clerk)
    assert 'role="alert"' in upload(client, content).content.decode()
    assert not OutletImport.objects.exists()
    assert client.post(reverse("banks:import_upload")).status_code == 200


def test_other_banks_import_is_not_found(client: Client, read: OutletImport, stranger: User) -> None:
    client.force_login(stranger)
    for name in ("banks:import", "banks:import_columns"):
        theirs = client.get(reverse(name, args=[read.pk]))
        nobodys = client.get(reverse(name, args=[read.pk + 999]))
        assert theirs.status_code == nobodys.status_code == 404
        assert client.post(reverse(name, args=[read.pk]), {"leave_out_wrong": "1"}).status_code == 404


@pytest.mark.parametrize("show", ["", "wrong", "x", "\x00"])
@pytest.mark.parametrize("page", ["2", "0", "x", "\x00", "99999999999999999999"])
def test_preview_accepts_invalid_parameters(
    client: Client, read: OutletImport, clerk: User, show: str, page: str
) -> None:
    client.force_login(clerk)
    assert (
        client.get(reverse("banks:import", args=[read.pk]), {"show": show, "page": page}).status_code == 200
    )


def test_templates_are_downloaded(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    for name in ("banks:import_template_xlsx", "banks:import_template_csv"):
        assert client.get(reverse(name)).headers["Content-Disposition"].startswith("attachment")


def test_saving_takes_constant_queries(bank: Bank, clerk: User) -> None:
    counts = []
    for size in (4, 40):
        rows = [outlet(名称=f"示例{size}第{number}支行") for number in range(size)]
        read = read_import(bank=bank, by=clerk, content=csv(*rows), name="a.csv")
        with CaptureQueriesContext(connection) as queries:
            import_outlets(read=read, by=clerk, left_out=[])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_preview_takes_constant_queries(client: Client, bank: Bank, clerk: User) -> None:
    client.force_login(clerk)
    counts = []
    for size in (4, 40):
        OutletFactory.create_batch(size, bank=bank)
        rows = [outlet(名称=f"示例{size}第{number}支行") for number in range(size)]
        read = read_import(bank=bank, by=clerk, content=csv(*rows), name="a.csv")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("banks:import", args=[read.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
