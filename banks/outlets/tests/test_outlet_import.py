"""An import saves nothing before confirmation, then all rows or all but those left out."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.models import Outlet, OutletImport
from banks.outlets.tests.sheets import csv, outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(bank: Bank, clerk: User) -> OutletImport:
    """An import of three rows: a new outlet, an existing name, and an error."""
    OutletFactory.create(bank=bank, name="示例旧支行", windows=1)
    content = xlsx(
        outlet(), outlet(名称="示例旧支行", 社保卡受理窗口数=4), outlet(名称="示例错支行", 镇街="无此镇")
    )
    return read_import(bank=bank, by=clerk, content=content, name="网点.xlsx")


def test_reading_saves_no_outlet(read: OutletImport) -> None:
    assert Outlet.objects.count() == 1
    assert [row["number"] for row in read.rows if row["errors"]] == [4]


def test_row_with_error_blocks_import_until_left_out(read: OutletImport, clerk: User) -> None:
    with pytest.raises(Incomplete, match="4"):
        import_outlets(read=read, by=clerk, left_out=[])
    assert Outlet.objects.count() == 1
    assert import_outlets(read=read, by=clerk, left_out=[4]) == (1, 1)
    assert dict(Outlet.objects.values_list("name", "windows")) == {"示例旧支行": 4, "示例小榄支行": 2}


def test_import_is_journalled_with_changes(read: OutletImport, clerk: User) -> None:
    import_outlets(read=read, by=clerk, left_out=[4])
    data = Entry.objects.get(verb="import_outlets").data
    assert (data["new"], data["left_out"], data["sha256"]) == (["示例小榄支行"], 1, read.sha256)
    assert data["changed"]["示例旧支行"]["windows"] == [1, 4]


def test_second_import_is_refused(read: OutletImport, clerk: User) -> None:
    stale = OutletImport.objects.get(pk=read.pk)
    import_outlets(read=read, by=clerk, left_out=[4])
    with pytest.raises(WrongState):
        import_outlets(read=stale, by=clerk, left_out=[4])
    assert Outlet.objects.count() == 2


def test_import_by_non_member_is_refused(
    read: OutletImport, bank: Bank, people: "People", stranger: User
) -> None:
    for person in (people.intake, stranger):
        with pytest.raises(NotAllowed):
            read_import(bank=bank, by=person, content=csv(outlet()), name="a.csv")
        with pytest.raises(NotAllowed):
            import_outlets(read=read, by=person, left_out=[4])


def test_import_without_remaining_rows_is_refused(bank: Bank, clerk: User) -> None:
    read = read_import(bank=bank, by=clerk, content=csv(outlet(镇街="无")), name="a.csv")
    with pytest.raises(Incomplete):
        import_outlets(read=read, by=clerk, left_out=[2])


# Pages ---------------------------------------------------------------------------------------------------------------


def upload(client: Client, content: bytes, name: str = "网点.xlsx") -> str:
    """Upload a file and follow to the next page."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("banks:import_upload"), {"file": file}, follow=True).content.decode()


def test_spreadsheet_is_imported_in_the_portal(client: Client, clerk: User, bank: Bank) -> None:
    client.force_login(clerk)
    page = upload(client, xlsx(outlet(社保卡受理窗口数="２"), outlet(名称="示例错支行", 镇街="无此镇")))
    assert "社保卡受理窗口数" in page
    assert "第 3 行" in page
    preview = reverse("banks:import", args=[OutletImport.objects.get().pk])
    held = client.post(preview, {}).content.decode()
    assert "示例错支行" in held
    assert not Outlet.objects.exists()
    client.post(preview, {"left_out": ["3"]}, follow=True)
    assert Outlet.objects.get().windows == 2
    assert "已保存" in client.get(preview).content.decode()


@pytest.mark.parametrize("content", [b"", b"MZ", b"PK\x03\x04", xlsx(outlet(社保卡受理窗口数="=1+1"))])
def test_file_error_is_shown_at_the_file_field(client: Client, clerk: User, content: bytes) -> None:
    client.force_login(clerk)
    assert 'role="alert"' in upload(client, content)
    assert not OutletImport.objects.exists()
    assert client.post(reverse("banks:import_upload")).status_code == 200


def test_other_banks_import_is_hidden(client: Client, read: OutletImport, stranger: User) -> None:
    client.force_login(stranger)
    theirs = client.get(reverse("banks:import", args=[read.pk]))
    nobodys = client.get(reverse("banks:import", args=[read.pk + 999]))
    assert theirs.status_code == nobodys.status_code == 404
    assert client.post(reverse("banks:import", args=[read.pk]), {"left_out": ["4"]}).status_code == 404


def test_only_rows_with_errors_can_be_left_out(client: Client, read: OutletImport, clerk: User) -> None:
    client.force_login(clerk)
    page = reverse("banks:import", args=[read.pk])
    for wrong in ("2", "\x00", "x", "-1"):
        assert client.post(page, {"left_out": [wrong]}).status_code == 200
    assert Outlet.objects.count() == 1


def test_templates_are_downloadable(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    for name in ("banks:import_template_xlsx", "banks:import_template_csv"):
        assert client.get(reverse(name)).headers["Content-Disposition"].startswith("attachment")


def test_import_has_constant_query_count(bank: Bank, clerk: User) -> None:
    counts = []
    for size in (4, 40):
        rows = [outlet(名称=f"示例{size}第{number}支行") for number in range(size)]
        read = read_import(bank=bank, by=clerk, content=csv(*rows), name="a.csv")
        with CaptureQueriesContext(connection) as queries:
            import_outlets(read=read, by=clerk, left_out=[])
        counts.append(len(queries))
    assert counts[0] == counts[1]
