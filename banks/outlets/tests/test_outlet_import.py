"""Nothing is saved before the person has looked; then all of it, or all but the rows with errors."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.outlets.actions.imports import import_outlets, name_columns, read_import
from banks.outlets.actions.outlets import save_outlet
from banks.outlets.columns import COLUMNS
from banks.outlets.data import OutletData
from banks.outlets.models import KnownColumn, Outlet, OutletImport
from banks.outlets.tests.sheets import csv, outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
OTHER_TITLES = ["甲", *list(COLUMNS)[1:]]


@pytest.fixture
def read(bank: Bank, clerk: User) -> OutletImport:
    """Three rows: one new, one of a name that is there, one with an error."""
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


def test_the_record_says_what_changed(read: OutletImport, clerk: User) -> None:
    import_outlets(read=read, by=clerk, left_out=[4])
    data = Entry.objects.get(verb="import_outlets").data
    assert (data["new"], data["left_out"], data["sha256"]) == (["示例小榄支行"], 1, read.sha256)
    assert data["changed"]["示例旧支行"]["windows"] == [1, 4]


def test_a_second_time_saves_nothing(read: OutletImport, clerk: User) -> None:
    stale = OutletImport.objects.get(pk=read.pk)
    import_outlets(read=read, by=clerk, left_out=[4])
    with pytest.raises(WrongState):
        import_outlets(read=stale, by=clerk, left_out=[4])
    assert Outlet.objects.count() == 2


def test_who_does_not_act_for_the_bank_imports_nothing(
    read: OutletImport, bank: Bank, people: "People", stranger: User
) -> None:
    for person in (people.intake, stranger):
        with pytest.raises(NotAllowed):
            read_import(bank=bank, by=person, content=csv(outlet()), name="a.csv")
        with pytest.raises(NotAllowed):
            import_outlets(read=read, by=person, left_out=[4])
        with pytest.raises(NotAllowed):
            name_columns(read=read, by=person, header=1, columns=list(COLUMNS.values()))


def test_nothing_left_is_nothing_saved(bank: Bank, clerk: User) -> None:
    read = read_import(bank=bank, by=clerk, content=csv(outlet(镇街="无")), name="a.csv")
    with pytest.raises(Incomplete):
        import_outlets(read=read, by=clerk, left_out=[2])


# What is stored stays unless the file says otherwise ------------------------------------------------------------------


def saved(bank: Bank, clerk: User, content: bytes) -> Outlet:
    """The one outlet of a bank after an import."""
    read = read_import(bank=bank, by=clerk, content=content, name="网点.xlsx")
    import_outlets(read=read, by=clerk, left_out=[])
    return bank.outlets.get()


BLANK = dict.fromkeys(list(COLUMNS)[1:], "")


@pytest.mark.parametrize("column", [*list(COLUMNS)[1:], "all"])
def test_a_blank_cell_leaves_what_is_stored(bank: Bank, clerk: User, column: str) -> None:
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


def test_a_column_that_is_not_there_leaves_what_is_stored(bank: Bank, clerk: User) -> None:
    before = OutletFactory.create(bank=bank, name="示例小榄支行")
    after = saved(bank, clerk, xlsx(["示例小榄支行", 9], header=["网点名称", "窗口数"]))
    assert after.windows == 9
    assert (after.uscc, after.services, after.town) == (before.uscc, before.services, before.town)


@pytest.mark.parametrize("mark", ["—", "清空", "无", "-", "/"])
def test_a_mark_clears_what_is_stored(bank: Bank, clerk: User, mark: str) -> None:
    OutletFactory.create(bank=bank, name="示例小榄支行", phone="0760-88880001")
    cleared = ("统一社会信用代码", "金融许可证机构编码", "公告服务时间", "提供的服务", "联系电话")
    after = saved(bank, clerk, xlsx(outlet(**dict.fromkeys(cleared, mark))))
    assert [getattr(after, COLUMNS[column]) for column in cleared] == ["", "", "", [], ""]


@pytest.mark.parametrize(
    "name", ["示例(小榄)支行", "示例（小榄）支行", "示例【小榄】支行", "示例（小榄） 支行"]
)
def test_a_name_in_another_spelling_is_the_same_outlet(bank: Bank, clerk: User, name: str) -> None:
    OutletFactory.create(bank=bank, name="示例（小榄）支行")
    after = saved(bank, clerk, xlsx(outlet(名称=name, 社保卡受理窗口数=7)))
    assert (after.name, after.windows) == ("示例（小榄）支行", 7)


def test_an_outlet_that_changed_since_the_person_looked_is_not_overwritten(
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


# Which column is which ------------------------------------------------------------------------------------------------


def test_what_a_title_means_is_asked_once_and_remembered_for_the_bank(
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
def test_columns_that_cannot_be_are_refused_with_what_was_chosen(
    client: Client, clerk: User, columns: list[str], why: str
) -> None:
    client.force_login(clerk)
    address = upload(client, xlsx(outlet(), header=OTHER_TITLES)).redirect_chain[-1][0]
    choice = {f"column_{place}": name for place, name in enumerate(columns, start=1)}
    answer = client.post(address, choice | {"header": "1"})
    assert why in answer.content.decode()
    assert [field.value() for _column, field in answer.context["form"].rows] == columns


def test_titles_in_another_row_and_no_titles_at_all_can_be_said(
    client: Client, clerk: User, bank: Bank
) -> None:
    client.force_login(clerk)
    address = upload(client, xlsx(outlet(), header=["甲", "乙", "丙"])).redirect_chain[-1][0]
    assert client.get(address, {"header": "2"}).context["header"] == 2
    choice = {f"column_{place}": name for place, name in enumerate(COLUMNS.values(), start=1)}
    client.post(address, choice | {"header": "0"})
    rows = OutletImport.objects.get().rows
    assert [row["data"].get("name") for row in rows] == ["甲", "示例小榄支行"]
    assert not KnownColumn.objects.exists()


def test_nothing_is_saved_while_columns_are_not_known(client: Client, clerk: User, bank: Bank) -> None:
    client.force_login(clerk)
    upload(client, xlsx(outlet(), header=OTHER_TITLES))
    read = OutletImport.objects.get()
    assert client.get(reverse("banks:import", args=[read.pk])).status_code == 302
    with pytest.raises(Incomplete):
        import_outlets(read=read, by=clerk, left_out=[])


# In the pages ---------------------------------------------------------------------------------------------------------


def upload(client: Client, content: bytes, name: str = "网点.xlsx") -> Any:
    """Upload a file, and give the page that follows."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("banks:import_upload"), {"file": file}, follow=True)


