"""What reaches nobody at a bank: kept, listed for officers, handed to the next member, or told another way."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from banks.hearings.models import PriorNotice
from banks.hearings.tests.factories import given_notice
from banks.members.actions.keeping import keep_if_unreached, record_told
from banks.members.actions.members import add_member
from banks.members.models import KeptMessage
from banks.members.queries import (
    banks_to_be_told,
    can_be_reached,
    failed_untold,
    letters_to_be_served,
    people_of,
)
from banks.members.rules import unsettled
from banks.members.sweep import STEPS
from banks.members.tests.examples import somebody
from banks.members.tests.unreached import nobody_acts_for, untold
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import case_page
from zsbank.base.cases.work import Waiting
from zsbank.base.letters.actions import record_service
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tests.examples import proof
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import FAILING_AFTER
from zsbank.base.notices.terms import MessageKind
from zsbank.base.refusals import WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
REFUSED = "SMTPRecipientsRefused: {'clerk@bank.example': (550, b'unknown')}"


def unreached_notice(bank: Bank, people: "People") -> PriorNotice:
    """A prior notice given while nobody acted for the bank."""
    with nobody_acts_for(bank):
        return given_notice(bank, people.reviewer)


def items_for(person: User) -> list[tuple[Waiting, Any]]:
    """Return a person's work items about banks that cannot be reached, each with its row."""
    held = [one for case in cases() for one in case.waiting if one.action.is_held(person)]
    return [(one, row) for one in held if "联系不到" in str(one.step) for row in one.rows(person)]


def failing(person: User, error: str = REFUSED, attempts: int = FAILING_AFTER) -> None:
    """Let the person's messages fail so often."""
    Message.objects.filter(recipient=person).update(mail_error=error, mail_attempts=attempts)


def test_message_to_a_bank_that_is_reached_is_not_kept(bank: Bank, clerk: User, people: "People") -> None:
    given_notice(bank, people.reviewer)
    assert can_be_reached(bank)
    assert not KeptMessage.objects.exists()
    assert letters_to_be_served() == []


def test_bank_without_people_makes_work_items_of_letter_and_message(bank: Bank, people: "People") -> None:
    notice = given_notice(bank, people.reviewer)
    untold(bank)
    assert [row.letter for row in letters_to_be_served()] == [notice.letter]
    assert [one.bank for one in banks_to_be_told()] == [bank]
    (told, bank_row), (served, letter_row) = items_for(people.inspector)
    assert (told.name(bank_row), told.about(bank_row), told.due(bank_row)) == (
        bank.name,
        "期限已重新计算",
        None,
    )
    assert (served.name(letter_row), served.due(letter_row)) == (bank.name, notice.due_date)
    assert str(notice.letter) in served.about(letter_row)


def test_members_without_mail_count_as_nobody_until_one_opens_the_message(
    bank: Bank, clerk: User, people: "People"
) -> None:
    User.objects.filter(pk=clerk.pk).update(email="")
    notice = given_notice(bank, people.reviewer)
    assert [row.letter for row in letters_to_be_served()] == [notice.letter]
    Message.objects.filter(recipient=clerk).update(read_at=clock.now())
    assert letters_to_be_served() == []


