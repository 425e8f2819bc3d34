"""Complaints of the demonstration at each stage, and the list of a hotline that waits to be taken in."""

import datetime as dt
import io

from openpyxl import Workbook

from banks.register.models import Bank
from inspections.complaints.actions import complaints, imports, replies
from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.terms import OTHER_KIND, Source
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

REFUSED = "群众反映：在网点申请激活社会保障卡，柜台以系统升级为由未予办理，也未登记首问、告知办理时间。"
SOLD = "群众反映：申领社会保障卡时，工作人员要求同时开通信用卡，否则不予受理。"
CHANGED = "群众反映：申请变更发卡银行，网点多次以须回原开户网点为由推诿，余额未能转出。"
QUEUE = "群众反映：网点公告的服务时间内窗口停办，排队一个多小时未能办理。"
TITLES = ("序号", "工单编号", "受理时间", "来电人", "涉及银行", "涉及网点", "诉求类型", "诉求内容")


def enter(bank: Bank, officers: Officers, serial: int, kind: str, facts: str, *, ago: int) -> Complaint:
    """Enter a complaint of the hotline that came in so many calendar days ago, at the bank's first outlet."""
    day = _day(ago)
    with clock.playing(day):
        return complaints.enter_complaint(
            bank=bank,
            by=officers.inspector,
            source=Source.HOTLINE_12345,
            reference=f"ZS{day:%Y%m%d}{serial:05}",
            received_on=day,
            outlet=bank.outlets.first(),
            kind=kind,
            facts=facts,
        )


def forward(complaint: Complaint, officers: Officers, *, ago: int) -> Complaint:
    """Forward a complaint so many calendar days ago."""
    with clock.playing(_day(ago)):
        return complaints.forward_complaint(complaint=complaint, by=officers.inspector)


def answer(complaint: Complaint, by: User, text: str, *, ago: int) -> ComplaintReply:
    """Let the bank answer so many calendar days ago."""
    with clock.playing(_day(ago)):
        evidence = paper("核查情况说明", f"投诉 {complaint}")
        return replies.answer_complaint(
            complaint=complaint, by=by, text=text, files=[(evidence, "核查情况说明.pdf")]
        )


def close(complaint: Complaint, officers: Officers, reason: str, *, founded: bool, ago: int) -> None:
    """Close a complaint so many calendar days ago."""
    with clock.playing(_day(ago)):
        replies.close_complaint(complaint=complaint, by=officers.inspector, founded=founded, reason=reason)


def tell_of(bank: Bank, person: User, second: Bank, colleague: User, officers: Officers) -> None:
    """Enter complaints about two banks, and let them come as far as each stage; read a list, too."""
    done = forward(enter(bank, officers, 17, "no-tied-selling", SOLD, ago=150), officers, ago=149)
    answer(done, person, "经查属实，已责令该网点停止搭售，并向来电群众致歉、撤销所开信用卡。", ago=140)
    close(done, officers, "银行自查属实，违反不得搭售产品的要求。", founded=True, ago=138)
    other = forward(enter(second, officers, 21, "outlets-open", QUEUE, ago=120), officers, ago=119)
    answer(other, colleague, "当日该网点停电，已张贴告示并引导至邻近网点办理。", ago=95)
    close(other, officers, "停电有供电部门证明，已告示引导。", founded=False, ago=93)
    waits = forward(enter(bank, officers, 33, "free-change", CHANGED, ago=9), officers, ago=8)
    answer(waits, person, "已为来电群众办结变更发卡银行，余额当日转出；已对经办网点重申办理要求。", ago=2)
    forward(enter(bank, officers, 41, "first-contact", REFUSED, ago=30), officers, ago=29)
    forward(
        enter(bank, officers, 52, OTHER_KIND, "群众反映：网点门前无障碍通道长期被占用。", ago=5),
        officers,
        ago=4,
    )
    forward(enter(second, officers, 53, "first-contact", REFUSED, ago=6), officers, ago=3)
    enter(second, officers, 60, "no-tied-selling", SOLD, ago=1)
    _read_list(bank, second, officers)


def earlier(bank: Bank, person: User, officers: Officers, *, ago: int, founded: bool) -> None:
    """Enter, forward, answer and close a complaint that came in so many calendar days ago."""
    kind, facts = ("outlets-open", QUEUE) if founded else ("first-contact", REFUSED)
    told = forward(enter(bank, officers, 90 + bank.pk, kind, facts, ago=ago), officers, ago=ago - 1)
    answer(told, person, "经核查，已向来电群众说明情况并办结业务。", ago=ago - 6)
    reason = "窗口停办属实，已责令改正。" if founded else "经核实，已当场登记并告知办理时间。"
    close(told, officers, reason, founded=founded, ago=ago - 8)


def _read_list(bank: Bank, second: Bank, officers: Officers) -> None:
    """Read a list with good rows, one that is entered already, an unknown bank, and a phone number."""
    day = _day(1)
    rows = [
        (bank.name, str(bank.outlets.last()), "推诿扯皮", REFUSED),
        (second.name, "", "捆绑销售", SOLD),
        ("示例银行", "", "排队", QUEUE),
        (bank.name, "", "推诿扯皮", f"{CHANGED}回电13800138000。"),
        (second.name, "", "其他", "群众咨询网点搬迁后的地址，工作人员答复不清。"),
    ]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["热线投诉转办清单"])
    sheet.append(TITLES)
    for number, row in enumerate(rows, start=1):
        bank_name, outlet, kind, facts = row
        reference = f"ZS{day:%Y%m%d}{70 + number:05}"
        sheet.append([number, reference, f"{day} 09:{number:02}:00", "", bank_name, outlet, kind, facts])
    sheet.append([6, f"ZS{day:%Y%m%d}00060", f"{day}", "", second.name, "", "搭售", SOLD])
    out = io.BytesIO()
    book.save(out)
    imports.read_complaints(
        by=officers.inspector,
        source=Source.HOTLINE_12345,
        content=out.getvalue(),
        name="热线投诉转办清单.xlsx",
    )


def _day(ago: int) -> dt.date:
    return clock.today() - dt.timedelta(days=ago)
