"""Lists of hotlines: sheets as people have them, what each row becomes, and taking them in."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from banks.register.models import Bank
from inspections.complaints.actions.imports import (
    discard_complaints,
    import_complaints,
    name_complaint_columns,
)
from inspections.complaints.import_sheet.judging import GOOD, KNOWN, REFUSED, Judged, judged
from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.states import ImportState
from inspections.complaints.terms import MOST_ROWS, OTHER_KIND, Source
from inspections.complaints.tests.factories import (
    FACTS,
    RECEIVED,
    TITLES,
    as_bytes,
    entered,
    outlet_of,
    read,
    row,
    workbook,
)
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, NotYet, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(bank: Bank, people: "People") -> Bank:
    """The bank of the lists, qualified."""
    qualified(bank, people.decider)
    return bank


def one(by: User, **other: Any) -> Judged:
    """The only row of a list."""
    (found,) = judged(read(by, workbook([row(**other)])))
    return found


def test_row_is_read_as_people_write_it(bank: Bank, people: "People") -> None:
    found = one(people.inspector, reference="ｄｈ 2025 0303 00001")
    assert (found.outcome, found.reference, found.received_on) == (GOOD, "DH2025030300001", RECEIVED)
    assert (found.bank, found.kind, found.facts) == (bank, "first-contact", FACTS)


@pytest.mark.parametrize(
    "day",
    [
        "2025-03-03",
        "2025/3/3 9:05",
        "２０２５年３月３日",
        "2025.3.3",
        "20250303",
        20250303,
        45719,
        45719.4,
        dt.date(2025, 3, 3),
        dt.datetime(2025, 3, 3, 23, 59),  # noqa: DTZ001 as a sheet has it
    ],
)
def test_days_are_read_however_they_are_stored(people: "People", day: Any) -> None:
    assert one(people.inspector, received_on=day).received_on == RECEIVED


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("B3", {"reference": ""}),
        ("B3", {"reference": 2025030300000000000}),
        ("B3", {"reference": "2.02503E+15"}),
        ("C3", {"received_on": "2025-13-03"}),
        ("C3", {"received_on": "2100-01-01"}),
        ("C3", {"received_on": "2001-01-01"}),
        ("F3", {"bank": "无此银行"}),
        ("F3", {"bank": "=A1"}),
        ("G3", {"outlet": "无此支行"}),
        ("I3", {"facts": ""}),
        ("I3", {"facts": f"{FACTS}回电13800138000"}),
        ("I3", {"facts": f"投诉人：张三。{FACTS}"}),
        ("I3", {"facts": "长" * 2001}),
    ],
)
def test_wrong_cell_is_named(people: "People", cell: str, other: dict[str, Any]) -> None:
    found = one(people.inspector, **other)
    assert found.outcome == REFUSED
    assert [said[: len(cell)] for said in found.errors] == [cell]


def test_bank_is_known_by_names_and_codes(bank: Bank, other_bank: Bank, people: "People") -> None:
    Bank.objects.filter(pk=bank.pk).update(former_names="旧示例银行")
    for said in ("示例银行甲", "示 例 银行甲", "示例银行甲股份有限公司", "旧示例银行", bank.uscc.lower()):
        assert one(people.inspector, bank=said).bank == bank, said
    assert one(people.inspector, bank=other_bank.name).outcome == REFUSED, "it was never qualified"


def test_outlet_is_known_by_name_code_or_end_of_its_name(
    bank: Bank, other_bank: Bank, people: "People"
) -> None:
    outlet = outlet_of(bank=bank, name="示例银行甲石岐支行")
    outlet_of(bank=bank, name="示例银行甲小榄支行")
    outlet_of(bank=other_bank, name="别家支行")
    for said in ("示例银行甲石岐支行", "石岐支行", outlet.uscc, outlet.license_institution_code):
        assert one(people.inspector, outlet=said).outlet == outlet, said
    for said in ("支行", "别家支行"):
        assert one(people.inspector, outlet=said).outcome == REFUSED, said
    assert one(people.inspector, outlet="").outlet is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("17", "first-contact"),
        ("第24条", "no-tied-selling"),
        ("首问负责制", "first-contact"),
        ("捆绑销售理财", "no-tied-selling"),
        ("变更银行", "free-change"),
        ("其他", OTHER_KIND),
        ("", OTHER_KIND),
    ],
)
def test_kind_is_known_by_number_title_or_words(people: "People", said: str, kind: str) -> None:
    found = one(people.inspector, kind=said)
    assert (found.kind, found.notes) == (kind, [])


def test_unknown_kind_is_another_matter_with_a_note(people: "People") -> None:
    found = one(people.inspector, kind="噪声扰民")
    assert (found.outcome, found.kind) == (GOOD, OTHER_KIND)
    assert "噪声扰民" in found.notes[0]


def test_duplicates_are_named(bank: Bank, people: "People") -> None:
    complaint = entered(bank, people.inspector, reference="DH2025030300001")
    rows = judged(read(people.inspector, workbook([row(1), row(2), row(2)])))
    assert [one.outcome for one in rows] == [KNOWN, GOOD, KNOWN]
    assert complaint.case_number in rows[0].known
    assert "4" in rows[2].known


def test_number_of_another_source_is_no_duplicate(bank: Bank, people: "People") -> None:
    entered(bank, people.inspector, reference="DH2025030300001", source=Source.HOTLINE_12333)
    assert one(people.inspector).outcome == GOOD


def test_nothing_about_persons_is_kept(people: "People") -> None:
    rows = [row(1), row(2, facts="回电13900139000"), row(3, person="", phone="0760-88881234")]
    kept = read(people.inspector, workbook(rows), name="张先生13800138000.xlsx")
    said = json.dumps([kept.sheet, kept.name, kept.columns], ensure_ascii=False)
    for personal in ("张三", "13800138000", "13900139000", "88881234", "张先生"):
        assert personal not in said
        assert personal not in "".join(map(str, Entry.objects.values_list("data", flat=True)))


def test_list_is_taken_in_at_once_and_its_cells_go(bank: Bank, people: "People") -> None:
    entered(bank, people.inspector, reference="DH2025030300001")
    kept = read(people.inspector, workbook([row(1), row(2), row(3, bank="无此银行"), row(4)]))
    done = import_complaints(read=kept, by=people.inspector)
    assert (done.state, done.taken_in, done.left_out, done.sheet) == (ImportState.TAKEN_IN, 2, 2, {})
    found = Complaint.objects.order_by("pk").values_list("reference", flat=True)
    assert list(found) == ["DH2025030300001", "DH2025030300002", "DH2025030300004"]
    assert Entry.objects.filter(verb=Verb.ENTER_COMPLAINT).count() == 3
    with pytest.raises(WrongState):
        import_complaints(read=done, by=people.inspector)


def test_what_was_entered_since_the_preview_is_left_out(bank: Bank, people: "People") -> None:
    kept = read(people.inspector, workbook([row(1), row(2)]))
    entered(bank, people.inspector, reference="DH2025030300001")
    assert import_complaints(read=kept, by=people.inspector).taken_in == 1
    again = read(people.inspector, workbook([row(1), row(2)]))
    with pytest.raises(Incomplete):
        import_complaints(read=again, by=people.inspector)


def test_columns_are_said_by_a_person_where_titles_are_unknown(people: "People") -> None:
    titles = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬")
    kept = read(people.inspector, workbook([row(1)], titles))
    assert judged(kept) == []
    with pytest.raises(NotYet):
        import_complaints(read=kept, by=people.inspector)
    columns = ["", "reference", "received_on", "", "", "bank", "outlet", "kind", "facts"]
    with pytest.raises(Incomplete):
        name_complaint_columns(read=kept, by=people.inspector, header=2, columns=["facts", "facts"])
    named = name_complaint_columns(read=kept, by=people.inspector, header=2, columns=columns)
    assert [one.outcome for one in judged(named)] == [GOOD]


def test_hidden_first_sheet_blank_rows_and_merged_cells(bank: Bank, people: "People") -> None:
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.title, hidden.sheet_state = "旧清单", "hidden"
    hidden.append(TITLES)
    hidden.append(row(9))
    sheet = book.create_sheet("本月")
    sheet.append([])
    sheet.append(["热线投诉转办清单（联系人：李四）"])
    sheet.append(TITLES)
    sheet.append([])
    sheet.append(row(1))
    sheet.append(row(2, bank=""))
    sheet.merge_cells("F5:F6")
    book.active = 1
    kept = read(people.inspector, as_bytes(book))
    rows = judged(kept)
    assert [(one.number, one.outcome, one.bank) for one in rows] == [(5, GOOD, bank), (6, GOOD, bank)]
    assert kept.sheet["hidden"] == ["旧清单"]
    assert "李四" not in str(kept.sheet)


def test_rows_are_limited(people: "People") -> None:
    with pytest.raises(FileRefused, match=str(MOST_ROWS)):
        read(people.inspector, workbook([row(number) for number in range(MOST_ROWS + 1)]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n", workbook([])])
def test_what_is_no_list_is_refused(people: "People", content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(people.inspector, content)
    assert not ComplaintImport.objects.exists()


def test_judging_takes_the_same_number_of_queries_for_few_and_many(
    bank: Bank, people: "People", django_assert_num_queries: Any
) -> None:
    outlet_of(bank=bank, name="石岐支行")
    few = read(people.inspector, workbook([row(1, outlet="石岐支行")]))
    many = read(people.inspector, workbook([row(number, outlet="石岐支行") for number in range(40)]))
    for kept in (few, many):
        with django_assert_num_queries(5):
            judged(kept)


def test_discarded_list_keeps_nothing(people: "People") -> None:
    gone = discard_complaints(read=read(people.inspector, workbook([row()])), by=people.inspector)
    assert (gone.state, gone.sheet) == (ImportState.DISCARDED, {})
    assert not Complaint.objects.exists()
