"""Import of outlets: saved after the preview, all rows or all but those with errors."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.outlets.actions.imports import import_outlets, name_columns, read_import
from banks.outlets.actions.outlets import save_outlet
from banks.outlets.columns import COLUMNS
from banks.outlets.data import OutletData
from banks.outlets.models import Outlet, OutletImport
from banks.outlets.tests.sheets import csv, outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def test_reading_saves_no_outlet(read: OutletImport) -> None:
    assert Outlet.objects.count() == 1
    assert [row["number"] for row in read.rows if row["errors"]] == [4]


def test_row_with_error_blocks_import_until_left_out(read: OutletImport, clerk: User) -> None:
    with pytest.raises(Incomplete, match="4"):
        import_outlets(read=read, by=clerk, left_out=[])
    assert Outlet.objects.count() == 1
    assert import_outlets(read=read, by=clerk, left_out=[4]) == (1, 1)
    assert dict(Outlet.objects.values_list("name", "windows")) == {"示例旧支行": 4, "示例小榄支行": 2}


def test_journal_lists_changed_fields(read: OutletImport, clerk: User) -> None:
    import_outlets(read=read, by=clerk, left_out=[4])
    data = Entry.objects.get(verb="import_outlets").data
    assert (data["new"], data["left_out"], data["sha256"]) == (["示例小榄支行"], 1, read.sha256)
    assert data["changed"]["示例旧支行"]["windows"] == [1, 4]


def test_second_import_saves_nothing(read: OutletImport, clerk: User) -> None:
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
        with pytest.raises(NotAllowed):
            name_columns(read=read, by=person, header=1, columns=list(COLUMNS.values()))


def test_import_without_rows_is_refused(bank: Bank, clerk: User) -> None:
    read = read_import(bank=bank, by=clerk, content=csv(outlet(镇街="无")), name="a.csv")
    with pytest.raises(Incomplete):
        import_outlets(read=read, by=clerk, left_out=[2])


# What is stored stays unless the file says otherwise ------------------------------------------------------------------


def saved(bank: Bank, clerk: User, content: bytes) -> Outlet:
    """Return the one outlet of a bank after an import."""
    read = read_import(bank=bank, by=clerk, content=content, name="网点.xlsx")
    import_outlets(read=read, by=clerk, left_out=[])
    return bank.outlets.get()


BLANK = dict.fromkeys(list(COLUMNS)[1:], "")


@pytest.mark.parametrize("column", [*list(COLUMNS)[1:], "all"])
def test_blank_cell_keeps_stored_value(bank: Bank, clerk: User, column: str) -> None:
    before = OutletFactory.create(bank=bank, name="示例小榄支行", phone="0760-88880001")
    blank = BLANK if column == "all" else {column: ""}
    same = {"地址": before.address, "统一社会信用代码": before.uscc} | {
        "金融许可证机构编码": before.license_institution_code,
        "社保卡受理窗口数": before.windows,
        "联系电话": before.phone,
    }
    after = saved(bank, clerk, xlsx(outlet(**(same | blank))))
    assert {**vars(after), "_state": None} == {**vars(before), "_state": None}
    assert Entry.objects.get(verb="import_outlets").data["changed"] == {}


def test_missing_column_keeps_stored_value(bank: Bank, clerk: User) -> None:
    before = OutletFactory.create(bank=bank, name="示例小榄支行")
    after = saved(bank, clerk, xlsx(["示例小榄支行", 9], header=["网点名称", "窗口数"]))
    assert after.windows == 9
    assert (after.uscc, after.services, after.town) == (before.uscc, before.services, before.town)


@pytest.mark.parametrize("mark", ["—", "清空", "无", "-", "/"])
def test_clear_mark_erases_stored_value(bank: Bank, clerk: User, mark: str) -> None:
    OutletFactory.create(bank=bank, name="示例小榄支行", phone="0760-88880001")
    cleared = ("统一社会信用代码", "金融许可证机构编码", "公告服务时间", "提供的服务", "联系电话")
    after = saved(bank, clerk, xlsx(outlet(**dict.fromkeys(cleared, mark))))
    assert [getattr(after, COLUMNS[column]) for column in cleared] == ["", "", "", [], ""]


@pytest.mark.parametrize(
    "name", ["示例(小榄)支行", "示例（小榄）支行", "示例【小榄】支行", "示例（小榄） 支行"]
)
def test_name_in_another_spelling_is_same_outlet(bank: Bank, clerk: User, name: str) -> None:
    OutletFactory.create(bank=bank, name="示例（小榄）支行")
    after = saved(bank, clerk, xlsx(outlet(名称=name, 社保卡受理窗口数=7)))
    assert (after.name, after.windows) == ("示例（小榄）支行", 7)


def test_outlet_changed_since_preview_is_not_overwritten(
    client: Client, read: OutletImport, bank: Bank, clerk: User
) -> None:
    client.force_login(clerk)
    page = reverse("banks:import", args=[read.pk])
    seen = client.get(page).context["seen"]
    stored = bank.outlets.get()
    data = OutletData(stored.name, "古镇镇", "示例路2号", windows=5, trained_staff=3)
    save_outlet(bank=bank, outlet=stored, data=data, by=clerk)
    with pytest.raises(EditConflict):
        import_outlets(read=read, by=clerk, left_out=[4], seen=seen)
    again = client.post(page, {"seen": seen, "leave_out_wrong": "1"})
    assert "网点列表已有变化" in again.content.decode()
    client.post(page, {"seen": again.context["seen"], "leave_out_wrong": "1"})
    assert bank.outlets.get(name=stored.name).windows == 4


# In the pages ---------------------------------------------------------------------------------------------------------
