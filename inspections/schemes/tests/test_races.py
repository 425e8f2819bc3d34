"""Two deciders, and an assessor with a result, on PostgreSQL: one succeeds; the controls have the locks off."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import QuerySet

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from banks.tests.races import ONE_WINS, at_once
from inspections.assessments.actions.results import record_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import PASSING
from inspections.rectification.tests.factories import qualified
from inspections.schemes.actions import draft_scheme, publish_scheme
from inspections.schemes.bands import digest_of
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.tests.factories import BANDS, published
from zsbank.base.accounts.models import User
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

TRIALS = 20
YEAR = 2025
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("journal_not_asked"),
]


@pytest.fixture
def draft(people: "People") -> AssessmentScheme:
    """The scheme of 2025, drafted by the assessor."""
    return draft_scheme(year=YEAR, rows=BANDS, by=people.assessor)


def _publish(pk: int, by: User, wait: Callable[[], object]) -> None:
    copy = AssessmentScheme.objects.get(pk=pk)
    wait()
    publish_scheme(scheme=copy, seen=digest_of(copy.bands), by=by)


def _record(bank: Bank, by: User, wait: Callable[[], object]) -> None:
    wait()
    record_assessment(bank=bank, year=YEAR, score=PASSING, reason="", by=by)


def published_twice(draft: AssessmentScheme, people: "People") -> list[Counter[str]]:
    """Let two deciders publish the same draft, again and again."""
    results = []
    for _trial in range(TRIALS):
        deciders = (people.decider, people.second_decider)
        results.append(at_once([partial(_publish, draft.pk, by) for by in deciders]))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE inspections_assessmentscheme "
                "SET published_at = NULL, published_by_id = NULL, replaced_at = NULL"
            )
    return results


def test_one_of_two_deciders_publishes(draft: AssessmentScheme, people: "People") -> None:
    assert published_twice(draft, people) == [ONE_WINS] * TRIALS


def test_control_without_lock_both_publish(
    draft: AssessmentScheme, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    assert any(result != ONE_WINS for result in published_twice(draft, people))


def _draft(by: User, wait: Callable[[], object]) -> None:
    wait()
    draft_scheme(year=YEAR, rows=BANDS, by=by)


def test_one_of_two_assessors_drafts_and_the_other_is_told(people: "People") -> None:
    for _trial in range(TRIALS):
        assessors = (people.assessor, people.second_assessor)
        assert at_once([partial(_draft, by) for by in assessors]) == Counter({"done": 1, "Refused": 1})
        AssessmentScheme.objects.all().delete()


def test_control_without_constraint_both_draft(people: "People") -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX scheme_one_draft")
    try:
        twice = 0
        for _trial in range(TRIALS):
            at_once([partial(_draft, by) for by in (people.assessor, people.second_assessor)])
            twice += AssessmentScheme.objects.count() > 1
            AssessmentScheme.objects.all().delete()
        assert twice
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE UNIQUE INDEX scheme_one_draft ON inspections_assessmentscheme (year) "
                "WHERE published_at IS NULL AND withdrawn_at IS NULL"
            )


def graded_by_replaced(bank: Bank, people: "People") -> int:
    """Let a decider replace a version while an assessor records a result; count results under a replaced one."""
    wrong = 0
    for _trial in range(TRIALS):
        published(YEAR)
        version = draft_scheme(year=YEAR, rows=BANDS[1:], by=people.assessor)
        publish, record = (
            partial(_publish, version.pk, people.decider),
            partial(_record, bank, people.assessor),
        )
        at_once([publish, record])
        wrong += Assessment.objects.filter(scheme__replaced_at__isnull=False).count()
        Assessment.objects.all().delete()
        AssessmentScheme.objects.all().delete()
    return wrong


def test_no_result_is_graded_by_a_version_replaced_meanwhile(
    bank: Bank, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    assert graded_by_replaced(bank, people) == 0


def test_control_without_lock_a_result_is_graded_by_the_replaced_version(
    bank: Bank, people: "People", edition: PolicyEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualified(bank, people.decider)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    assert graded_by_replaced(bank, people) > 0


def test_result_after_the_new_version_is_graded_by_it(
    bank: Bank, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    published(YEAR)
    version = draft_scheme(year=YEAR, rows=BANDS[1:], by=people.assessor)
    publish_scheme(scheme=version, seen=digest_of(version.bands), by=people.decider)
    result = record_assessment(bank=bank, year=YEAR, score=PASSING, reason="", by=people.assessor)
    assert result.scheme == version
    with pytest.raises(Refused):
        draft_scheme(year=YEAR, rows=BANDS, by=people.assessor)
