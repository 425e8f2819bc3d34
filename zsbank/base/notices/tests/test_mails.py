"""Subject and text of a mail: bank, case, what to do, by when, link, and the bureau's office."""

import datetime as dt

import pytest
from pytest_django import Settings

from zsbank.base.accounts.models import User
from zsbank.base.notices import actions
from zsbank.base.notices.mails import subject_of, text_of
from zsbank.base.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(clerk: User, settings: Settings) -> Message:
    """A message with everything."""
    settings.SITE_ADDRESS = "https://register.example"
    settings.BUREAU_NAME, settings.OFFICE_NAME = "示例市人社局", "社保卡科"
    settings.OFFICE_PHONE, settings.OFFICE_HOURS = "0760-88880000", "工作日"
    actions.post(
        to=[clerk],
        key="a",
        title="请补正申请材料",
        body="请补正2项材料。",
        link="/applications/1/",
        about="示例银行甲 ZR20260001",
        due=dt.date(2026, 12, 10),
    )
    return Message.objects.get()


def test_subject_says_what_for_whom_and_by_when(message: Message) -> None:
    assert subject_of(message) == "请补正申请材料：示例银行甲 ZR20260001，2026年12月10日（含当日）前"


def test_text_has_case_due_date_link_and_office(message: Message) -> None:
    assert text_of(message).splitlines() == [
        "clerk员：",
        "",
        "请补正2项材料。",
        "",
        "银行和办件：示例银行甲 ZR20260001",
        "期限：2026年12月10日（含当日）前",
        f"查看：https://register.example/messages/{message.pk}/",
        "",
        "示例市人社局",
        "咨询：社保卡科  0760-88880000  工作日",
        "本邮件由社会保障卡合作银行管理系统自动发送，请勿回复。",
    ]


def test_text_without_case_has_no_empty_lines_of_facts(clerk: User) -> None:
    actions.post(to=[clerk], key="b", title="标题", body="正文。")
    text = text_of(Message.objects.get(key="b"))
    assert "办件：" not in text
    assert "期限：" not in text


def test_office_without_settings_is_left_out(message: Message, settings: Settings) -> None:
    settings.OFFICE_NAME = settings.OFFICE_PHONE = settings.OFFICE_HOURS = settings.OFFICE_ADDRESS = ""
    assert "咨询" not in text_of(message)
