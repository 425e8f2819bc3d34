"""A page knows the hour: for each thing that a bank is asked until a day, before and after 24:00 of that day."""

import datetime as dt
import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from tests.actions.test_every_action import row_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.cases.now import now_of
from zsbank.base.cases.registry import cases
from zsbank.base.cases.work import Asked
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.permissions import Verb
from zsbank.base.refusals import LATE, Refused

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
TYPED = "写了很久的一段话"
GIVEN: dict[Verb, dict[str, Any]] = {
    Verb.REPORT_RECTIFICATION: {"text": TYPED},
    Verb.STATE_CASE: {"text": TYPED},
    Verb.SUBMIT_SUPPLEMENT: {"unchanged": "on"},
}
"""By hand: what is typed in the form of each action that ends on a day."""
FORM = re.compile(r"<form\b(?![^>]*action=).*?</form>", re.DOTALL)
ASKED = {asked.action.verb: asked for case in cases() for asked in case.asked}


def example_of(verb: Verb, scene: Scene) -> tuple[Asked, Any]:
    """Return what is asked, and a row in which it is."""
    name, one = next((name, one) for name, one in ACTIONS.items() if one.verb == verb)
    row = row_of(one, EXAMPLES[name](scene))
    assert isinstance(row, Model)
    return ASKED[verb], row


def moment(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """Return a local moment."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def main_of(page: str) -> str:
    """Return the content of a page, as people read it."""
    return html.unescape(page[page.index("<main") : page.index("</main>")])


def read(scene: Scene, address: str, given: dict[str, Any] | None = None) -> str:
    """Return a page as the bank's clerk gets it, or the answer to a form."""
    client = Client()
    client.force_login(scene.clerk, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address) if given is None else client.post(address, given)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everything_asked_until_a_day_is_tried() -> None:
    """A fee is due on a day, too, but its payment is stated whenever it was made."""
    by_default = {name: Asked.__dataclass_fields__[name].default for name in ("due", "late")}
    ends = {
        verb
        for verb, asked in ASKED.items()
        if asked.due is not by_default["due"] and asked.late is not by_default["late"]
    }
    assert ends == GIVEN.keys()


@pytest.mark.parametrize("verb", sorted(GIVEN))
def test_form_is_there_until_midnight_and_counts_down_to_it(verb: Verb, scene: Scene) -> None:
    asked, row = example_of(verb, scene)
    day = asked.due(row)
    assert day
    with clock.playing(moment(day, 23, 59)):
        page = main_of(read(scene, asked.address(row)))
        late = asked.late(row)
    assert len(FORM.findall(page)) == 1
    ends = round(moment(day + dt.timedelta(days=1), 0, 0).timestamp() * 1000)
    assert f'data-until="{ends}"' in page
    assert f'data-now="{ends - 60_000}"' in page
    assert late in page[page.index("data-until") :]


@pytest.mark.parametrize("verb", sorted(GIVEN))
def test_page_after_midnight_says_so_and_shows_no_form(verb: Verb, scene: Scene) -> None:
    asked, row = example_of(verb, scene)
    day = asked.due(row)
    assert day
    with clock.playing(moment(day + dt.timedelta(days=1), 0, 1)):
        page = read(scene, asked.address(row))
        assert FORM.findall(main_of(page)) == []
        assert asked.late(row) in main_of(page)
        assert "咨询方式见本页" in page
        assert ">咨询</h2>" in page
        now = now_of(row)
        assert (now.holder, now.due) == ("bureau", None)
        assert asked.late(row) in now.why


@pytest.mark.parametrize("verb", sorted(GIVEN))
def test_late_form_is_refused_in_the_same_words_and_keeps_the_text(verb: Verb, scene: Scene) -> None:
    asked, row = example_of(verb, scene)
    day, given = asked.due(row), dict(GIVEN[verb])
    assert day
    if verb == Verb.REPORT_RECTIFICATION:
        given["files"] = pdf()
    with clock.playing(moment(day + dt.timedelta(days=1), 0, 1)):
        page = main_of(read(scene, asked.address(row), given))
        assert asked.late(row) in page
        assert TYPED in page or verb == Verb.SUBMIT_SUPPLEMENT
        with pytest.raises(Refused) as refusal:
            asked.action.rule(scene.clerk, row).require()
    assert refusal.value.code == LATE
    assert str(refusal.value) == asked.late(row)


def pdf() -> Any:
    """A file to upload."""
    return SimpleUploadedFile("证明.pdf", small_pdf(), content_type="application/pdf")


@pytest.mark.parametrize("verb", sorted(GIVEN))
def test_provisional_day_ends_nothing_by_itself(verb: Verb, scene: Scene) -> None:
    asked, row = example_of(verb, scene)
    day = asked.due(row)
    assert day
    period = asked.period(row) or calculate(day - dt.timedelta(days=1), 1, Unit.DAY, roll=False).to_json()
    holder = row if hasattr(row, "due_date") else row.supplement_requests.get()
    field = "period" if hasattr(holder, "period") else "due_period"
    type(holder).objects.filter(pk=holder.pk).update(**{field: period | {"provisional": True}})
    row = type(row).objects.get(pk=row.pk)
    with clock.playing(moment(day + dt.timedelta(days=1), 0, 1)):
        page = main_of(read(scene, asked.address(row)))
        assert len(FORM.findall(page)) == 1
        assert "data-until" not in page


def test_answer_to_supplement_is_not_edited_after_midnight(scene: Scene) -> None:
    asked, row = example_of(Verb.SUBMIT_SUPPLEMENT, scene)
    item = row.supplement_requests.get().items.first()
    address, day = f"/applications/{row.pk}/criteria/{item.criterion.number}/", asked.due(row)
    assert day
    with clock.playing(moment(day, 23, 59)):
        page = main_of(read(scene, address))
        assert 'name="text"' in page
        assert "data-until" in page
    with clock.playing(moment(day + dt.timedelta(days=1), 0, 1)):
        page = main_of(read(scene, address))
        assert 'name="text"' not in page
        assert asked.late(row) in page
        page = main_of(read(scene, address, {"text": TYPED, "version": "0"}))
        assert TYPED in page
        assert asked.late(row) in page
