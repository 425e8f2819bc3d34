"""Setting up a real register by its pages, as the people of a bureau do in their first hour."""

import datetime as dt
import re
from pathlib import Path

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.real.visitor import PASSWORD, Visitor
from zsbank.base.accounts.models import User
from zsbank.base.calendar.statutory import statutory_days
from zsbank.base.roles import STAFF_ROLES, Role
from zsbank.site.operations.runner import deliver

ADMINISTRATOR = "secadmin"
OFFICERS = {
    **{role.value: role for role in STAFF_ROLES},
    "reviewer2": Role.REVIEWER,
    "decider2": Role.DECIDER,
    "assessor2": Role.ASSESSOR,
    "security2": Role.SECURITY_ADMINISTRATOR,
}
"""Sign-in names, which are also the first part of the addresses."""

GRADES = [("优秀", "90"), ("良好", "75"), ("合格", "60"), ("不合格", "0")]
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def first_administrator(said: Path) -> Visitor:
    """Type the command that `bin/run --no-demo` names, open its link, set a password and sign in."""
    with said.open("w") as output:
        call_command(
            "first_administrator", ADMINISTRATOR, "安全管理员甲", "secadmin@hrss.example", stdout=output
        )
    link = next(found for found in LINK.findall(said.read_text()) if "/reset/key/" in found)
    return _set_password(link, ADMINISTRATOR)


def _set_password(link: str, username: str) -> Visitor:
    person = Visitor().open(link)
    person.press("修改密码", password1=PASSWORD, password2=PASSWORD)
    return sign_in(username)


def sign_in(username: str) -> Visitor:
    """Sign in with the password."""
    person = Visitor().open("/accounts/login/")
    return person.press("登录", login=username, password=PASSWORD)


def officers(administrator: Visitor) -> None:
    """Enter a person for every role, and a second one where two are needed; each sets a password by mail."""
    for username, role in OFFICERS.items():
        administrator.open("/admin/accounts/user/").follow("登记局内人员")
        administrator.press(
            "登记局内人员",
            username=username,
            name=f"{role.label}{username[-1]}",
            email=f"{username}@hrss.example",
            role=role.value,
        )
    for username in OFFICERS:
        mail.outbox.clear()
        Visitor().open("/accounts/password/reset/").press("发送", email=f"{username}@hrss.example")
        link = next(found for found in LINK.findall(str(mail.outbox[-1].body)) if "/reset/key/" in found)
        assert "/admin" in _set_password(link, username).open("/admin/").path
    assert User.objects.count() == len(OFFICERS) + 1


def notice_of(year: int) -> SimpleUploadedFile:
    """The file of a year's notice: only the days that are holidays by law."""
    rows = [f"{day},holiday,{chinese}" for day, (chinese, _english) in sorted(statutory_days(year).items())]
    text = "\r\n".join(["date,kind,name", *rows])
    return SimpleUploadedFile(f"{year}.csv", ("\ufeff" + text).encode(), "text/csv")


def holidays(year: int) -> None:
    """Enter the holidays of a year from a file, and confirm them as another person."""
    officer = Visitor.signed_in("intake_officer").open("/admin/zsbank_calendar/holidayyear/")
    officer.follow("录入年度节假日").press("录入年度节假日", file=notice_of(year))
    decider = Visitor.signed_in("decider").open("/admin/").follow("确认年度节假日")
    decider.follow("确认节假日").press("确认节假日")


def edition(valid_from: dt.date) -> None:
    """Draft an edition from the one shipped with the program, and publish it as another person."""
    reviewer = Visitor.signed_in("reviewer").open("/admin/admission/policyedition/").follow("拟订新版本")
    reviewer.press("拟订新版本", source="2026年版准入机制", slug="own-edition", name="本局首版")
    decider = Visitor.signed_in("decider").open("/admin/admission/policyedition/").follow("本局首版")
    decider.follow("发布").press("发布", valid_from=valid_from.isoformat())


def scheme(year: int) -> None:
    """Draft the scheme of a year, and publish it as another person."""
    rows = {f"rows-{n}-grade": grade for n, (grade, _from) in enumerate(GRADES)}
    rows |= {f"rows-{n}-from": lowest for n, (_grade, lowest) in enumerate(GRADES)}
    assessor = Visitor.signed_in("assessor").open("/admin/inspections/assessmentscheme/")
    assessor.follow("拟订考核方案").press("拟订考核方案", year=str(year), **rows)
    decider = Visitor.signed_in("decider").open("/admin/").follow("发布考核方案")
    decider.follow("发布").press("发布")
    assert "已发布" in decider.text


def vendor() -> None:
    """Register the card vendor of the bureau's tender."""
    officer = Visitor.signed_in("intake_officer").open("/admin/banks/cardvendor/").follow("登记制卡商")
    officer.press(
        "登记制卡商",
        name="示例卡商",
        uscc="91442000MADEM00971",
        tender_number="SL-ZB-2020-01",
        tender_from="2020-01-01",
        tender_until="2035-12-31",
    )


def try_mail() -> None:
    """Send a test mail to oneself; it is mailed with everything else that waits."""
    operator = Visitor.signed_in("system_administrator").open("/admin/set-up/")
    operator.press("给自己发送测试邮件")
    deliver("mail")
    assert "邮件服务器已于" in operator.open("/admin/set-up/").text
