"""Pages of assessment schemes: entered, copied and published; faults at their field, and nothing typed is lost."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from banks.register.models import Bank
from inspections.rectification.tests.factories import qualified
from inspections.schemes.actions import draft_scheme
from inspections.schemes.bands import digest_of
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.states import SchemeState
from inspections.schemes.tests.factories import BANDS, published

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LIST = "/admin/inspections/assessmentscheme/"
GOOD = [("优秀", "90"), ("良好", "75"), ("合格", "60"), ("不合格", "0")]


def errors_at(page: str, field: str) -> list[str]:
    """The errors that a page shows at a field."""
    shown = page.partition(f'id="id_{field}_error"')[2].partition("<input")[0]
    return re.findall(r'class="error">([^<]*)<', shown)


def typed(rows: list[tuple[str, str]], **given: str) -> dict[str, str]:
    """The submitted form with these grades."""
    table = {"rows-rows": str(len(rows))}
    for place, (grade, bound) in enumerate(rows):
        table |= {f"rows-{place}-grade": grade, f"rows-{place}-from": bound}
    return table | given


def test_scheme_is_entered_at_the_desk_and_published_by_another_person(
    client: Client, people: "People"
) -> None:
    client.force_login(people.assessor)
    empty = client.get(f"{LIST}do/draft_scheme/").content.decode()
    assert 'value="不合格"' in empty
    made = client.post(f"{LIST}do/draft_scheme/", typed(GOOD, year="2025"), follow=True)
    scheme = AssessmentScheme.objects.get()
    assert [(band["grade"], band["from"]) for band in scheme.bands] == GOOD
    page = made.content.decode()
    assert "75分以上，不满90分" in page
    assert "不合格年度" in page
    assert client.get(f"{LIST}{scheme.pk}/do/publish_scheme/").status_code == 404

    client.force_login(people.decider)
    home = client.get("/admin/").content.decode()
    assert f'href="{LIST}{scheme.pk}/change/"' in home
    asked = client.get(f"{LIST}{scheme.pk}/do/publish_scheme/").content.decode()
    assert "优秀" in asked
    assert f'value="{digest_of(scheme.bands)}"' in asked
    client.post(f"{LIST}{scheme.pk}/do/publish_scheme/", {"seen": digest_of(scheme.bands)})
    scheme.refresh_from_db()
    assert scheme.state == SchemeState.PUBLISHED


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("优秀", "90"), ("合格", "60")], "没有不合格的等次"),
        ([("优秀", "60"), ("合格", "60"), ("不合格", "0")], "互相重叠"),
        ([("合格", "60"), ("不合格", "1")], "没有从0分起的等次"),
        ([("合格", "六十"), ("不合格", "0")], "第 1 行，最低分"),
        ([("合格", "101"), ("不合格", "0")], "第 1 行，最低分"),
    ],
)
def test_bad_grades_are_refused_at_their_field_and_stay_typed(
    client: Client, people: "People", rows: list[tuple[str, str]], said: str
) -> None:
    client.force_login(people.assessor)
    page = client.post(f"{LIST}do/draft_scheme/", typed(rows, year="2025"))
    field = page.content.decode().partition('id="id_rows"')[2].partition("</fieldset>")[0]
    assert any(said in error for error in errors_at(page.content.decode(), "rows"))
    for grade, bound in rows:
        assert f'value="{grade}"' in field
        assert f'value="{bound}"' in field
    assert not AssessmentScheme.objects.exists()


def test_year_that_cannot_be_is_refused_at_its_field(client: Client, people: "People") -> None:
    client.force_login(people.assessor)
    draft_scheme(year=2025, rows=BANDS, by=people.assessor)
    for year, said in (("2025", "已有草稿"), ("1999", "只能拟订2000年至"), ("", "填")):
        page = client.post(f"{LIST}do/draft_scheme/", typed(GOOD, year=year)).content.decode()
        assert any(said in error for error in errors_at(page, "year")), year
    assert AssessmentScheme.objects.count() == 1


def test_last_years_scheme_is_copied(client: Client, people: "People") -> None:
    last = published(2025)
    client.force_login(people.assessor)
    page = client.get(f"{LIST}{last.pk}/do/draft_scheme/").content.decode()
    assert 'name="year" value="2026"' in page
    assert page.count('value="不合格"') == 1
    rows = [(band["grade"], band["from"]) for band in BANDS]
    client.post(f"{LIST}{last.pk}/do/draft_scheme/", typed(rows, year="2026"))
    copy = AssessmentScheme.objects.drafts().get()
    assert (copy.year, copy.bands, copy.drafted_by) == (2026, last.bands, people.assessor)


def test_pages_in_english(client: Client, people: "People") -> None:
    last = published(2025)
    client.cookies["language"] = "en"
    client.force_login(people.assessor)
    page = client.get(f"{LIST}{last.pk}/change/").content.decode()
    assert "75 to less than 90" in page
    assert "fails the year" in page


def test_result_form_says_what_is_missing_with_a_link(client: Client, bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    client.force_login(people.assessor)
    address = "/admin/inspections/assessment/do/record_assessment/"
    given = {"bank": str(bank.pk), "year": "2025", "score": "70"}
    page = client.post(address, given).content.decode()
    assert errors_at(page, "year") == ["2025年尚无考核方案，应由考核人员拟订、决定人员发布。"]
    assert f'<a href="{LIST}">考核方案</a>' in page
    draft_scheme(year=2025, rows=BANDS, by=people.assessor)
    again = client.post(address, given).content.decode()
    assert errors_at(again, "year") == ["2025年的考核方案已拟订，但决定人员尚未发布。"]
