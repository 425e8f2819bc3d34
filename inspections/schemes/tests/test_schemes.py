"""Assessment schemes: drafted by one person, published by another, unchangeable once a result is graded by them."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank
from inspections.assessments.tests.factories import PASSING, scored
from inspections.rectification.tests.factories import qualified
from inspections.schemes.actions import amend_scheme, draft_scheme, publish_scheme, withdraw_scheme
from inspections.schemes.bands import Band, digest_of
from inspections.schemes.case import published_once
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.queries import to_be_published_by, years_without_scheme
from inspections.schemes.states import SchemeState
from inspections.schemes.tests.factories import BANDS, published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.facts import facts_match_journal
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
YEAR = 2025
OTHER: tuple[Band, ...] = ({"grade": "合格", "from": "70"}, {"grade": "不合格", "from": "0"})


@pytest.fixture
def draft(people: "People") -> AssessmentScheme:
    """The scheme of 2025, drafted by the assessor."""
    return draft_scheme(year=YEAR, rows=BANDS, by=people.assessor)


def publish(scheme: AssessmentScheme, by: User) -> AssessmentScheme:
    """Publish a scheme as it is."""
    return publish_scheme(scheme=scheme, seen=digest_of(scheme.bands), by=by)


def test_published_scheme_is_in_force_and_journalled(draft: AssessmentScheme, people: "People") -> None:
    assert AssessmentScheme.objects.of_year(YEAR) is None
    publish(draft, people.decider)
    found = AssessmentScheme.objects.of_year(YEAR)
    assert found == draft
    assert found is not None
    assert (found.state, found.published_by) == (SchemeState.PUBLISHED, people.decider)
    entries = Entry.objects.filter(subject_type="inspections.assessmentscheme").order_by("pk")
    assert [(one.verb, one.actor, one.from_state, one.to_state) for one in entries] == [
        (Verb.DRAFT_SCHEME, people.assessor, "", "draft"),
        (Verb.PUBLISH_SCHEME, people.decider, "draft", "published"),
    ]
    assert entries[1].data["bands"] == "优 ≥ 90；良 ≥ 75；中 ≥ 60；不合格 ≥ 0"
    assert [*facts_match_journal()] == []


def test_changed_table_contradicts_the_journal(draft: AssessmentScheme, people: "People") -> None:
    publish(draft, people.decider)
    AssessmentScheme.objects.update(bands=[{"grade": "不合格", "from": "0"}])
    assert any("bands" in line for line in facts_match_journal())
    row = AssessmentScheme.objects.create(
        year=2024, bands=[], drafted_by=people.assessor, published_by=people.decider, published_at=clock.now()
    )
    assert [*published_once()] == [
        f"inspections.assessmentscheme {row.pk}: the journal has 0 entries publish_scheme, not one"
    ]


def test_scheme_from_before_is_in_force_without_persons() -> None:
    published(2024)
    assert [*published_once()] == []


def test_whoever_drafted_or_changed_it_does_not_publish(draft: AssessmentScheme, people: "People") -> None:
    both = people.decider
    both.groups.add(people.assessor.groups.get())
    amend_scheme(scheme=draft, rows=OTHER, seen=digest_of(draft.bands), by=both)
    with pytest.raises(NotAllowed, match="他人发布"):
        publish(AssessmentScheme.objects.get(), both)
    assert [*to_be_published_by(both)] == []
    assert [*to_be_published_by(people.second_decider)] == [draft]
    publish(AssessmentScheme.objects.get(), people.second_decider)
    assert Entry.objects.filter(verb=Verb.REFUSE).count() == 1


def test_refused_attempt_is_no_part_in_writing(draft: AssessmentScheme, people: "People") -> None:
    with pytest.raises(NotAllowed):
        publish(draft, people.auditor)
    people.auditor.groups.add(people.decider.groups.get())
    published_by = publish(draft, User.objects.get(pk=people.auditor.pk)).published_by
    assert published_by == people.auditor


def test_database_holds_two_persons_and_one_in_force(draft: AssessmentScheme, people: "People") -> None:
    for change in (
        {"published_by": people.assessor, "published_at": clock.now()},
        {"published_at": clock.now()},
        {"replaced_at": clock.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssessmentScheme.objects.update(**change)
    published(2024)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentScheme.objects.create(year=2024, bands=[], published_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentScheme.objects.create(year=YEAR, bands=[], drafted_by=people.assessor)


def test_change_meanwhile_is_an_edit_conflict(draft: AssessmentScheme, people: "People") -> None:
    seen = digest_of(draft.bands)
    amend_scheme(scheme=draft, rows=OTHER, seen=seen, by=people.second_assessor)
    with pytest.raises(EditConflict):
        publish_scheme(scheme=draft, seen=seen, by=people.decider)
    with pytest.raises(EditConflict):
        amend_scheme(scheme=draft, rows=BANDS, seen=seen, by=people.assessor)
    assert AssessmentScheme.objects.get().bands == [dict(band) for band in OTHER]


@pytest.mark.parametrize("year", [1999, 2028])
def test_impossible_year_is_refused(people: "People", year: int) -> None:
    with clock.playing(dt.date(2026, 3, 2)), pytest.raises(Refused, match="2000年至2027年"):
        draft_scheme(year=year, rows=BANDS, by=people.assessor)
    assert not AssessmentScheme.objects.exists()


def test_second_draft_of_a_year_is_refused(draft: AssessmentScheme, people: "People") -> None:
    with pytest.raises(Refused, match="已有草稿"):
        draft_scheme(year=YEAR, rows=BANDS, by=people.second_assessor)
    withdraw_scheme(scheme=draft, reason="方案未获通过。", by=people.assessor)
    assert draft_scheme(year=YEAR, rows=BANDS, by=people.second_assessor).state == SchemeState.DRAFT


def test_draft_of_another_year_and_withdrawn_draft_stop_none(
    draft: AssessmentScheme, people: "People"
) -> None:
    assert draft_scheme(year=YEAR - 1, rows=BANDS, by=people.assessor).year == YEAR - 1
    withdraw_scheme(scheme=draft, reason="示例", by=people.assessor)
    assert draft_scheme(year=YEAR, rows=BANDS, by=people.assessor).state == SchemeState.DRAFT


def test_bad_grades_are_refused_and_nothing_is_written(people: "People") -> None:
    with pytest.raises(Incomplete):
        draft_scheme(year=YEAR, rows=BANDS[:-1], by=people.assessor)
    assert not AssessmentScheme.objects.exists()


def test_published_scheme_is_changed_by_a_new_version_only(draft: AssessmentScheme, people: "People") -> None:
    publish(draft, people.decider)
    with pytest.raises(WrongState):
        amend_scheme(scheme=draft, rows=OTHER, seen=digest_of(draft.bands), by=people.assessor)
    with pytest.raises(WrongState):
        withdraw_scheme(scheme=draft, reason="示例", by=people.assessor)
    version = draft_scheme(year=YEAR, rows=OTHER, by=people.assessor)
    publish(version, people.decider)
    draft.refresh_from_db()
    assert draft.state == SchemeState.REPLACED
    assert AssessmentScheme.objects.of_year(YEAR) == version
    assert [*published_once(), *facts_match_journal()] == []


def test_year_with_results_keeps_its_scheme(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    version = draft_scheme(year=YEAR, rows=OTHER, by=people.assessor)
    scored(bank, YEAR, PASSING, people.assessor)
    with pytest.raises(WrongState, match="已有考核结果"):
        publish(version, people.decider)
    assert not to_be_published_by(people.second_decider)
    withdraw_scheme(scheme=version, reason="已有结果。", by=people.assessor)
    with pytest.raises(WrongState, match="已有考核结果"):
        draft_scheme(year=YEAR, rows=OTHER, by=people.assessor)


def test_withdrawn_draft_is_told_to_whoever_drafted_it(draft: AssessmentScheme, people: "People") -> None:
    withdraw_scheme(scheme=draft, reason="与局发文不一致。", by=people.decider)
    told = Message.objects.get(recipient=people.assessor)
    assert "与局发文不一致。" in told.body
    assert not to_be_published_by(people.decider).exists()


def test_year_waits_for_its_draft_and_then_for_a_decider(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    first = years_without_scheme()[0]
    draft_scheme(year=first, rows=BANDS, by=people.assessor)
    assert first not in years_without_scheme()
    assert [scheme.year for scheme in to_be_published_by(people.decider)] == [first]
    assert not to_be_published_by(people.assessor)
    assert Message.objects.filter(recipient=people.decider, title__contains=str(first)).exists()