def test_new_member_gets_what_the_bank_missed(bank: Bank, people: "People", client: Client) -> None:
    notice = given_notice(bank, people.reviewer)
    untold(bank)
    new = somebody()
    add_member(bank=bank, user=new, role=Role.BANK_CLERK, by=people.intake)
    keys = {*Message.objects.filter(recipient=new).values_list("key", flat=True)}
    assert keys == {f"prior-notice:{notice.pk}", "example:1"}
    assert (letters_to_be_served(), banks_to_be_told(), unsettled().count()) == ([], [], 0)
    client.force_login(new, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/").content.decode()
    missed = page[page.index("联系不到贵行期间") :]
    assert str(notice.letter) in missed[: missed.index("</section>")]


def test_second_member_gets_nothing_twice(bank: Bank, people: "People", clerk: User) -> None:
    untold(bank)
    assert not Message.objects.filter(recipient=clerk).exists()
    add_member(bank=bank, user=somebody(), role=Role.BANK_CLERK, by=people.intake)
    second = User.objects.create(username="second", name="另一人", email="second@bank.example")
    add_member(bank=bank, user=second, role=Role.BANK_CLERK, by=people.intake)
    assert Message.objects.filter(key="example:1").count() == 1


def test_served_letter_leaves_the_work_list(bank: Bank, people: "People") -> None:
    notice = given_notice(bank, people.reviewer)
    assert notice.letter
    assert items_for(people.intake)
    record_service(letter=notice.letter, by=people.inspector, **proof())
    assert items_for(people.intake) == []


def test_bank_told_another_way_leaves_the_work_list(bank: Bank, people: "People") -> None:
    untold(bank)
    record_told(bank=bank, how="电话告知。", by=people.intake)
    assert items_for(people.intake) == []
    row = KeptMessage.objects.get()
    assert (row.told, row.settled_on) == ("电话告知。", clock.today())
    with pytest.raises(WrongState):
        record_told(bank=bank, how="电话告知。", by=people.intake)


def test_letter_is_not_settled_by_telling(bank: Bank, people: "People") -> None:
    notice = given_notice(bank, people.reviewer)
    untold(bank)
    record_told(bank=bank, how="电话告知。", by=people.intake)
    assert [row.letter for row in letters_to_be_served()] == [notice.letter]


def test_mail_that_keeps_failing_reaches_nobody(bank: Bank, clerk: User, people: "People") -> None:
    given_notice(bank, people.reviewer)
    failing(clerk)
    assert not can_be_reached(bank)
    second = given_notice(bank, people.reviewer)
    assert [row.letter for row in letters_to_be_served()] == [second.letter]


@pytest.mark.parametrize(
    ("error", "attempts"), [("ConnectionRefusedError: 111", FAILING_AFTER), (REFUSED, FAILING_AFTER - 1)]
)
def test_mail_server_away_or_first_failures_count_as_reached(
    error: str, attempts: int, bank: Bank, clerk: User, people: "People"
) -> None:
    given_notice(bank, people.reviewer)
    failing(clerk, error, attempts)
    assert can_be_reached(bank)


def test_sweep_keeps_what_was_refused_for_everybody(
    bank: Bank, clerk: User, administrator: User, people: "People"
) -> None:
    notice = given_notice(bank, people.reviewer)
    failing(clerk)
    step = next(one for one in STEPS if one.name == "keep_failed")
    assert [step.do(pk) for pk in step.due(clock.today())] == [False]
    failing(administrator)
    assert sum(map(step.do, step.due(clock.today()))) == 1
    assert failed_untold(clock.today()) == []
    kept = KeptMessage.objects.get()
    assert (kept.key, kept.due) == (f"prior-notice:{notice.pk}", notice.due_date)
    assert items_for(people.intake)


def test_other_banks_messages_are_not_handed_over(bank: Bank, other_bank: Bank, people: "People") -> None:
    untold(other_bank)
    new = somebody()
    add_member(bank=bank, user=new, role=Role.BANK_CLERK, by=people.intake)
    assert not Message.objects.filter(recipient=new).exists()
    assert KeptMessage.objects.get().settled_on is None


def test_page_of_the_bank_lists_what_reached_nobody(bank: Bank, people: "People", client: Client) -> None:
    notice = given_notice(bank, people.reviewer)
    client.force_login(people.intake, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(case_page(bank)).content.decode()
    assert "联系不到该银行" in page
    assert str(notice.letter) in page


def test_letters_wait_for_one_item_each(bank: Bank, people: "People") -> None:
    letter = given_notice(bank, people.reviewer).letter
    KeptMessage.objects.create(bank=bank, key="again", title="提醒", letter=letter, at=clock.now())
    assert [row.letter for row in letters_to_be_served()] == [letter]
    assert Letter.objects.count() == 1
    assert not people_of(bank).exists()


def test_long_subject_is_cut_to_what_a_message_holds(bank: Bank) -> None:
    given = dict.fromkeys(("title", "body", "title_en", "body_en"), "")
    kept = keep_if_unreached(
        bank=bank,
        key="long",
        texts=given,
        link="",
        about="示" * 119 + "例" * 2,
        due=None,
        kind=MessageKind.TASK,
        letter=None,
    )
    assert kept
    assert KeptMessage.objects.get().about == "示" * 119 + "例"