def test_from_the_file_to_the_list(client: Client, clerk: User, bank: Bank) -> None:
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


def test_the_preview_shows_each_field_old_and_new(client: Client, read: OutletImport, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get(reverse("banks:import", args=[read.pk]), {"show": "changed"})
    [row] = answer.context["rows"]
    fields = {field.title: (field.was, field.now) for field in row.fields}
    assert set(fields) == set(COLUMNS) - {"名称"}
    assert fields["社保卡受理窗口数"] == ("1", "4")
    assert fields["镇街"] == (None, "小榄镇")
    assert "<del>" in answer.content.decode()


def test_the_preview_turns_over_all_rows_and_shows_only_errors(
    client: Client, bank: Bank, clerk: User
) -> None:
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


def test_a_code_that_is_not_its_own_is_hinted_at_and_saved(client: Client, bank: Bank, clerk: User) -> None:
    client.force_login(clerk)
    page = upload(client, xlsx(outlet(), outlet(名称="示例二支行"))).content.decode()
    assert "与“示例二支行”的统一社会信用代码相同" in page
    client.post(reverse("banks:import", args=[OutletImport.objects.get().pk]))
    assert bank.outlets.count() == 2


@pytest.mark.parametrize("content", [b"", b"MZ", b"PK\x03\x04", xlsx()])
def test_a_bad_file_says_why_where_it_was_chosen(client: Client, clerk: User, content: bytes) -> None:
    client.force_login(clerk)
    assert 'role="alert"' in upload(client, content).content.decode()
    assert not OutletImport.objects.exists()
    assert client.post(reverse("banks:import_upload")).status_code == 200


def test_another_banks_import_is_not_there(client: Client, read: OutletImport, stranger: User) -> None:
    client.force_login(stranger)
    for name in ("banks:import", "banks:import_columns"):
        theirs = client.get(reverse(name, args=[read.pk]))
        nobodys = client.get(reverse(name, args=[read.pk + 999]))
        assert theirs.status_code == nobodys.status_code == 404
        assert client.post(reverse(name, args=[read.pk]), {"leave_out_wrong": "1"}).status_code == 404


@pytest.mark.parametrize("show", ["", "wrong", "x", "\x00"])
@pytest.mark.parametrize("page", ["2", "0", "x", "\x00", "99999999999999999999"])
def test_an_odd_address_of_the_preview_is_a_page(
    client: Client, read: OutletImport, clerk: User, show: str, page: str
) -> None:
    client.force_login(clerk)
    assert (
        client.get(reverse("banks:import", args=[read.pk]), {"show": show, "page": page}).status_code == 200
    )


def test_the_templates_can_be_fetched(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    for name in ("banks:import_template_xlsx", "banks:import_template_csv"):
        assert client.get(reverse(name)).headers["Content-Disposition"].startswith("attachment")


def test_saving_asks_the_database_as_often_for_forty_as_for_four(bank: Bank, clerk: User) -> None:
    counts = []
    for size in (4, 40):
        rows = [outlet(名称=f"示例{size}第{number}支行") for number in range(size)]
        read = read_import(bank=bank, by=clerk, content=csv(*rows), name="a.csv")
        with CaptureQueriesContext(connection) as queries:
            import_outlets(read=read, by=clerk, left_out=[])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_preview_asks_the_database_as_often_for_forty_as_for_four(
    client: Client, bank: Bank, clerk: User
) -> None:
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
