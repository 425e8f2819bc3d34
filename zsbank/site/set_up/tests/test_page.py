"""The set-up page: each line with its proof, for those who may see it, in a constant number of queries."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from admission.editions.models import PolicyEdition
from banks.register.models import CardVendor
from conftest import make_officer
from inspections.schemes.tests.factories import published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import set_up
from zsbank.base.cases.set_up import Proof, Standing
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import FOUR_EYES, Verb
from zsbank.base.roles import STAFF_ROLES, Role
from zsbank.site.operations.actions import record_backup, record_restore
from zsbank.site.operations.models import Backup
from zsbank.site.operations.runner import deliver
from zsbank.site.set_up.actions import send_test_mail
from zsbank.site.set_up.queries import lines_for

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
PAGE, HOME, SEND = "/admin/set-up/", "/admin/", "/admin/set-up/mail/"
PLACES = {
    "bureau": 10,
    "people": 20,
    "holidays": 30,
    "edition": 40,
    "vendors": 45,
    "scheme": 50,
    "takeover": 55,
    "mail": 60,
    "backup": 70,
    "scanner": 80,
}


@pytest.fixture
def admin() -> User:
    """A security administrator."""
    return make_officer("secadmin", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def operator() -> User:
    """A system administrator."""
    return make_officer("sysadmin", Role.SYSTEM_ADMINISTRATOR)


def proof(name: str) -> Proof:
    """How far a line is."""
    return next(line for line in set_up() if line.place == PLACES[name]).look()


def test_every_line_is_open_in_an_empty_register(admin: User) -> None:
    assert {line.place for line in set_up()} >= set(PLACES.values())
    with clock.playing(dt.date(2099, 3, 2)):
        found = {line.declared.place: line.proof.standing for line in lines_for(admin)}
    assert found.pop(PLACES["takeover"]) == Standing.LOOK, "a register may begin with banks of its own only"
    assert {*found.values()} == {Standing.OPEN}


def test_page_says_what_is_missing_until_when_and_by_whom(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get(PAGE).content.decode()
    assert "银行无法开始申请。" in page
    assert "办理人员：" in page
    assert 'href="/admin/accounts/user/"' in page
    assert 'href="/admin/inspections/assessmentscheme/"' not in page
    assert "ZSBANK_OFFICE_PHONE" in page
    client.cookies["language"] = "en"
    english = client.get(PAGE).content.decode()
    assert "No bank can start an application." in english


def test_decider_looks_and_others_do_not(client: Client, people: "People", admin: User) -> None:
    for person, answer in (
        (people.decider, 200),
        (admin, 200),
        (people.inspector, 404),
        (people.auditor, 404),
    ):
        client.force_login(person)
        assert client.get(PAGE).status_code == answer, person
    client.force_login(people.decider)
    assert 'href="/admin/inspections/assessmentscheme/"' in client.get(PAGE).content.decode()
    assert "前往系统设置" not in client.get(HOME).content.decode()


def test_administrator_reads_on_the_front_page_what_is_open(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert "系统尚未设置完成" in client.get(HOME).content.decode()
    assert f'href="{PAGE}"' in client.get(HOME).content.decode()


def test_queries_do_not_grow(client: Client, admin: User, edition: PolicyEdition) -> None:
    client.force_login(admin)
    counts = []
    for more in range(2):
        for place in range(5 * more):
            make_officer(f"more{place}", Role.INSPECTOR)
            published(2010 + place)
            record_backup(files=place, by=None)
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(PAGE)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_people_every_role_and_two_for_each_decision(admin: User) -> None:
    assert "尚无人员" in str(proof("people").says)
    for role in STAFF_ROLES - {Role.SECURITY_ADMINISTRATOR}:
        make_officer(role.value, role)
    alone = proof("people")
    assert alone.standing == Standing.OPEN
    assert "只有一人" in str(alone.says)
    make_officer("assessor2", Role.ASSESSOR)
    assert proof("people").standing == Standing.LOOK
    make_officer("secadmin2", Role.SECURITY_ADMINISTRATOR)
    assert proof("people") == Proof.done("共12人，每个角色都有人员")
    User.objects.filter(username="assessor2").update(is_active=False)
    assert proof("people").standing == Standing.OPEN


def test_one_person_in_two_roles_does_not_make_two() -> None:
    both = make_officer("both", Role.ASSESSOR)
    for role in STAFF_ROLES - {Role.ASSESSOR, Role.DECIDER}:
        make_officer(role.value, role)
    make_officer("assessor2", Role.ASSESSOR)
    both.groups.add(make_officer("leaves", Role.DECIDER).groups.get())
    User.objects.filter(username="leaves").update(is_active=False)
    assert proof("people").standing != Standing.OPEN
    User.objects.filter(username="assessor2").update(is_active=False)
    assert "发布了考核方案" in str(proof("people").says)


def test_pairs_of_four_eyes_are_verbs_of_different_steps() -> None:
    assert all(first != second for first, second in FOUR_EYES)
    assert (Verb.DRAFT_SCHEME, Verb.PUBLISH_SCHEME) in FOUR_EYES


def test_holidays_edition_vendors_and_scheme_say_their_proof(edition: PolicyEdition) -> None:
    assert proof("edition").standing == Standing.DONE
    assert str(edition.criteria.count()) in str(proof("edition").says)
    with clock.playing(dt.date(2026, 3, 2)):
        assert proof("holidays").standing == Standing.LOOK
        published(2026)
        assert proof("scheme") == Proof.done("2026年：已发布，4个等次")
    with clock.playing(dt.date(2099, 3, 2)):
        assert proof("holidays").standing == Standing.OPEN
    term = {"tender_from": dt.date(2020, 1, 1), "tender_until": dt.date(2021, 1, 1)}
    CardVendor.objects.create(name="示例卡商", uscc="91442000MADEM0038X", tender_number="示例", **term)
    assert proof("vendors").standing == Standing.OPEN
    with clock.playing(dt.date(2020, 6, 1)):
        assert proof("vendors").standing == Standing.DONE


def test_bureau_data_name_the_missing_settings(settings: Settings) -> None:
    settings.OFFICE_NAME, settings.OFFICE_PHONE, settings.OFFICE_HOURS = "社保卡科", "0760-88880000", "工作日"
    assert str(proof("bureau").says).endswith("未设置：ZSBANK_OFFICE_ADDRESS")
    settings.OFFICE_ADDRESS = "中山市示例路1号"
    assert proof("bureau").standing == Standing.DONE


def test_test_mail_goes_to_oneself_and_is_the_proof(
    client: Client, operator: User, settings: Settings
) -> None:
    assert "ZSBANK_MAIL_HOST" in str(proof("mail").says)
    settings.EMAIL_HOST = "mail.example"
    assert proof("mail").standing == Standing.OPEN
    client.force_login(operator)
    client.post(SEND)
    assert proof("mail").standing == Standing.LOOK
    deliver("mail")
    assert [message.to for message in mail.outbox] == [[operator.email]]
    assert proof("mail").standing == Standing.DONE
    assert Entry.objects.filter(verb=Verb.SEND_TEST_MAIL, actor=operator).count() == 1
    Message.objects.update(mailed_at=None, mail_error="SMTPAuthenticationError: secret@address")
    assert "SMTPAuthenticationError" in str(proof("mail").says)
    assert "secret" not in str(proof("mail").says)


def test_test_mail_is_limited_and_refused_to_others(client: Client, operator: User, people: "People") -> None:
    client.force_login(operator)
    for _time in range(11):
        page = client.post(SEND, follow=True)
    assert Message.objects.count() == 10
    assert "24小时内已发送10封" in page.content.decode()
    client.force_login(people.decider)
    assert client.post(SEND).status_code == 404
    assert Entry.objects.filter(verb=Verb.REFUSE, actor=people.decider).count() == 1
    with pytest.raises(Exception, match="只能发给自己"):
        send_test_mail(reader=people.decider, by=operator)


def test_backup_and_its_restore(client: Client, operator: User) -> None:
    taken = record_backup(files=3, by=None)
    assert proof("backup").standing == Standing.LOOK
    client.force_login(operator)
    address = f"/admin/operations/backup/{taken.pk}/do/record_restore/"
    early = client.post(address, {"restored_on": "2020-01-01", "found": "无差异"}).content.decode()
    assert "该日期早于备份的时间。" in early
    assert "无差异" in early
    client.post(address, {"restored_on": clock.today().isoformat(), "found": "无差异"})
    assert proof("backup").standing == Standing.DONE
    Backup.objects.update(taken_at=clock.now() - dt.timedelta(days=8))
    assert proof("backup").standing == Standing.LOOK


def test_older_day_of_a_restore_stays_in_the_journal(operator: User) -> None:
    taken = record_backup(files=3, by=None)
    record_restore(backup=taken, restored_on=clock.today(), found="无差异", by=operator)
    assert Entry.objects.get(verb=Verb.RECORD_RESTORE).reason == "无差异"


def test_scanner(settings: Settings) -> None:
    settings.CLAMAV_SOCKET = ""
    assert proof("scanner").standing == Standing.OPEN
    settings.CLAMAV_SOCKET = "unix:/run/clamav/clamd.ctl"
    assert proof("scanner").standing == Standing.DONE
