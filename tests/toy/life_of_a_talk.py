"""What a declared case gets from the register; run in a copy in which docs/adding-a-case.md was followed."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from banks.register.models import Bank
from inspections.talks import actions
from inspections.talks.models import Talk
from tests.walk.routes import access_of, routes
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.pages import words
from zsbank.site.operations import integrity, runner
from zsbank.site.staff.work_list import work_of

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(bank: Bank, people: "People") -> Talk:
    """A talk to which the bank is invited."""
    return actions.invite_to_talk(bank=bank, by=people.inspector, topic="网点服务时间")


def page(person: User, address: str, **given: str) -> str:
    """A page as a person sees it; with `given`, the page after posting it."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(address, given, follow=True) if given else client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_desk_has_list_case_page_and_action_pages(bank: Bank, talk: Talk, people: "People") -> None:
    listed = page(people.inspector, reverse("admin:inspections_talk_changelist"))
    assert talk.case_number in listed
    assert "约谈" in listed.split('id="nav-sidebar"')[-1]
    shown = page(people.inspector, reverse("admin:inspections_talk_change", args=[talk.pk]))
    assert "网点服务时间" in shown
    close = reverse("admin:inspections_talk_action", args=[talk.pk, "close_talk"])
    assert close in shown
    page(people.inspector, close, minutes="已改正")
    talk.refresh_from_db()
    assert (talk.state, talk.minutes) == ("closed", "已改正")
    begin = reverse("admin:inspections_talk_list_action", args=["invite_to_talk"])
    page(people.inspector, begin, bank=str(bank.pk), topic="又一次")
    assert Talk.objects.filter(topic="又一次").exists()


def test_portal_has_menu_list_case_and_action_page(talk: Talk, clerk: User) -> None:
    at = reverse("portal:inspections_talk_list")
    assert at in page(clerk, "/")
    assert talk.case_number in page(clerk, at)
    case = reverse("portal:inspections_talk_case", args=[talk.pk])
    confirm = reverse("portal:inspections_talk_action", args=[talk.pk, "confirm_talk"])
    assert confirm in page(clerk, case)
    page(clerk, confirm, sent="yes")
    talk.refresh_from_db()
    assert talk.confirmed
    assert "已确认" not in page(clerk, case)
    assert confirm not in page(clerk, case)


def test_talk_is_on_the_work_list_until_held(talk: Talk, clerk: User, people: "People") -> None:
    assert [item for item in work_of(people.inspector) if item.case == talk.case_number] == []
    actions.confirm_talk(talk=talk, by=clerk)
    [item] = [item for item in work_of(people.inspector) if item.case == talk.case_number]
    assert (str(item.step), item.due) == ("举行约谈并办结", talk.due_date)
    actions.close_talk(talk=talk, by=people.inspector, minutes="示例")
    assert [item for item in work_of(people.inspector) if item.case == talk.case_number] == []


def test_letter_is_numbered(talk: Talk) -> None:
    letter = Letter.objects.get(case_type="inspections.talk", case_id=talk.pk)
    assert (letter.kind, talk.letter) == ("talk_invitation", letter)


def test_journal_sentence_is_in_both_languages(talk: Talk) -> None:
    entry = Entry.objects.get(verb="invite_to_talk")
    with translation.override("en"):
        assert words.sentence(entry).endswith("invited the bank to a talk")
    with translation.override("zh-hans"):
        assert words.sentence(entry).endswith("邀请银行接受约谈")
    assert (entry.subject_id, entry.uscc, entry.to_state) == (talk.pk, talk.bank.uscc, "invited")


def test_sweep_closes_overdue_talk(talk: Talk) -> None:
    assert runner.run(on=talk.due_date).done.get("lapse_talk") is None
    assert runner.run(on=talk.due_date + dt.timedelta(days=1)).done["lapse_talk"] == 1
    talk.refresh_from_db()
    assert talk.state == "closed"
    assert Entry.objects.get(verb="lapse_talk").actor is None


def test_integrity_check_covers_talks(talk: Talk) -> None:
    assert [line for line in integrity.findings() if "inspections.talk " in line] == []
    letter = talk.letter_id
    Talk.objects.filter(pk=talk.pk).update(state="closed", letter=None)
    found = [line for line in integrity.findings() if "inspections.talk " in line]
    assert found == [
        f"inspections.talk {talk.pk}: is closed, the journal says invited",
        f"inspections.talk {talk.pk}: has no letter",
        f"inspections.talk {talk.pk}: letter is None, the journal says {letter}",
    ]


def test_talk_addresses_are_in_the_walk() -> None:
    own = [route for route in routes() if "talk" in route]
    assert len(own) == 9
    assert all(access_of(route) for route in own)
