"""Facts of a criterion that a file or a person gives: each fault is found, and one change of a good one is enough."""

from typing import Any

import pytest

from admission.editions.models import Criterion, PolicyEdition
from admission.editions.rules import faults_of

pytestmark = pytest.mark.django_db
GOOD: dict[str, Any] = {
    "name": "founded_on",
    "kind": "date",
    "label_zh": "成立日期",
    "label_en": "Founded on",
}


def faults(edition: PolicyEdition, **changed: Any) -> list[str]:
    """Return the faults of a criterion with one fact, which is good but for what is changed."""
    criterion: Criterion = edition.criteria.get(number=1)
    criterion.checks, criterion.provides = [], ""
    criterion.facts = [{name: value for name, value in (GOOD | changed).items() if value is not None}]
    return faults_of(criterion)


def test_good_fact_has_no_fault(edition: PolicyEdition) -> None:
    assert faults(edition) == []
    assert faults(edition, required=False, future=True) == []


@pytest.mark.parametrize(
    "name", ["text", "signatory", "signed_on", "", "Founded", "1st", "_x", "a" * 41, "成立", "a-b"]
)
def test_name_of_another_field_or_with_other_characters_is_a_fault(edition: PolicyEdition, name: str) -> None:
    assert faults(edition, name=name) != []


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "colour"},
        {"kind": None},
        {"label_zh": None},
        {"label_en": 1},
        {"role": "nothing"},
        {"future": "yes"},
        {"required": "no"},
        {"more": 1},
        {"choices": "a"},
        {"choices": [{"value": "a", "label_zh": "甲"}]},
        {"choices": [{"value": 1, "label_zh": "甲", "label_en": "A"}]},
    ],
)
def test_changed_fact_has_a_fault(edition: PolicyEdition, changed: dict[str, Any]) -> None:
    assert faults(edition, **changed) != []
