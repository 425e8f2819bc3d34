"""Editions are drafted and published by different persons, compared, and immutable once published."""

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.editions.actions import amend_criterion, amend_edition, draft_edition, publish_edition
from admission.editions.models import PolicyEdition
from admission.editions.queries import Part, criteria_between, periods_between, words_between
from admission.tests.factories import submitted
from admission.tests.filled import filled
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(edition: PolicyEdition, people: "People") -> PolicyEdition:
    """A draft for next year, by the reviewer."""
    return draft_edition(source=edition, slug="next", name="下一版", by=people.reviewer)


def tomorrow() -> dt.date:
    """The day after today."""
    return clock.today() + dt.timedelta(days=1)


def test_draft_is_a_copy_and_not_in_force(draft: PolicyEdition, edition: PolicyEdition) -> None:
    assert draft.criteria.count() == 24
    assert PolicyEdition.objects.valid_on(clock.today()) == edition
    assert periods_between(edition, draft) == []
    assert criteria_between(edition, draft) == []


def test_amended_draft_shows_differences(
    draft: PolicyEdition, edition: PolicyEdition, people: "People"
) -> None:
    amend_edition(edition=draft, by=people.reviewer, periods={"decision_days": 15})
    fifth = draft.criteria.get(number=5)
    amend_criterion(criterion=fifth, by=people.reviewer, fields={"official_text": "第5条新条文。"})
    draft.refresh_from_db()
    assert [part.text for part in periods_between(edition, draft)[0].parts] == ["20", "15"]
    [changed] = criteria_between(edition, draft)
    assert changed.criterion.number == 5
    assert Part("in", "新") in changed.differences[0].parts
    entries = Entry.objects.filter(verb="amend_edition").order_by("pk")
    assert next(entry.data["changed"] for entry in entries) == {"decision_days": [20, 15]}


def test_entry_of_a_moved_criterion_holds_both_numbers(draft: PolicyEdition, people: "People") -> None:
    amend_criterion(criterion=draft.criteria.get(number=5), by=people.reviewer, fields={"number": 3})
    data = Entry.objects.get(verb="amend_edition").data
    assert (data["criterion"], data["changed"]["number"]) == (5, [5, 3])


def test_draft_is_published_by_another_person_and_fixed(
    draft: PolicyEdition, edition: PolicyEdition, people: "People"
) -> None:
    own = draft_edition(source=edition, slug="own", name="自拟", by=people.decider)
    with pytest.raises(NotAllowed):
        publish_edition(edition=own, valid_from=tomorrow(), by=people.decider)
    with pytest.raises(NotAllowed):
        publish_edition(edition=draft, valid_from=tomorrow(), by=people.reviewer)
    publish_edition(edition=draft, valid_from=tomorrow(), by=people.decider)
    for verb in (
        lambda: amend_edition(edition=draft, by=people.reviewer, periods={"bar_years": 1}),
        lambda: amend_criterion(
            criterion=draft.criteria.get(number=1), by=people.reviewer, fields={"official_text": "改"}
        ),
        lambda: publish_edition(edition=draft, valid_from=tomorrow(), by=people.second_decider),
    ):
        with pytest.raises(WrongState):
            verb()


def test_publishing_after_amending_is_refused(
    draft: PolicyEdition, edition: PolicyEdition, people: "People"
) -> None:
    amend_criterion(
        criterion=draft.criteria.get(number=5), by=people.decider, fields={"official_text": "第5条新条文。"}
    )
    with pytest.raises(NotAllowed) as refused:
        publish_edition(edition=draft, valid_from=tomorrow(), by=people.decider)
    assert refused.value.code == "four_eyes"
    publish_edition(edition=draft, valid_from=tomorrow(), by=people.second_decider)


def test_edition_applies_from_its_first_day_to_new_applications(
    draft: PolicyEdition, edition: PolicyEdition, people: "People", bank: Bank, clerk: User
) -> None:
    application = submitted(bank, clerk)
    publish_edition(edition=draft, valid_from=tomorrow(), by=people.decider)
    assert PolicyEdition.objects.valid_on(clock.today()) == edition
    assert PolicyEdition.objects.valid_on(tomorrow()) == draft
    assert Application.objects.get(pk=application.pk).edition == edition


def test_first_day_in_the_past_or_taken_is_refused(draft: PolicyEdition, people: "People") -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    with pytest.raises(Refused):
        publish_edition(edition=draft, valid_from=yesterday, by=people.decider)
    with pytest.raises(Refused):
        draft_edition(source=draft, slug="next", name="再一版", by=people.reviewer)
    with pytest.raises(Incomplete):
        amend_criterion(
            criterion=draft.criteria.get(number=1), by=people.reviewer, fields={"official_text": " "}
        )


def test_drafting_without_permission_is_refused(
    edition: PolicyEdition, people: "People", clerk: User
) -> None:
    for person in (people.intake, people.auditor, clerk):
        with pytest.raises(NotAllowed):
            draft_edition(source=edition, slug="x", name="x", by=person)


def test_edition_is_drafted_and_published_at_the_desk(
    client: Client, edition: PolicyEdition, people: "People"
) -> None:
    client.force_login(people.reviewer)
    begin = reverse("admin:admission_policyedition_list_action", args=["draft_edition"])
    client.post(begin, {"source": edition.pk, "slug": "next", "name": "下一版"})
    draft = PolicyEdition.objects.get(slug="next")
    first = draft.criteria.get(number=1)
    amend = reverse("admin:admission_criterion_action", args=[first.pk, "amend_edition"])
    page = client.get(amend).content.decode()
    assert "第1条条文。" in page
    texts = {"official_text": "第1条改写。", "title_zh": "甲", "title_en": "A", "guidance_zh": "乙"}
    client.post(amend, filled(page) | texts)
    periods = reverse("admin:admission_policyedition_action", args=[draft.pk, "amend_edition"])
    assert client.post(periods, {"decision_days": "很多"}).status_code == 200
    compare = reverse("admin:admission_policyedition_compare", args=[draft.pk])
    shown = client.get(compare, {"other": edition.pk}).content.decode()
    assert re.search(r"<ins\s*>改写</ins>", shown)
    assert client.get(compare, {"other": "\x00"}).status_code == 200
    client.force_login(people.decider)
    publish = reverse("admin:admission_policyedition_action", args=[draft.pk, "publish_edition"])
    client.post(publish, {"valid_from": tomorrow().isoformat()})
    draft.refresh_from_db()
    assert draft.valid_from == tomorrow()


def test_comparison_keeps_numbers_whole() -> None:
    assert list(words_between("20个工作日", "25个工作日")) == [
        Part("out", "20"),
        Part("in", "25"),
        Part("kept", "个工作日"),
    ]
