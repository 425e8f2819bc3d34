"""A complaint's way in a browser: entered, forwarded, answered with evidence, sent back, answered again, closed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from banks.register.models import Bank
from conftest import People
from inspections.complaints.models import Complaint
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import Source
from inspections.complaints.tests.factories import FACTS
from inspections.rectification.tests.factories import qualified
from tests.browser.person import Person
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Window = Callable[[str], Person]


def enter(inspector: Person, bank: Bank) -> Complaint:
    """Enter a complaint of the hotline at the desk; names and phone numbers of citizens are refused."""
    inspector.open("/admin/inspections/complaint/")
    inspector.press("登记投诉")
    inspector.picture("complaint-entering")
    inspector.fill(
        bank=str(bank.pk),
        source=Source.HOTLINE_12345.value,
        reference="DH2025030300017",
        received_on=clock.today().isoformat(),
        kind="first-contact",
        facts=f"{FACTS} 电话13800138000。",
    )
    inspector.press("登记投诉")
    assert not Complaint.objects.exists()
    inspector.picture("complaint-refused")
    inspector.fill(facts=FACTS)
    inspector.press("登记投诉")
    return Complaint.objects.get()


def answer(clerk: Person, text: str, document: Path) -> None:
    """Answer the complaint from the bank's home."""
    clerk.open("/")
    clerk.press("打开投诉")
    clerk.press("答复投诉")
    clerk.fill(text=text)
    clerk.attach("files", document)
    clerk.page.locator(".chosen .file").first.wait_for()
    clerk.picture("complaint-answering")
    clerk.press("提交答复")


def test_complaint_goes_its_way(
    at_desk: Window, officers: None, people: People, bank: Bank, person_of_bank: User, document: Path
) -> None:
    qualified(bank, people.decider)
    inspector, clerk = at_desk("inspector").sign_in(), at_desk("bank-a").sign_in()
    complaint = enter(inspector, bank)
    page = f"/admin/inspections/complaint/{complaint.pk}/change/"
    inspector.open("/admin/")
    inspector.press("将投诉转办银行")
    inspector.press("转办银行")
    inspector.press("转办银行")
    inspector.picture("complaint-forwarded")
    answer(clerk, "经查，当日系统升级，已补办。", document)
    clerk.picture("complaint-answered")
    inspector.open(page)
    inspector.press("退回答复")
    inspector.fill(reason="请附值班记录。")
    inspector.press("退回答复")
    assert "请附值班记录。" in clerk.open("/")
    answer(clerk, "已附值班记录。", document)
    inspector.open(page)
    inspector.press("办结投诉")
    inspector.fill(founded="yes", reason="未落实首问负责。")
    inspector.picture("complaint-closing")
    inspector.press("办结投诉")
    complaint.refresh_from_db()
    assert (complaint.state, complaint.founded) == (ComplaintState.CLOSED, True)
    assert "未落实首问负责。" in clerk.open(f"/complaints/{complaint.pk}/")
    clerk.picture("complaint-closed")
    clerk.open("/complaints/")
    clerk.press("年度统计")
    clerk.picture("complaint-figures")
    assert [reply.taken for reply in complaint.replies.order_by("pk")] == [False, True]
