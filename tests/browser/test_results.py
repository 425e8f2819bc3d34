"""The results of a year: eight banks recorded by keyboard and made final by another person, in ten clicks or fewer."""

from collections.abc import Callable

import pytest

from banks.register.models import Bank
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.assessments.tests.factories import scheme
from inspections.assessments.tests.test_results import YEAR, make_qualified
from tests.browser.person import Person
from zsbank.base.journal.actions import record
from zsbank.base.permissions import Verb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_eight_results_are_recorded_and_made_final_in_ten_clicks(
    at_desk: Callable[[str], Person], officers: None
) -> None:
    scheme(YEAR)
    banks = make_qualified(8)
    clicks = 0

    first = at_desk("assessor").sign_in()
    first.open("/admin/")
    first.page.locator(f'a[href$="/results/{YEAR}/"]').first.click()
    first.page.wait_for_url(f"**/results/{YEAR}/")
    first.page.wait_for_load_state()
    clicks += 1
    first.page.locator(f"#id_{banks[0].pk}-score").click()
    clicks += 1
    for place in range(8):
        first.page.keyboard.type(str(101 if place == 7 else 55 + 5 * place))
        if place < 7:
            first.page.keyboard.press("Enter")
    grades = first.page.locator(".results output").all_inner_texts()
    assert grades == ["不合格", "中", "中", "中", "良", "良", "良", ""]
    first.picture("assessment-results")
    first.press("录入结果")
    clicks += 1
    assert not Assessment.objects.exists()
    assert first.page.locator(f"#id_{banks[0].pk}-score").input_value() == "55"
    first.picture("assessment-results-wrong")
    first.page.fill(f"#id_{banks[7].pk}-score", "95")
    first.press("录入结果")
    clicks += 1
    assert Assessment.objects.count() == 8

    second = at_desk("assessor2").sign_in()
    second.open("/admin/inspections/assessment/")
    second.page.locator("[data-pick-all]").check()
    second.press("定案")
    second.press("定案")
    clicks += 4
    assert set(Assessment.objects.values_list("state", flat=True)) == {AssessmentState.FINAL}
    assert clicks <= 10


def test_journal_is_moved_through_by_keys(
    at_desk: Callable[[str], Person], officers: None, bank: Bank
) -> None:
    for _number in range(3):
        record(verb=Verb.SAVE_OUTLET, by=None, subject=bank, uscc=bank.uscc, reason="示例理由" * 20)
    inspector = at_desk("inspector").sign_in()
    inspector.open("/admin/journal/entry/")
    inspector.page.keyboard.press("j")
    inspector.page.keyboard.press("j")
    assert (
        inspector.page.evaluate(
            "[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement.closest('tr'))"
        )
        == 1
    )
    inspector.picture("journal-list")
    inspector.page.locator(".list-filters:not(.list-export) summary").click()
    inspector.picture("journal-filters")
