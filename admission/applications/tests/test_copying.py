"""Copying answers from an earlier application."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, withdraw_application
from admission.applications.actions.copying import copy_answers, earlier_answers
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A complete application that the bank withdrew."""
    application = submitted(bank, clerk)
    return withdraw_application(application=application, by=clerk, reason="改期。")


@pytest.fixture
def draft(earlier: Application, clerk: User) -> Application:
    """A new draft."""
    return start_application(bank=earlier.bank, by=clerk)


def test_copy_includes_all_but_signatures(draft: Application, clerk: User) -> None:
    copy_answers(application=draft, by=clerk, numbers=[1, 4, 6])
    first, fourth, sixth = (draft.answers.get(criterion__number=number) for number in (1, 4, 6))
    assert first.standing_evidence[0].file.name == "1.pdf"
    assert fourth.facts["department"] == "示例"
    assert (sixth.text, sixth.signatory, sixth.signed_on) == ("符合。", "", None)
    assert Entry.objects.get(verb="copy_answers").data["criteria"] == [1, 4, 6]


def test_copied_evidence_leaves_earlier_application_unchanged(
    earlier: Application, draft: Application, clerk: User
) -> None:
    copy_answers(application=draft, by=clerk, numbers=[1])
    old = earlier.answers.get(criterion__number=1).evidence.get()
    new = draft.answers.get(criterion__number=1).evidence.get()
    assert (old.file, old.removed_at) == (new.file, None)
    copy_answers(application=draft, by=clerk, numbers=[1])
    assert draft.answers.get(criterion__number=1).evidence.count() == 1


def test_expired_evidence_is_not_copied(earlier: Application, draft: Application, clerk: User) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    Evidence.objects.filter(answer__application=earlier, answer__criterion__number=1).update(
        expires_on=yesterday
    )
    first = next(one for one in earlier_answers(draft) if one.criterion.number == 1)
    assert (first.is_preselected, len(first.expired)) == (False, 1)
    copy_answers(application=draft, by=clerk, numbers=[1])
    assert not draft.answers.get(criterion__number=1).evidence.exists()


def test_changed_or_answered_criteria_are_not_preselected(
    earlier: Application, bank: Bank, clerk: User
) -> None:
    newer = make_edition("newer", dt.date(2020, 1, 1))
    newer.criteria.filter(number=2).update(official_text="第2条新条文。")
    draft = start_application(bank=bank, by=clerk)
    save_answer(application=draft, criterion=newer.criteria.get(number=3), by=clerk, text="新写。", facts={})
    proposed = {one.criterion.number: one.is_preselected for one in earlier_answers(draft)}
    assert (proposed[1], proposed[2], proposed[3]) == (True, False, False)
    copy_answers(application=draft, by=clerk, numbers=[1])
    assert draft.answers.get(criterion__number=3).text == "新写。"


def test_copying_without_permission_or_draft_is_refused(
    draft: Application, clerk: User, stranger: User, people: "People"
) -> None:
    for person in (stranger, people.reviewer):
        with pytest.raises(NotAllowed):
            copy_answers(application=draft, by=person, numbers=[1])
    for numbers in ([], [99]):
        with pytest.raises(Incomplete):
            copy_answers(application=draft, by=clerk, numbers=numbers)
    stale = Application.objects.get(pk=draft.pk)
    withdraw_application(application=draft, by=clerk, reason="")
    with pytest.raises(WrongState):
        copy_answers(application=stale, by=clerk, numbers=[1])


def test_answers_are_copied_in_the_portal(
    client: Client, draft: Application, clerk: User, stranger: User
) -> None:
    client.force_login(clerk)
    assert (
        reverse("admission:copy", args=[draft.pk])
        in client.get(f"/applications/{draft.pk}/").content.decode()
    )
    page = reverse("admission:copy", args=[draft.pk])
    assert client.get(page).content.decode().count(" checked") == 24
    none = client.post(page, {})
    assert "请选择内容仍然属实的条目" in none.content.decode()
    client.post(page, {"numbers": ["\x00"]})
    assert not draft.answers.exists()
    client.post(page, {"numbers": ["1", "2"]})
    assert draft.answers.count() == 2
    client.force_login(stranger)
    assert client.get(page).status_code == 404


def test_copy_page_has_constant_query_count(
    client: Client, draft: Application, clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(clerk)
    page = reverse("admission:copy", args=[draft.pk])
    copy_answers(application=draft, by=clerk, numbers=[1])
    client.get(page)
    with CaptureQueriesContext(connection) as first:
        client.get(page)
    copy_answers(application=draft, by=clerk, numbers=range(1, 25))
    with django_assert_num_queries(len(first)):
        client.get(page)
